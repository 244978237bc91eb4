import {printable} from '../printable.ts';

const encoder = new TextEncoder();

/** Lines that are safe for a terminal: no control sequences that move the cursor, color text or send a reply. */
export const forTerminal = (lines: readonly string[]): Uint8Array =>
	encoder.encode(lines.map((line) => `${printable(line)}\n`).join(''));
