import {wantsColour} from './wants-colour.ts';

/** Where a verb that never asks says what it has to say. */
export interface Output {
	/** Text as it is, to standard output. */
	readonly print: (text: string) => void;
	/** Bytes as they are, to standard output, waiting until they are taken; false: nobody reads them any more. */
	readonly pass: (bytes: Uint8Array) => Promise<boolean>;
	/** Calls back once nobody reads them any more, though nothing is passed; the answer ends that. */
	readonly whenUnread: (then: () => void) => Promise<() => void>;
	/** One line, to standard error. */
	readonly note: (line: string) => void;
	/** Whether a person reads on a terminal what is printed. */
	readonly isTerminal: boolean;
	/** Characters on a line of that terminal; undefined where there is none. */
	readonly columns: number | undefined;
	/** Which of the two may have colours. */
	readonly colour: {readonly print: boolean; readonly note: boolean};
}

/** The output of a process; `print` writes to its standard output. */
export const outputOf = (
	{
		stdout,
		stderr,
		env,
		pid,
		platform,
	}: Pick<NodeJS.Process, 'stdout' | 'stderr' | 'env' | 'pid' | 'platform'>,
	print: Output['print'],
): Output => {
	return {
		print,
		pass: (bytes) =>
			new Promise((resolve) => {
				if (stdout.writable) stdout.write(bytes, (error) => resolve(!error));
				else resolve(false);
			}),
		whenUnread: async (then) => {
			const {whenUnread} = await import('../platform/when-unread.ts');
			return whenUnread({fd: 1, pid, platform}, then);
		},
		note: (line) => stderr.write(`${line}\n`),
		isTerminal: stdout.isTTY,
		columns: stdout.isTTY ? stdout.columns : undefined,
		colour: {print: wantsColour(env, stdout.isTTY), note: wantsColour(env, stderr.isTTY)},
	};
};
