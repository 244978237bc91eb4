import type {RunResult} from './system.ts';

/**
 * The output of a command; undefined if it failed, timed out or does not exist: its output is incomplete then and must
 * not be used.
 */
export const answerOf = ({exitCode, stdout}: RunResult): string | undefined =>
	exitCode === 0 ? stdout : undefined;
