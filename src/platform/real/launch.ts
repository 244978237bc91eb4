import {setTimeout as wait} from 'node:timers/promises';
import {getSystemErrorMap} from 'node:util';
import {execa} from 'execa';
import type {RunResult, System} from '../system.ts';

/** What execa reports of the end of a command; empty if it does not end. */
export interface Ending {
	readonly exitCode?: number | undefined;
	readonly signal?: string | undefined;
	readonly code?: string | undefined;
	readonly cause?: unknown;
	readonly timedOut?: boolean;
	readonly isMaxBuffer?: boolean;
	readonly stdout?: Uint8Array | undefined;
	readonly stderr?: Uint8Array | undefined;
}

const decoded = (bytes: Uint8Array = new Uint8Array()): string => Buffer.from(bytes).toString();

/** Whether the program was found, and why it could not be started (errno(3)). */
const startTrouble = ({code, exitCode, signal, cause}: Ending): Pick<RunResult, 'found' | 'notStarted'> => {
	if (code === 'ENOENT') return {found: false};
	const {errno} = (cause ?? {}) as NodeJS.ErrnoException;
	if (errno === undefined || exitCode !== undefined || signal !== undefined) return {found: true};
	return {found: true, notStarted: getSystemErrorMap().get(errno)?.[1] ?? String(code)};
};

export const resultOf = (ending: Ending, mostBytes: number): RunResult => {
	const {exitCode, timedOut = false, isMaxBuffer = false, stdout, stderr} = ending;
	return {
		exitCode: isMaxBuffer ? undefined : exitCode,
		stdout: isMaxBuffer ? '' : decoded(stdout),
		stderr: isMaxBuffer ? '' : decoded(stderr),
		// If it had exited by then, only its output was still being read.
		timedOut: timedOut && exitCode === undefined,
		...startTrouble(ending),
		...(isMaxBuffer && {overflow: mostBytes}),
	};
};

const longestWaitMs = 3000;

/** Starts programs that may run on after us: in a session of their own, with output that no one reads. */
export const launchWith =
	(env: System['environment']): System['run'] =>
	async ([program, ...arguments_], {timeoutMs = longestWaitMs} = {}) => {
		const running = execa(program, arguments_, {
			env,
			extendEnv: false,
			cwd: '/',
			stdio: 'ignore',
			reject: false,
			detached: true,
		});
		running.unref();
		const ended = new AbortController();
		const late = wait(timeoutMs, {timedOut: true}, {signal: ended.signal});
		const ending = await Promise.race([running, late]);
		ended.abort();
		return resultOf(ending, 0);
	};
