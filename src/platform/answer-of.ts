import type {RunResult} from './system.ts';

/**
 * What a command answered; undefined where it failed, did not end in time or is not there. What it printed until then
 * is a part at most, and nothing may be read from it.
 */
export const answerOf = ({exitCode, stdout}: RunResult): string | undefined =>
	exitCode === 0 ? stdout : undefined;
