import {stripVTControlCharacters} from 'node:util';
import stringWidth from 'string-width';

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
