import {printable} from '../printable.ts';
import type {Menu} from '../ui.ts';
import {spinnerAt} from './install-lines.ts';
import {codeLines, empty, paragraph, type Line, type Span} from './line.ts';
import type {Watched} from './menu-state.ts';

const marks: Readonly<Record<string, Span>> = {
	'✔ ': {text: '✔ ', tone: 'good'},
	'! ': {text: '! ', tone: 'warn'},
	'✖ ': {text: '✖ ', tone: 'bad'},
};

/** Plain text as lines of the screen: indented lines wrap as code, so nothing of them is lost. */
const textLine = (text: string, width: number): readonly Line[] => {
	if (text === '') return [empty];
	const mark = marks[text.slice(0, 2)];
	if (mark) return paragraph(text.slice(2), {width, mark});
	const indent = /^ */u.exec(text)?.[0] ?? '';
	return indent === ''
		? paragraph(text, {width})
		: codeLines(text.slice(indent.length), {width, mark: {text: indent}});
};

export const textLines = (lines: readonly string[], width: number): readonly Line[] =>
	lines.flatMap((line) => textLine(printable(line), width));

/** The choices; the one that Enter selects is marked. */
export const menuChoices = ({choices}: Menu, row: number, width: number): readonly Line[] =>
	choices.flatMap(({label, note}, index): readonly Line[] => {
		const here = index === row;
		const mark: Span = {text: here ? '› ' : '  ', tone: 'accent'};
		const fits = note !== undefined && label.length + note.length + 5 <= width;
		return fits
			? [[mark, {text: label, bold: here}, {text: `   ${note}`, tone: 'quiet'}]]
			: paragraph(label, {width, mark, style: {bold: here}});
	});

export const watchedLines = ({what, lines}: Watched, nowMs: number, width: number): readonly Line[] => [
	...paragraph(`${what}…`, {
		width,
		mark: {text: `${spinnerAt(nowMs)} `, tone: 'accent'},
		style: {bold: true},
	}),
	...textLines(lines, width),
];
