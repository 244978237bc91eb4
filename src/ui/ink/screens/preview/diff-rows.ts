import type {DiffLine, PreviewFile} from '../../../../steps/plan/changes.ts';
import {printable, widthOf} from '../../../text.ts';
import {keptParts, type KeptEnds} from '../../../words/planned-changes.ts';
import {shortPath} from '../../../words/describe.ts';
import {blank, codeRows, sentenceRows, type Span, type TextRow, type Tone} from '../../components/rows.ts';

/** The parts of one line of a file; together they are the line. */
type Highlighter = (text: string) => readonly Span[];

/** A line of a systemd unit: section, comment, or a name with its value. */
const unit: Highlighter = (text) => {
	if (/^\s*[#;]/u.test(text)) return [{text, tone: 'quiet'}];
	if (/^\[.*\]$/u.test(text)) return [{text, bold: true}];
	const [, name, rest] = /^([A-Za-z]+)(=.*)$/u.exec(text) ?? [];
	return name === undefined || rest === undefined ? [{text}] : [{text: name, tone: 'accent'}, {text: rest}];
};

/** A line of a property list as it is written here: tags on either side of a value. */
const plist: Highlighter = (text) =>
	text
		.split(/(<[^<>]*>)/u)
		.filter((part) => part !== '')
		.map((part, index, parts) =>
			part.startsWith('<')
				? {text: part, tone: 'quiet'}
				: parts[index - 1] === '<key>'
					? {text: part, tone: 'accent'}
					: {text: part},
		);

/** A line of JSON as it is written here: one name or value a line. */
const json: Highlighter = (text) => {
	const [, indent, name, rest] = /^(\s*)("(?:[^"\\]|\\.)*")(:.*)$/u.exec(text) ?? [];
	return indent === undefined || name === undefined || rest === undefined
		? [{text}]
		: [{text: indent}, {text: name, tone: 'accent'}, {text: rest}];
};

/** How the lines of a file are colored, by its name; undefined for an unknown language. */
export const highlighterOf = (path: string): Highlighter | undefined => {
	if (path.endsWith('.service')) return unit;
	if (path.endsWith('.plist')) return plist;
	return path.endsWith('.json') ? json : undefined;
};

const between = (spans: readonly Span[], from: number, to: number): readonly Span[] => {
	let at = 0;
	return spans.flatMap((span) => {
		const start = at;
		at += span.text.length;
		const text = span.text.slice(Math.max(0, from - start), Math.max(0, to - start));
		return text === '' ? [] : [{...span, text}];
	});
};

/** Colors the screen lines of one line of a file; the characters do not change. */
export const highlighted = (lines: readonly TextRow[], spans: readonly Span[]): readonly TextRow[] => {
	const source = spans.map(({text}) => text).join('');
	let at = 0;
	return lines.map((line, row) => {
		const text = line.map((span) => span.text).join('');
		// The first line begins with the mark, the others with blanks.
		const code = row === 0 ? text.slice(4).trimStart() : text.trimStart();
		const found = source.indexOf(code, at);
		if (code === '' || found < 0) return line;
		at = found + code.length;
		return [{...line[0], text: text.slice(0, text.length - code.length)}, ...between(spans, found, at)];
	});
};

/** Unchanged lines shown before and after a change. */
const around = 3;

/** The lines of a diff; a number stands for that many lines far from any change. */
export const foldUnchanged = (lines: readonly DiffLine[]): readonly (DiffLine | number)[] => {
	const near = new Set<number>();
	for (const [index, {mark}] of lines.entries())
		if (mark !== 'same') for (let at = index - around; at <= index + around; at += 1) near.add(at);
	const shown: (DiffLine | number)[] = [];
	for (const [index, line] of lines.entries()) {
		const last = shown.at(-1);
		if (near.has(index)) shown.push(line);
		else if (typeof last === 'number') shown[shown.length - 1] = last + 1;
		// One line takes no more room than the text that would replace it.
		else shown.push(index === lines.length - 1 || near.has(index + 1) ? line : 1);
	}
	return shown;
};

export interface PreviewPlace {
	readonly home: string;
	readonly width: number;
}

const lineMarks = {same: '  ', added: '+ ', removed: '- '} as const;

const tones: Readonly<Record<DiffLine['mark'], Tone>> = {same: 'quiet', added: 'good', removed: 'bad'};

/** A replaced line with the part that differs marked; it can be empty. */
const changedSpans = (line: DiffLine, kept: KeptEnds): readonly Span[] => {
	const text = printable(line.text);
	const [from, to] = [kept.lead, text.length - kept.tail];
	const tone = tones[line.mark];
	return [
		{text: text.slice(0, from), tone},
		{text: text.slice(from, to), tone, bold: true, underline: true},
		{text: text.slice(to), tone},
	];
};

/** In a diff, colors mean added and removed lines, and nothing else. */
const rowsOfLine = (
	line: DiffLine,
	spans: readonly Span[] | undefined,
	width: number,
): readonly TextRow[] => {
	const mark = {text: `  ${lineMarks[line.mark]}`};
	const rows = codeRows(line.text, {width, mark, style: {tone: tones[line.mark]}});
	return spans ? highlighted(rows, spans) : rows;
};

const unchangedRows = (count: number, width: number): readonly TextRow[] =>
	sentenceRows(`… ${count} unchanged ${count === 1 ? 'line' : 'lines'}`, {
		width,
		mark: {text: '    '},
		style: {tone: 'quiet'},
	});

const lineRows = ({path, change, lines}: PreviewFile, width: number): readonly TextRow[] => {
	if (change !== 'changed') {
		const highlight = change === 'new' ? highlighterOf(path) : undefined;
		return lines.flatMap((line) => rowsOfLine(line, highlight?.(printable(line.text)), width));
	}
	const parts = keptParts(lines);
	return foldUnchanged(lines).flatMap((line) => {
		if (typeof line === 'number') return unchangedRows(line, width);
		const kept = parts.get(line);
		return rowsOfLine(line, kept && changedSpans(line, kept), width);
	});
};

const changes = {new: 'new', changed: 'changed', deleted: 'removed'} as const;

const fileHeading = ({path, change, mode}: PreviewFile, {home, width}: PreviewPlace): readonly TextRow[] => {
	const name = shortPath(printable(path), home);
	const note = `${changes[change]}, mode ${mode}`;
	if (widthOf(name) + 2 + widthOf(note) <= width) {
		return [
			[
				{text: name, bold: true},
				{text: `  ${note}`, tone: 'quiet'},
			],
		];
	}
	return [
		...codeRows(name, {width, style: {bold: true}}),
		...sentenceRows(note, {width, mark: {text: '  '}, style: {tone: 'quiet'}}),
	];
};

const noteRows = ({why}: PreviewFile, {width}: PreviewPlace): readonly TextRow[] =>
	sentenceRows(printable(why), {width, mark: {text: '    '}, style: {tone: 'quiet'}});

/** A file of the preview: its heading, then its diff. */
export const fileRows = (file: PreviewFile, place: PreviewPlace): readonly TextRow[] => [
	...fileHeading(file, place),
	...(file.lines.length === 0 ? noteRows(file, place) : []),
	...lineRows(file, place.width),
	blank,
];
