import stringWidth from 'string-width';
import {printable} from '../../printable.ts';

/** The meaning of a piece of text as a color; never the only sign of that meaning. */
export type Tone = 'good' | 'warn' | 'bad' | 'accent' | 'quiet';

export interface Span {
	readonly text: string;
	readonly tone?: Tone;
	readonly bold?: boolean;
	/** The cursor is on its first cell. */
	readonly cursor?: true;
}

/** One line of the screen. */
export type Line = readonly Span[];

export const empty: Line = [];

let segmenter: Intl.Segmenter | undefined;

/** The visible characters of a text. */
export const graphemes = (text: string): readonly string[] => {
	// Creating one takes 20 ms, and the first frame does not need it.
	segmenter ??= new Intl.Segmenter();
	return [...segmenter.segment(text)].map(({segment}) => segment);
};

/** ASCII and the wizard's own signs: each is one column wide, so there is no need to look it up. */
const narrow = /^[\u0020-\u007E·…‹›•←↑→↓─▸▾✔✖█░]*$/u;

export const widthOf = (text: string): number => (narrow.test(text) ? text.length : stringWidth(text));

export const lineWidth = (line: Line): number => line.reduce((sum, {text}) => sum + widthOf(text), 0);

/** The position of the cursor on these lines, counted from 0. */
export const cursorIn = (
	lines: readonly Line[],
): {readonly row: number; readonly column: number} | undefined => {
	const row = lines.findIndex((line) => line.some(({cursor}) => cursor));
	const line = lines[row];
	return (
		line && {
			row,
			column: lineWidth(
				line.slice(
					0,
					line.findIndex(({cursor}) => cursor),
				),
			),
		}
	);
};

export const padded = (text: string, width: number): string =>
	text + ' '.repeat(Math.max(0, width - widthOf(text)));

/** The text, cut to the width with … at its end. */
export const cut = (text: string, width: number): string => {
	if (widthOf(text) <= width) return text;
	let kept = '';
	for (const one of graphemes(text)) {
		if (widthOf(kept + one) > width - 1) break;
		kept += one;
	}
	return `${kept}…`;
};

const broken = (word: string, width: number): readonly string[] => {
	const pieces = [''];
	for (const one of graphemes(word)) {
		const last = pieces.at(-1) ?? '';
		if (last !== '' && widthOf(last + one) > width) pieces.push(one);
		else pieces[pieces.length - 1] = last + one;
	}
	return pieces;
};

/** The text, wrapped between words. */
const wrapped = (text: string, width: number): readonly string[] => {
	const room = Math.max(4, width);
	const lines = [''];
	for (const word of printable(text)
		.split(' ')
		.flatMap((one) => broken(one, room))) {
		const last = lines.at(-1) ?? '';
		const longer = last === '' ? word : `${last} ${word}`;
		if (widthOf(longer) <= room) lines[lines.length - 1] = longer;
		else lines.push(word);
	}
	return lines;
};

/**
 * The text, wrapped as code: only the blanks at the ends of lines are lost, and long lists of folders wrap between
 * folders.
 */
const folded = (text: string, width: number): readonly string[] => {
	const room = Math.max(4, width);
	const lines = [''];
	for (const piece of text.split(/(?<= |:(?!\/\/))/u).flatMap((one) => broken(one, room))) {
		const last = lines.at(-1) ?? '';
		if (last === '' || widthOf((last + piece).trimEnd()) <= room) lines[lines.length - 1] = last + piece;
		else lines.push(piece);
	}
	return lines.map((line) => line.trimEnd());
};

interface Paragraph {
	readonly width: number;
	/** Before the first line; the others are indented by its width. */
	readonly mark?: Span;
	readonly style?: Omit<Span, 'text'>;
}

/** A sentence with a mark before it. */
export const paragraph = (text: string, {width, mark, style}: Paragraph): readonly Line[] => {
	const indent = widthOf(mark?.text ?? '');
	return wrapped(text, width - indent).map((part, index) => [
		...(mark ? [index === 0 ? mark : {text: ' '.repeat(indent)}] : []),
		{text: part, ...style},
	]);
};

const codeIndent = 6;

/** A line of a file or a command, complete: the rest continues below, indented further. */
export const codeLines = (text: string, {width, mark, style}: Paragraph): readonly Line[] => {
	const clean = printable(text);
	const indent = mark?.text ?? '';
	const room = width - widthOf(indent);
	// If its own indentation left no room for a word, the first line would be empty.
	const code = folded(clean, room)[0] === '' ? clean.trimStart() : clean;
	const [first = ''] = folded(code, room);
	const rest = code.slice(first.length).trimStart();
	return [
		[{...mark, text: indent + first, ...style}],
		...(rest === '' ? [] : folded(rest, width - codeIndent)).map((part): Line => [
			{text: ' '.repeat(codeIndent) + part, ...style},
		]),
	];
};

/** The colors of the tones, from the sixteen that every terminal has; the quiet tone is dim instead. */
export const colours = {
	good: 'green',
	warn: 'yellow',
	bad: 'red',
	accent: 'cyan',
} as const satisfies Readonly<Partial<Record<Tone, string>>>;

/** Characters that move the cursor, change the direction of text, or are invisible. */
const unseen = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}\u{FFF9}-\u{FFFB}]/gu;

const signOf = (character: string): string => {
	const code = character.codePointAt(0) ?? 0;
	if (character === '\t') return '⇥';
	// The block of Control Pictures has a sign for each.
	if (code < 0x20) return String.fromCodePoint(0x24_00 + code);
	return code === 0x7f ? '␡' : '�';
};

/** One visible character, with a sign of one column for each invisible one. */
export const visibleCharacter = (grapheme: string): string => {
	// Joiners and variation selectors are part of an emoji.
	const drawn = /\p{Extended_Pictographic}/u.test(grapheme) ? /\u200D|\p{Variation_Selector}/u : undefined;
	return grapheme.replaceAll(unseen, (one) => (drawn?.test(one) === true ? one : signOf(one)));
};

/** A value as a screen can show it: every character is visible, and none controls the terminal. */
export const visible = (text: string): string =>
	text.search(unseen) < 0 ? text : graphemes(text).map(visibleCharacter).join('');
