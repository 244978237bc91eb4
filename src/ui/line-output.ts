import type {Output} from './output.ts';
import {linesFrom} from '../platform/lines-from.ts';

const encoder = new TextEncoder();

/** The output of a command that runs inside a front end: passes on each line as it arrives. */
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
