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

/** Whether it is the program that could not be run, whoever would have answered through it. */
export const couldNotRun = ({found, notStarted}: RunResult): boolean => !found || notStarted !== undefined;
