import stringWidth from 'string-width';
import {stripVTControlCharacters} from 'node:util';

/** A line from elsewhere, without anything that could move the cursor or color the terminal. */
export const printable = (line: string): string =>
	stripVTControlCharacters(line)
		.replaceAll('\t', '    ')
		.replaceAll(/[\p{Cc}\u{2028}\u{2029}\u{202A}-\u{202E}\u{2066}-\u{2069}]/gu, '');

/** Several lines, without the empty ones at the end. */
export const printableLines = (text: string): readonly string[] =>
	text.trimEnd().split(/\r?\n/u).map(printable);

/** A sentence wrapped between words; lines after the first are indented below the mark. */
export const wrapSentence = (message: string, columns: number): readonly string[] => {
	const [, indent = '', mark = ''] = /^( *)((?:[✔!✖] |\d+\. )?)/u.exec(message) ?? [];
	const below = ' '.repeat(indent.length + mark.length);
	const [first = '', ...words] = message.slice(indent.length).split(' ');
	const lines = [indent + first];
	for (const word of words) {
		const longer = `${lines.at(-1) ?? ''} ${word}`;
		if (stringWidth(longer) <= columns) lines[lines.length - 1] = longer;
		else lines.push(below + word);
	}
	return lines;
};

const encoder = new TextEncoder();

/** Lines that are safe for a terminal: no control sequences that move the cursor, color text or send a reply. */
export const forTerminal = (lines: readonly string[]): Uint8Array =>
	encoder.encode(lines.map((line) => `${printable(line)}\n`).join(''));

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

/** The first of these characters, as many as go into the width. */
export const takeWhileFits = (all: readonly string[], width: number): readonly string[] => {
	let used = 0;
	const end = all.findIndex((one) => (used += widthOf(one)) > width);
	return end < 0 ? all : all.slice(0, end);
};

/** The text, cut to the width with … at its end. */
export const cut = (text: string, width: number): string =>
	widthOf(text) <= width ? text : `${takeWhileFits(graphemes(text), width - 1).join('')}…`;

/** A piece that is wider than a line, cut into several. */
const broken = (piece: string, width: number): readonly string[] => {
	if (widthOf(piece) <= width) return [piece];
	const parts = [''];
	for (const one of graphemes(piece)) {
		const last = parts.at(-1) ?? '';
		if (last !== '' && widthOf(last + one) > width) parts.push(one);
		else parts[parts.length - 1] = last + one;
	}
	return parts;
};

/** Fills lines with pieces of text, each with the blank or the separator at its end. */
const filled = (pieces: readonly string[], width: number): readonly string[] => {
	const room = Math.max(4, width);
	const lines = [''];
	for (const piece of pieces.flatMap((one) => broken(one, room))) {
		const last = lines.at(-1) ?? '';
		if (last === '' || widthOf((last + piece).trimEnd()) <= room) lines[lines.length - 1] = last + piece;
		else lines.push(piece);
	}
	return lines.map((line) => line.trimEnd());
};

/** The text, wrapped between words. Ink would begin a line with the blank that it breaks the one before at. */
export const wrapWords = (text: string, width: number): readonly string[] =>
	filled(printable(text).split(/(?<= )(?! )/u), width);

const codeIndent = 6;

/**
 * A line of a file or a command, complete: the rest continues below, indented further. Only the blanks at the ends of
 * lines are lost, and long lists of folders wrap between folders.
 */
export const wrapCode = (text: string, width: number, indent: string): readonly string[] => {
	const clean = printable(text);
	const pieces = (code: string): readonly string[] => code.split(/(?<= |:(?!\/\/))/u);
	const room = width - widthOf(indent);
	// If its own indentation left no room for a word, the first line would be empty.
	const code = filled(pieces(clean), room)[0] === '' ? clean.trimStart() : clean;
	const [first = ''] = filled(pieces(code), room);
	const rest = code.slice(first.length).trimStart();
	const below = rest === '' ? [] : filled(pieces(rest), width - codeIndent);
	return [indent + first, ...below.map((line) => ' '.repeat(codeIndent) + line)];
};

/** Characters that move the cursor, change the direction of text, or are invisible. */
const invisible = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}\u{FFF9}-\u{FFFB}]/gu;

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
	return grapheme.replaceAll(invisible, (one) => (drawn?.test(one) === true ? one : signOf(one)));
};

/** A value as a screen can show it: every character is visible, and none controls the terminal. */
export const visible = (text: string): string =>
	text.search(invisible) < 0 ? text : graphemes(text).map(visibleCharacter).join('');
