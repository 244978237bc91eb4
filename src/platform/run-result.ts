import type {RunResult} from './system.ts';

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
