import {exitCode, type Failure, type ExitCode} from '../../errors.ts';
import type {Proposal} from '../plan/propose.ts';
import type {RemovalProposal} from '../removal/propose-removal.ts';
import type {Left} from '../../platform/service-manager/remover.ts';
import type {Verdict} from '../../platform/actions/progress.ts';

/** How a run ended, for every front end to show in its own way. */
export type Outcome = SetupOutcome | RemovalOutcome;

/** How a setup ended; a removal that failed or was cancelled has the same outcome. */
export type SetupOutcome =
	| {readonly outcome: 'installed' | 'updated'; readonly proposal: Proposal; readonly verdict: Verdict}
	| {readonly outcome: 'unchanged'; readonly proposal: Proposal; readonly verdict: Verdict}
	| {readonly outcome: 'planned'; readonly proposal: Proposal}
	/** Nothing was set up: the settings were written to a file. */
	| {readonly outcome: 'written'; readonly proposal: Proposal; readonly path: string}
	| {
			readonly outcome: 'failed';
			readonly proposal?: Proposal;
			readonly verdict?: Verdict;
			readonly failure: Failure;
			readonly notUndone: readonly Failure[];
			/** Whether the machine was changed and is as before again. */ readonly undone: boolean;
	  }
	| {readonly outcome: 'cancelled'; readonly undone: boolean; readonly notUndone: readonly Failure[]};

/** How a removal ended that was not cancelled and did not fail early. */
export type RemovalOutcome =
	/** vira-setup has set up nothing here; `left` belongs to others. */
	| {readonly outcome: 'nothing-to-remove'; readonly left: readonly Left[]}
	| {readonly outcome: 'removal-planned'; readonly removal: RemovalProposal}
	| {readonly outcome: 'removed'; readonly removal: RemovalProposal; readonly left: readonly Left[]}
	/** The service is removed, but not all of its data: the next run continues. */
	| {
			readonly outcome: 'removed-in-part';
			readonly removal: RemovalProposal;
			readonly failure: Failure;
			readonly left: readonly Left[];
	  };

const removals: readonly string[] = [
	'nothing-to-remove',
	'removal-planned',
	'removed',
	'removed-in-part',
] satisfies readonly RemovalOutcome['outcome'][];

export const isRemoval = (outcome: Outcome): outcome is RemovalOutcome => removals.includes(outcome.outcome);

export const exitCodeOf = (outcome: Outcome): ExitCode => {
	if ('failure' in outcome) return outcome.failure.exit;
	return outcome.outcome === 'cancelled' ? exitCode.cancelled : exitCode.done;
};
