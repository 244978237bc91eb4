import {exitCode, SetupError} from '../errors.ts';
import type {System} from '../platform/system.ts';
import {isWithinService} from '../platform/within-service.ts';

const anotherRun = (holder: number | undefined): SetupError =>
	new SetupError({
		what: `Another vira-setup is at work here${holder === undefined ? '' : ` (process ${holder})`}. Nothing was done.`,
		next: ['Wait until it has ended, then start again.'],
		code: exitCode.unsuitable,
	});

const fromWithin = (): SetupError =>
	new SetupError({
		what: 'Vira itself has started this, as a part of a build perhaps: it would end half-way when Vira stops. Nothing was done.',
		next: ['Start vira-setup in a shell of your own.'],
		code: exitCode.unsuitable,
	});

/**
 * Does something while no other run of this user does; turned away where one is at work, or where the service could
 * take it along when it stops.
 */
export const alone = async <T>(system: System, work: () => Promise<T>): Promise<T> => {
	if (await isWithinService(system)) throw fromWithin();
	const lock = await system.lock();
	if (!lock.taken) throw anotherRun(lock.holder);
	try {
		return await work();
	} finally {
		lock.release();
	}
};
