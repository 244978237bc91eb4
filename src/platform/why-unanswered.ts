import type {RunResult} from './system.ts';

const sizeText = (bytes: number): string =>
	bytes < 2 ** 20 ? `${Math.ceil(bytes / 1024)} KiB` : `${Math.round(bytes / 2 ** 20)} MiB`;

/** Why there is no answer in what a command printed, whatever that is; undefined where it ended by itself. */
export const whyUnanswered = ({found, notStarted, timedOut, overflow}: RunResult): string | undefined => {
	if (!found) return 'There is no such program.';
	if (notStarted !== undefined) return `It could not be started: ${notStarted}.`;
	if (overflow !== undefined) return `It printed more than ${sizeText(overflow)}, and was ended.`;
	return timedOut ? 'It did not end in time.' : undefined;
};

/** Whether it is the program that could not be run. */
export const couldNotRun = ({found, notStarted}: RunResult): boolean => !found || notStarted !== undefined;

/** A program of the system's own that cannot be run: whoever would answer through it may be well. */
export interface UnusableTool {
	readonly tool: string;
	/** A sentence. */
	readonly why: string;
}

/** The program of a command, where it could not be run. */
export const unusableTool = (tool: string, result: RunResult): UnusableTool | undefined => {
	const why = whyUnanswered(result);
	return why === undefined || result.timedOut ? undefined : {tool, why};
};
