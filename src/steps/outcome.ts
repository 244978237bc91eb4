import {exitCode, type Complaint, type ExitCode} from '../errors.ts';
import type {Proposal} from './propose.ts';
import type {Verdict} from './progress.ts';

/** How a run ended, for every front end to say in its own way. */
export type Outcome =
	| {readonly outcome: 'installed' | 'updated'; readonly proposal: Proposal; readonly verdict: Verdict}
	| {readonly outcome: 'unchanged'; readonly proposal: Proposal; readonly verdict: Verdict}
	| {readonly outcome: 'planned'; readonly proposal: Proposal}
	| {
			readonly outcome: 'failed';
			readonly proposal?: Proposal;
			readonly verdict?: Verdict;
			readonly complaint: Complaint;
			readonly notUndone: readonly Complaint[];
			/** Whether the machine was changed and is as before again. */ readonly undone: boolean;
	  }
	| {readonly outcome: 'cancelled'; readonly undone: boolean; readonly notUndone: readonly Complaint[]};

export const exitCodeOf = (outcome: Outcome): ExitCode => {
	if (outcome.outcome === 'failed') return outcome.complaint.code;
	return outcome.outcome === 'cancelled' ? exitCode.cancelled : exitCode.done;
};
