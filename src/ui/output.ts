/** Where a verb that never asks says what it has to say. */
export interface Output {
	/** Text as it is, to standard output. */
	readonly print: (text: string) => void;
	/** One line, to standard error. */
	readonly note: (line: string) => void;
	/** Whether a person reads on a terminal what is printed. */
	readonly isTerminal: boolean;
	/** Characters on a line of that terminal; undefined where there is none. */
	readonly columns: number | undefined;
	/** Which of the two may have colours. */
	readonly colour: {readonly print: boolean; readonly note: boolean};
}

/** The output of a process; `print` writes to its standard output. NO_COLOR: https://no-color.org. */
export const outputOf = (
	{stdout, stderr, env}: Pick<NodeJS.Process, 'stdout' | 'stderr' | 'env'>,
	print: Output['print'],
): Output => {
	const colours = (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb';
	return {
		print,
		note: (line) => stderr.write(`${line}\n`),
		isTerminal: stdout.isTTY,
		columns: stdout.isTTY ? stdout.columns : undefined,
		colour: {print: colours && stdout.isTTY, note: colours && stderr.isTTY},
	};
};
