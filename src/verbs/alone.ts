import {exitCode, SetupError} from '../errors.ts';
import {isWithinService} from '../platform/within-service.ts';
import {untilAborted} from '../ui/until-aborted.ts';
import type {Run} from './run.ts';

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

/** Does something while no other run of this user does; turned away where one is at work. */
const locked = async <T>(
	{system, signal}: Pick<Run, 'system' | 'signal'>,
	work: () => Promise<T>,
): Promise<T> => {
	const lock = await untilAborted(system.lock(), signal);
	if (!lock.taken) throw anotherRun(lock.holder);
	try {
		return await work();
	} finally {
		lock.release();
	}
};

/** As `locked`; turned away as well where the service could take this run along when it stops. */
export const alone = async <T>(
	run: Pick<Run, 'system' | 'signal' | 'isAlone'>,
	work: () => Promise<T>,
): Promise<T> => {
	if (await isWithinService(run.system)) throw fromWithin();
	return run.isAlone ? work() : locked(run, work);
};

/**
 * What asks nobody is alone from its first look on: what another run has begun, its service on the port, or the moment
 * in which it tries the port, would be taken for somebody else's. A person at the preview keeps no other from working,
 * and is alone once they have accepted it.
 */
export const aloneUnlessAsking = <T>(run: Run, work: (run: Run) => Promise<T>): Promise<T> => {
	const {request, system} = run;
	if (request.interactive || request.dryRun || system.platform === 'other') return work(run);
	return locked(run, () => work({...run, isAlone: true}));
};
