import {exitCode, SetupError} from '../../errors.ts';
import type {System} from '../../platform/system.ts';
import {untilAborted} from '../../platform/until-aborted.ts';
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
