import type {RunResult} from './system.ts';
import {nothingChanged, Cancelled, exitCode, SetupError, type Failure} from '../errors.ts';

/**
 * The output of a command; undefined if it failed, timed out or does not exist: its output is incomplete then and must
 * not be used.
 */
export const answerOf = ({exitCode, stdout}: RunResult): string | undefined =>
	exitCode === 0 ? stdout : undefined;

const sizeText = (bytes: number): string =>
	bytes < 2 ** 20 ? `${Math.ceil(bytes / 1024)} KiB` : `${Math.round(bytes / 2 ** 20)} MiB`;

/** Why the output of a command is no answer; undefined if the command exited normally. */
export const whyUnanswered = ({found, notStarted, timedOut, overflow}: RunResult): string | undefined => {
	if (!found) return 'The program was not found.';
	if (notStarted !== undefined) return `It could not be started: ${notStarted}.`;
	if (overflow !== undefined) return `It printed more than ${sizeText(overflow)} and was stopped.`;
	return timedOut ? 'It timed out.' : undefined;
};

/** Whether it is the program that could not be run. */
export const couldNotRun = ({found, notStarted}: RunResult): boolean => !found || notStarted !== undefined;

/** A tool of the system that cannot be run: the service that it talks to may be fine. */
export interface UnusableTool {
	readonly tool: string;
	/** A sentence. */
	readonly why: string;
}

/** The program of a command, if it could not be run. */
export const unusableTool = (tool: string, result: RunResult): UnusableTool | undefined => {
	const why = whyUnanswered(result);
	return why === undefined || result.timedOut ? undefined : {tool, why};
};

/** Why a command failed: its own message, if it printed one. */
export const whyFailed = (result: RunResult): string =>
	whyUnanswered(result) ??
	((result.stderr || result.stdout).trim() || `Exit status ${result.exitCode ?? 'unknown'}.`);

/** How a process ended, in the same words whatever service manager reports it: the end of a sentence, without its period. */
export const exitedStatus = (status: number | string): string => `exited with status ${status}`;

/** `signal` is a name or a number. */
export const killedSignal = (signal: number | string): string => `was killed by signal ${signal}`;

/** The same as a sentence. */
export const exitedWith = (status: number | string, what = 'It'): string =>
	`${what} ${exitedStatus(status)}.`;

export const killedBy = (signal: number | string, what = 'It'): string => `${what} ${killedSignal(signal)}.`;

type MachineFailure = Error & {readonly code: string; readonly path?: unknown};

/** A system call failed (errno(3)); errors of Node itself have names such as ERR_INVALID_ARG_TYPE. */
const isMachineFailure = (error: unknown): error is MachineFailure =>
	error instanceof Error && 'code' in error && /^E(?!RR_)[A-Z0-9]+$/u.test(String(error.code));

const denied = 'Permission denied';

/** The path follows, where it is known. */
const messages: Readonly<Record<string, string>> = {
	EACCES: denied,
	EPERM: denied,
	ENOSPC: 'No space left on device',
	EDQUOT: 'Disk quota exceeded',
	EROFS: 'Read-only file system',
	ENOENT: 'No such file or folder',
	ENOTDIR: 'A file exists where a folder is needed',
	EIO: 'Disk error',
};

/** The message for a failed system call; undefined for a bug of ours. */
export const machineFailure = (error: unknown): Failure | undefined => {
	if (!isMachineFailure(error)) return undefined;
	const {code, path, message} = error;
	const at = typeof path === 'string' ? `: ${path}` : '.';
	const isDenied = code === 'EACCES' || code === 'EPERM';
	return {
		message: `${messages[code] ?? 'The system reported an error'}${at}`,
		detail: message,
		exit: isDenied ? exitCode.privilege : exitCode.unexpected,
	};
};

const unexpected = (error: unknown): Failure => ({
	message: 'Unexpected error. This is a bug in vira-setup: please report it.',
	detail: error instanceof Error ? (error.stack ?? error.message) : String(error),
	exit: exitCode.unexpected,
});

/** The report on any error. */
export const failureFrom = (error: unknown): Failure => {
	if (error instanceof SetupError) return error.failure;
	if (error instanceof Cancelled) return {message: `Cancelled. ${nothingChanged}`, exit: exitCode.cancelled};
	return machineFailure(error) ?? unexpected(error);
};
