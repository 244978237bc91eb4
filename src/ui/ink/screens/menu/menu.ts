import type {Menu} from '../../../ui.ts';
import {printable} from '../../../printable.ts';
import type {Watched, WizardEvent, WizardState} from '../../wizard-model.ts';
import {codeLines, empty, paragraph, type Line, type Span} from '../../components/line.ts';
import {spinnerAt} from '../install/install-lines.ts';

const moved = (state: WizardState, menu: Menu, row: number): WizardState => ({
	...state,
	screen: {at: 'menu', menu, row: Math.max(0, Math.min(row, menu.choices.length - 1))},
});

const inMenu = (
	state: WizardState,
	{menu, row}: {readonly menu: Menu; readonly row: number},
	event: WizardEvent,
): WizardState | undefined => {
	switch (event.type) {
		case 'moved':
			return moved(state, menu, row + event.by);
		case 'continued':
			return {...state, screen: {at: 'menu-left', value: menu.choices[row]?.value ?? menu.leave}};
		case 'left':
			return {...state, screen: {at: 'menu-left', value: menu.leave}};
		default:
			return undefined;
	}
};

/** Every change of a menu and of what runs from it; undefined: another kind of event. */
export const menuAfter = (state: WizardState, event: WizardEvent): WizardState | undefined => {
	const {screen} = state;
	if (event.type === 'offered')
		return {...state, facts: event.menu.facts, screen: {at: 'menu', menu: event.menu, row: 0}};
	if (event.type === 'watched')
		return {...state, screen: {at: 'watching', watched: {what: event.what, lines: []}}};
	if (event.type === 'said' && screen.at === 'watching') {
		const {what, lines} = screen.watched;
		return {...state, screen: {at: 'watching', watched: {what, lines: [...lines, event.line]}}};
	}
	return screen.at === 'menu' ? inMenu(state, screen, event) : undefined;
};

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
