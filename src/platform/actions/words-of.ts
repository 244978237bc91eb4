import type {RunResult} from '../system.ts';
import {whyUnanswered} from '../run-result.ts';

/** Why a command failed: its own message, if it printed one. */
export const wordsOf = (result: RunResult): string =>
	whyUnanswered(result) ??
	((result.stderr || result.stdout).trim() || `Exit status ${result.exitCode ?? 'unknown'}.`);
