import {exitCode, type Complaint, type ExitCode} from '../errors.ts';
import type {ServiceState} from '../platform/facts.ts';
import type {NextStart} from './by-hand.ts';
import type {Applied, Verdict} from './progress.ts';

/** A verb that changes whether the service runs. */
export type ServiceVerb = 'start' | 'stop' | 'restart';

/** What a verb that failed has left behind. */
export type Left = 'as-before' | 'running' | 'retrying' | 'stopped' | 'unknown';

/** A service that does not do well may be started again and again by its manager. */
export const leftIn = ({active, leftRunning}: Pick<ServiceState, 'active' | 'leftRunning'>): Left => {
	// What is being stopped runs until it is.
	if (['active', 'reloading', 'deactivating'].includes(active) || leftRunning) return 'running';
	if (active === 'activating') return 'retrying';
	return active === 'unknown' ? 'unknown' : 'stopped';
};

/** A service that does not run. */
interface Stopped {
	readonly next: NextStart;
	/** Whether it could be started at once. */
	readonly startable: boolean;
}

/** How such a verb ended, for a person and for a script. */
export type ServiceOutcome =
	| {
			readonly outcome: 'started' | 'restarted';
			readonly verdict: Verdict;
			/** The number of its process, where it is known. */
			readonly process: number | undefined;
	  }
	| ({readonly outcome: 'stopped'} & Stopped)
	/** It was so already. */
	| {readonly outcome: 'unchanged'; readonly verdict: Verdict; readonly process: number | undefined}
	| ({readonly outcome: 'unchanged'} & Stopped)
	| {
			readonly outcome: 'failed';
			readonly complaint: Complaint;
			readonly verdict?: Verdict;
			readonly left: Left;
			/** Whether the machine is another than before. */
			readonly changed: boolean;
			readonly notUndone: readonly Complaint[];
	  }
	| {readonly outcome: 'cancelled'; readonly left: Left; readonly notUndone: readonly Complaint[]};

/** The outcome of a plan that did not come to its end, and was taken back. */
export const notApplied = (
	applied: Exclude<Applied, {readonly result: 'done'}>,
	left: Left,
): ServiceOutcome => {
	const {notUndone} = applied;
	if (applied.result === 'cancelled') return {outcome: 'cancelled', left, notUndone};
	const changed = left !== 'as-before' || notUndone.length > 0;
	return {outcome: 'failed', complaint: applied.complaint, left, changed, notUndone};
};

export const exitCodeOf = (outcome: ServiceOutcome): ExitCode => {
	if (outcome.outcome === 'failed') return outcome.complaint.code;
	return outcome.outcome === 'cancelled' ? exitCode.cancelled : exitCode.done;
};
