import {exitCode, type Failure, type ExitCode} from '../../errors.ts';
import type {ServiceState} from '../../platform/facts.ts';
import type {NextStart} from '../../platform/service-manager/service-words.ts';
import type {Applied, Verdict} from '../../platform/actions/progress.ts';

/** A command that starts or stops the service. */
export type ServiceVerb = 'start' | 'stop' | 'restart';

/** The state of the service after a command that failed. */
export type Left = 'as-before' | 'running' | 'retrying' | 'stopped' | 'unknown';

/** A crashing service may be restarted over and over by its manager. */
export const leftIn = ({active, leftRunning}: Pick<ServiceState, 'active' | 'leftRunning'>): Left => {
	// A service that is being stopped is still running.
	if (['active', 'reloading', 'deactivating'].includes(active) || leftRunning) return 'running';
	if (active === 'activating') return 'retrying';
	return active === 'unknown' ? 'unknown' : 'stopped';
};

/** A service that is not running. */
interface Stopped {
	readonly next: NextStart;
	/** Whether it could be started now. */
	readonly startable: boolean;
}

/** How such a command ended, for people and for scripts. */
export type ServiceOutcome =
	| {
			readonly outcome: 'started' | 'restarted';
			readonly verdict: Verdict;
			/** Its PID, if known. */
			readonly process: number | undefined;
	  }
	| ({readonly outcome: 'stopped'} & Stopped)
	/** It was already in that state. */
	| {readonly outcome: 'unchanged'; readonly verdict: Verdict; readonly process: number | undefined}
	| ({readonly outcome: 'unchanged'} & Stopped)
	| {
			readonly outcome: 'failed';
			readonly failure: Failure;
			readonly verdict?: Verdict;
			readonly left: Left;
			/** Whether the machine was changed. */
			readonly changed: boolean;
			readonly notUndone: readonly Failure[];
	  }
	| {readonly outcome: 'cancelled'; readonly left: Left; readonly notUndone: readonly Failure[]};

/** The outcome of a plan that was not finished and was undone. */
export const notApplied = (
	applied: Exclude<Applied, {readonly result: 'done'}>,
	left: Left,
): ServiceOutcome => {
	const {notUndone} = applied;
	if (applied.result === 'cancelled') return {outcome: 'cancelled', left, notUndone};
	const changed = left !== 'as-before' || notUndone.length > 0;
	return {outcome: 'failed', failure: applied.failure, left, changed, notUndone};
};

export const exitCodeOf = (outcome: ServiceOutcome): ExitCode => {
	if (outcome.outcome === 'failed') return outcome.failure.exit;
	return outcome.outcome === 'cancelled' ? exitCode.cancelled : exitCode.done;
};
