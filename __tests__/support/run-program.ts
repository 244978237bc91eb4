import {spawn} from 'node:child_process';
import {resolve} from 'node:path';
import {fileURLToPath} from 'node:url';
import type {MachineState} from '../../src/simulator/machine-state.ts';
import {marked} from './after-test.ts';
import {machineIn} from './simulated-linux.ts';
import {newFolder} from './new-folder.ts';

/** An executable that is tested instead of the build for Node. */
const executable = process.env['VIRA_SETUP_PROGRAM'];

export const program =
	executable === undefined
		? fileURLToPath(new URL('../../dist/entry.cjs', import.meta.url))
		: resolve(executable);

/** What `program` is the first argument of: Node, or what starts any executable. */
export const starter = executable === undefined ? process.execPath : '/usr/bin/env';

/** The built program with its arguments, which have to name a simulated machine: tests never touch the one they run on. */
export const programWords = (words: readonly string[]): readonly string[] => {
	if (!words.some((word) => word.startsWith('--simulat')))
		throw new Error(`vira-setup ${words.join(' ')} would look at the machine that the tests run on.`);
	return [program, ...words];
};

/** For programs that a test starts: no settings of the user who runs the tests, and no folder of theirs. */
export const ownEnvironment = () => {
	const folder = newFolder();
	return {PATH: process.env['PATH'], HOME: folder, TMPDIR: folder, ...marked()};
};

type Kill = (signal: NodeJS.Signals) => void;

export interface Start {
	readonly env?: Readonly<Record<string, string>>;
	/** null: standard input stays open and empty. */
	readonly input?: string | null;
	/** Code that runs in the process of the program, before it; what it writes to descriptor 3 is a signal. */
	readonly preload?: string;
	/** Called when the program begins to write to standard error, or to descriptor 3. */
	readonly onSign?: (kill: Kill) => void;
}

export interface Ended {
	/** The exit status, or the signal that ended it. */
	readonly status: unknown;
	readonly stdout: string;
	readonly stderr: string;
}

/** Runs the built program to its end, without a terminal and with a home folder of its own. */
export const runProgram = async (
	words: readonly string[],
	{env = {}, input = '', preload, onSign}: Start = {},
): Promise<Ended> => {
	const before =
		preload === undefined ? [] : ['--import', `data:text/javascript,${encodeURIComponent(preload)}`];
	const child = spawn(starter, [...before, ...programWords(words)], {
		env: {...ownEnvironment(), ...env},
		stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
	});
	const written = {stdout: '', stderr: ''};
	child.stdout.on('data', (piece: Buffer) => (written.stdout += piece.toString()));
	child.stderr.on('data', (piece: Buffer) => (written.stderr += piece.toString()));
	const kill: Kill = (signal) => child.kill(signal);
	const sign = (): void => onSign?.(kill);
	child.stderr.once('data', sign);
	child.stdio[3]?.once('data', sign);
	child.stdin.on('error', () => undefined);
	if (input !== null) child.stdin.end(input);
	const status = await new Promise((resolve) =>
		child.once('close', (code, signal) => resolve(code ?? signal)),
	);
	return {status, ...written};
};

/** The arguments for a simulated Linux machine of its own, which the program finds this way. */
export const onLinux = async (state: Partial<MachineState> = {}): Promise<readonly string[]> => {
	const folder = newFolder();
	await machineIn(folder, state);
	return ['--simulate', 'linux', '--simulation-folder', folder];
};
