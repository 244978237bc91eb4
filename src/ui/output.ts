import {linesFrom, whenUnread} from '../platform/real/read-output.ts';
import {wantsColour} from './terminal.ts';

/** The output of a command that never asks. */
export interface Output {
	/** Text as it is, to standard output. */
	readonly print: (text: string) => void;
	/** Writes bytes unchanged to standard output and waits until they are accepted; false: the reader is gone. */
	readonly pass: (bytes: Uint8Array) => Promise<boolean>;
	/** Calls back when the reader is gone, even if nothing is written; call the result to stop watching. */
	readonly whenUnread: (then: () => void) => Promise<() => void>;
	/** One line of progress, a warning or a note, to standard error. */
	readonly note: (line: string) => void;
	/** Whether standard output is a terminal. */
	readonly isTerminal: boolean;
	/** Columns of that terminal; undefined if it is not a terminal. */
	readonly columns: number | undefined;
	/** Which of the two may have colors. */
	readonly colour: {readonly print: boolean; readonly note: boolean};
}

/** The output of a process; `print` writes to its standard output. `quiet`: without notes. */
export const processOutput = (
	{
		stdout,
		stderr,
		env,
		pid,
		platform,
	}: Pick<NodeJS.Process, 'stdout' | 'stderr' | 'env' | 'pid' | 'platform'>,
	{print, quiet}: Pick<Output, 'print'> & {readonly quiet: boolean},
): Output => {
	return {
		print,
		pass: (bytes) =>
			new Promise((resolve) => {
				if (stdout.writable) stdout.write(bytes, (error) => resolve(!error));
				else resolve(false);
			}),
		whenUnread: async (then) => {
			return whenUnread({fd: 1, pid, platform}, then);
		},
		note: (line) => {
			if (!quiet) stderr.write(`${line}\n`);
		},
		isTerminal: stdout.isTTY,
		columns: stdout.isTTY ? stdout.columns : undefined,
		colour: {print: wantsColour(env, stdout.isTTY), note: wantsColour(env, stderr.isTTY)},
	};
};

const encoder = new TextEncoder();

/** The output of a command that runs inside a front end: passes on each line as it arrives. */
export const lineOutput = (onLine: (line: string) => void): Output => {
	const {take} = linesFrom();
	const pass = (bytes: Uint8Array): void => take(bytes).forEach((line) => onLine(line));
	return {
		print: (text) => pass(encoder.encode(text)),
		pass: async (bytes) => {
			pass(bytes);
			return true;
		},
		whenUnread: async () => () => undefined,
		note: onLine,
		isTerminal: true,
		columns: undefined,
		colour: {print: false, note: false},
	};
};
