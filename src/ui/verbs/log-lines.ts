import {printable} from '../printable.ts';

const encoder = new TextEncoder();

/** Lines for a terminal: nothing in them can move the cursor, colour the screen or answer in somebody's place. */
export const forTerminal = (lines: readonly string[]): Uint8Array =>
	encoder.encode(lines.map((line) => `${printable(line)}\n`).join(''));
