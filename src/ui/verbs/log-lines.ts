import {printable} from '../printable.ts';

/** What comes in pieces, handed on line by line. */
export interface Lines {
	readonly take: (bytes: Uint8Array) => readonly string[];
	/** What came without a line break at its end. */
	readonly rest: () => readonly string[];
}

/** Divides what comes in pieces, wherever they begin and end, into lines. */
export const linesFrom = (): Lines => {
	const decoder = new TextDecoder();
	let begun = '';
	return {
		take: (bytes) => {
			// Only what is new is divided: a line of many megabytes would be looked through with every piece of it.
			const [first = '', ...others] = decoder.decode(bytes, {stream: true}).split('\n');
			begun += first;
			const last = others.pop();
			if (last === undefined) return [];
			const lines = [begun, ...others];
			begun = last;
			return lines;
		},
		rest: () => {
			const last = begun + decoder.decode();
			begun = '';
			return last === '' ? [] : [last];
		},
	};
};

const encoder = new TextEncoder();

/** Lines for a terminal: nothing in them can move the cursor, colour the screen or answer in somebody's place. */
export const forTerminal = (lines: readonly string[]): Uint8Array =>
	encoder.encode(lines.map((line) => `${printable(line)}\n`).join(''));
