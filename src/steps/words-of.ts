import type {RunResult} from '../platform/system.ts';
import {whyUnanswered} from '../platform/why-unanswered.ts';

/** Why a command failed: in its own words, where it has said any. */
export const wordsOf = (result: RunResult): string =>
	whyUnanswered(result) ??
	((result.stderr || result.stdout).trim() || `Exit status ${result.exitCode ?? 'unknown'}.`);
