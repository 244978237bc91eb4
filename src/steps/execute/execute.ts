import {Cancelled, type Failure, exitCode, SetupError, untilAborted} from '../../errors.ts';
import {type Action, maskFailure, type Progress} from '../../platform/actions/action.ts';
import {failureFrom} from '../../platform/run-result.ts';
import type {Proposal} from '../plan/propose.ts';
import {apply, undo} from './apply.ts';
import type {CancelledRun, FailedRun, Outcome} from './outcome.ts';
import type {System} from '../../platform/system.ts';
import {isWithinService} from '../../platform/service-manager/registry.ts';

/** A run that may change the machine. */
export interface Locking {
	readonly system: System;
	/** Ends the run early. */
	readonly signal: AbortSignal;
	/** Whether it already holds the lock. */
	readonly holdsLock?: true;
}

const anotherRun = (holder: number | undefined): SetupError =>
	new SetupError({
		message: `Another vira-setup is running here${holder === undefined ? '' : ` (PID ${holder})`}. Nothing was done.`,
		fixes: [{say: 'Wait until it ends, then try again.'}],
		exit: exitCode.unsuitable,
	});

const fromWithin = (): SetupError =>
	new SetupError({
		message: 'This vira-setup was started by Vira itself, perhaps in a build. Nothing was done.',
		detail: 'It would be killed halfway when Vira stops.',
		fixes: [{say: 'Run vira-setup in your own shell.'}],
		exit: exitCode.unsuitable,
	});

/** Does something while no other run of this user does anything; refuses if another run is active. */
export const holdLock = async <R extends Locking, T>(run: R, work: (locked: R) => Promise<T>): Promise<T> => {
	if (run.holdsLock) return work(run);
	const lock = await untilAborted(run.system.lock(), run.signal);
	if (!lock.taken) throw anotherRun(lock.holder);
	try {
		return await work({...run, holdsLock: true});
	} finally {
		lock.release();
	}
};

/** As `holdLock`; also refuses if stopping the service would kill this run. */
export const withLock = async <R extends Locking, T>(run: R, work: (locked: R) => Promise<T>): Promise<T> => {
	if (await isWithinService(run.system)) throw fromWithin();
	return holdLock(run, work);
};

/** Shows the progress of a stream, and returns its result. */
export type Follow = <T>(stream: AsyncGenerator<Progress, T>) => Promise<T>;

export interface Execution extends Locking {
	readonly follow: Follow;
}

/** What a command wants to achieve by its actions: all that differs between the commands. */
export interface Goal<T extends Outcome> {
	/** Throws if the machine is not as the preview showed it, which may be minutes old. */
	readonly demandSame?: () => Promise<void>;
	/** Whether actions that failed, and were undone, have had their effect anyway. */
	readonly isReachedAnyway?: (failure: Failure) => Promise<boolean>;
	/** Looks at the machine afterwards. A failure with `undone: true`, or Cancelled if it is thrown, undoes the actions. */
	readonly check: (done: readonly Action[]) => Promise<T | FailedRun>;
	/** What to do with the changes if the check cannot be made: undo them, or leave them and throw its error. */
	readonly unchecked: 'undo' | 'leave';
	/** Whether the check changes the machine too, so that it needs the lock even without actions. */
	readonly checkChanges?: true;
	/** What to report once the changes were undone, except for these. */
	readonly afterUndo: (notUndone: readonly Failure[]) => Promise<Pick<FailedRun, 'notUndone' | 'left'>>;
	/** Hides secrets. Absent: whoever shows the outcome does. */
	readonly mask?: (text: string) => string;
	/** What was accepted, for the report on a failure. */
	readonly proposal?: Proposal;
}

type Undone = FailedRun | CancelledRun;

const isFailed = (outcome: Outcome): outcome is FailedRun => outcome.outcome === 'failed';

/** A failed run, with its secrets hidden. */
const maskedOutcome = <T extends Outcome>(outcome: T, {mask}: Goal<T>): T => {
	if (!mask || !('notUndone' in outcome)) return outcome;
	const notUndone = outcome.notUndone.map((one) => maskFailure(one, mask));
	const failure = isFailed(outcome) && {failure: maskFailure(outcome.failure, mask)};
	return {...outcome, notUndone, ...failure};
};

/** How a run ended whose changes were undone, except for these. */
const undone = async <T extends Outcome>(
	cause: Failure | 'cancelled',
	notUndone: readonly Failure[],
	{afterUndo, proposal}: Goal<T>,
): Promise<Undone> => {
	const remains = {undone: true, ...(await afterUndo(notUndone))};
	if (cause === 'cancelled') return {outcome: 'cancelled', ...remains};
	return {outcome: 'failed', ...(proposal && {proposal}), failure: cause, ...remains};
};

/** Checks what was done, and undoes it if it does not hold. */
const checkDone = async <T extends Outcome>(
	done: readonly Action[],
	{system, follow}: Execution,
	goal: Goal<T>,
): Promise<T | Undone> => {
	const takeBack = async (cause: Failure | 'cancelled'): Promise<Undone> =>
		undone(cause, await follow(undo(done, system)), goal);
	let outcome: T | FailedRun;
	try {
		outcome = await goal.check(done);
	} catch (error) {
		if (error instanceof Cancelled) return takeBack('cancelled');
		if (goal.unchecked === 'leave' || done.length === 0) throw error;
		return takeBack(failureFrom(error));
	}
	if (!isFailed(outcome) || !outcome.undone) return outcome;
	return {...outcome, ...(await takeBack(outcome.failure))};
};

const applyAndCheck = async <T extends Outcome>(
	actions: readonly Action[],
	run: Execution,
	goal: Goal<T>,
): Promise<T | Undone> => {
	const applied = await run.follow(apply(actions, run.system, run.signal));
	if (applied.result === 'done') return checkDone(applied.done, run, goal);
	if (applied.result === 'cancelled') return undone('cancelled', applied.notUndone, goal);
	return (await goal.isReachedAnyway?.(applied.failure))
		? checkDone(actions, run, goal)
		: undone(applied.failure, applied.notUndone, goal);
};

/**
 * The only way in which a command changes the machine: under the lock, and only if the machine is as the preview showed
 * it, the actions are applied and their goal is checked. If one of them fails, or the check does, all are undone.
 * Without actions, only the check is made.
 */
export const execute = async <T extends Outcome>(
	actions: readonly Action[],
	run: Execution,
	goal: Goal<T>,
): Promise<T | Undone> => {
	const onlyChecks = actions.length === 0 && !goal.checkChanges;
	if (onlyChecks) return maskedOutcome(await checkDone([], run, goal), goal);
	return withLock(run, async (locked) => {
		if (goal.demandSame) await untilAborted(goal.demandSame(), run.signal);
		return maskedOutcome(await applyAndCheck(actions, locked, goal), goal);
	});
};
