import type {Account} from './enter.ts';
import type {Machine} from './machine.ts';

/** Hands the terminal over to a command inside: every key, Ctrl-C too, goes to it. Returns its exit status. */
export async function handOver(machine: Machine, argv: readonly string[], as: Account): Promise<number> {
	const {stdin, stdout} = process;
	const shell = machine.terminal(argv, {cols: stdout.columns, rows: stdout.rows, as});
	stdin.setRawMode(true);
	stdin.on('data', (keys: Buffer) => shell.write(keys.toString()));
	stdout.on('resize', () => shell.resize(stdout.columns, stdout.rows));
	shell.onData((text) => stdout.write(text));
	const {exitCode} = await new Promise<{exitCode: number}>((resolve) => shell.onExit(resolve));
	stdin.setRawMode(false);
	stdin.pause();
	return exitCode;
}
