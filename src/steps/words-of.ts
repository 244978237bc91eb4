import type {RunResult} from '../platform/system.ts';

/** Why a command failed: in its own words, where it has said any. */
export const wordsOf = (result: RunResult): string => {
	if (!result.found) return 'There is no such program.';
	if (result.timedOut) return 'It did not end in time.';
	return (result.stderr || result.stdout).trim() || `Exit status ${result.exitCode ?? 'unknown'}.`;
};
