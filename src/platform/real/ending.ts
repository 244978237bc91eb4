import {getSystemErrorMap} from 'node:util';
import type {RunResult} from '../system.ts';

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
