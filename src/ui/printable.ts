import {stripVTControlCharacters} from 'node:util';

/** A line from elsewhere, without anything that could move the cursor or color the terminal. */
export const printable = (line: string): string =>
	stripVTControlCharacters(line)
		.replaceAll('\t', '    ')
		.replaceAll(/[\p{Cc}\u{2028}\u{2029}\u{202A}-\u{202E}\u{2066}-\u{2069}]/gu, '');

/** Several lines, without the empty ones at the end. */
export const printableLines = (text: string): readonly string[] =>
	text.trimEnd().split(/\r?\n/u).map(printable);
