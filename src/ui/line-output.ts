import type {Output} from './output.ts';
import {linesFrom} from '../platform/lines-from.ts';

const encoder = new TextEncoder();

/** Where a verb says what it has to say when it runs inside a front end: each line is handed over as it comes. */
export const lineOutput = (onLine: (line: string) => void, columns?: number): Output => {
	const {take} = linesFrom();
	const pass = (bytes: Uint8Array): void => take(bytes).forEach(onLine);
	return {
		print: (text) => pass(encoder.encode(text)),
		pass: async (bytes) => {
			pass(bytes);
			return true;
		},
		whenUnread: async () => () => undefined,
		note: onLine,
		isTerminal: true,
		columns,
		colour: {print: false, note: false},
	};
};
