import {exitCode, type ExitCode, type Failure} from '../../errors.ts';
import type {Action, Verdict} from '../../platform/actions/action.ts';
import type {Preview} from '../plan/preview.ts';
import type {ServiceState} from '../../platform/machine-facts.ts';
import type {NextStart} from '../../platform/service-manager/service-words.ts';
import type {Leftover} from '../../platform/service-manager/manager-parts.ts';
import type {Proposal} from '../plan/propose.ts';
import type {RemovalProposal} from '../removal/propose-removal.ts';

/** How a run ended, for every front end to show in its own way. */
export type Outcome = PreviewedOutcome | ServiceOutcome;

/** Of a run whose plan is shown and accepted before it is applied. */
export type PreviewedOutcome = SetupOutcome | RemovalOutcome;

/** A command that starts or stops the service. */
export type ServiceCommand = 'start' | 'stop' | 'restart';

/** The state of the service after start, stop or restart failed. */
export type ServiceLeft = 'as-before' | 'running' | 'retrying' | 'stopped' | 'unknown';

/** A crashing service may be restarted over and over by its manager. */
export const leftIn = ({active, leftRunning}: Pick<ServiceState, 'active' | 'leftRunning'>): ServiceLeft => {
	// A service that is being stopped is still running.
	if (['active', 'reloading', 'deactivating'].includes(active) || leftRunning) return 'running';
	if (active === 'activating') return 'retrying';
	return active === 'unknown' ? 'unknown' : 'stopped';
};

/** What remains of a run that did not reach its goal. */
interface Remains {
	/** Whether the changes were undone, except for `notUndone`. */
	readonly undone: boolean;
	readonly notUndone: readonly Failure[];
	/** Of start, stop and restart. */
	readonly left?: ServiceLeft;
}

export interface FailedRun extends Remains {
	readonly outcome: 'failed';
	readonly failure: Failure;
	/** Of a setup. */
	readonly proposal?: Proposal;
	/** If the service was checked. */
	readonly verdict?: Verdict;
	/** Of start, stop and restart, if nothing was undone: whether the machine was changed. */
	readonly changed?: boolean;
}

export interface CancelledRun extends Remains {
	readonly outcome: 'cancelled';
}

/** How a setup ended. */
export type SetupOutcome =
	| {
			readonly outcome: 'installed' | 'updated' | 'unchanged';
			readonly proposal: Proposal;
			readonly verdict: Verdict;
	  }
	| {readonly outcome: 'planned'; readonly proposal: Proposal}
	| FailedRun
	| CancelledRun;

/** How a removal ended that was not cancelled and did not fail early. */
export type RemovalOutcome =
	/** vira-setup has set up nothing here; `left` belongs to others. */
	| {readonly outcome: 'nothing-to-remove'; readonly left: readonly Leftover[]}
	| {readonly outcome: 'removal-planned'; readonly removal: RemovalProposal}
	| {readonly outcome: 'removed'; readonly removal: RemovalProposal; readonly left: readonly Leftover[]}
	/** The service is removed, but not all of its data: the next run continues. */
	| {
			readonly outcome: 'removed-in-part';
			readonly removal: RemovalProposal;
			readonly failure: Failure;
			readonly left: readonly Leftover[];
	  };

/** A service that is not running. */
interface Stopped {
	readonly next: NextStart;
	/** Whether it could be started now. */
	readonly startable: boolean;
}

/** A service that is running and healthy, with its PID if known. */
interface Healthy {
	readonly verdict: Verdict;
	readonly process: number | undefined;
}

/** How start, stop or restart ended; `unchanged`: the service was already in that state. */
export type ServiceOutcome =
	| {
			readonly outcome: 'planned';
			readonly actions: readonly Action[];
			readonly interrupts: Preview['interrupts'];
	  }
	| ({readonly outcome: 'started' | 'restarted' | 'unchanged'} & Healthy)
	| ({readonly outcome: 'stopped' | 'unchanged'} & Stopped)
	| FailedRun
	| CancelledRun;

const removals: readonly string[] = [
	'nothing-to-remove',
	'removal-planned',
	'removed',
	'removed-in-part',
] satisfies readonly RemovalOutcome['outcome'][];

export const isRemoval = (outcome: PreviewedOutcome): outcome is RemovalOutcome =>
	removals.includes(outcome.outcome);

/** Whether a run that was only planned would change anything. */
export const wouldChange = (outcome: Outcome): boolean => {
	if (outcome.outcome === 'removal-planned') return outcome.removal.preview.changes;
	if (outcome.outcome !== 'planned') return false;
	return 'proposal' in outcome ? outcome.proposal.preview.changes : outcome.actions.length > 0;
};

/** `check`: whether the exit status of a plan shows whether it would change anything. */
export const exitCodeOf = (outcome: Outcome, {check}: {readonly check: boolean}): ExitCode => {
	if ('failure' in outcome) return outcome.failure.exit;
	if (check && wouldChange(outcome)) return exitCode.wouldChange;
	return outcome.outcome === 'cancelled' ? exitCode.cancelled : exitCode.done;
};
