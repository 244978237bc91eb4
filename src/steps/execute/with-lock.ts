import {exitCode, SetupError} from '../../errors.ts';
import {isWithinService} from '../../platform/within-service.ts';
import {untilAborted} from '../../platform/until-aborted.ts';
import type {Run} from '../../commands/run.ts';

const anotherRun = (holder: number | undefined): SetupError =>
	new SetupError({
		message: `Another vira-setup is running here${holder === undefined ? '' : ` (PID ${holder})`}. Nothing was done.`,
		fixes: ['Wait until it ends, then try again.'],
		exit: exitCode.unsuitable,
	});

const fromWithin = (): SetupError =>
	new SetupError({
		message: 'This vira-setup was started by Vira itself, perhaps in a build. Nothing was done.',
		detail: 'It would be killed halfway when Vira stops.',
		fixes: ['Run vira-setup in your own shell.'],
		exit: exitCode.unsuitable,
	});

/** Does something while no other run of this user does anything; refuses if another run is active. */
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

/** As `locked`; also refuses if stopping the service would kill this run. */
export const alone = async <T>(
	run: Pick<Run, 'system' | 'signal' | 'isAlone'>,
	work: () => Promise<T>,
): Promise<T> => {
	if (await isWithinService(run.system)) throw fromWithin();
	return run.isAlone ? work() : locked(run, work);
};

/**
 * A run that does not ask holds the lock from its first check on: otherwise it would take what another run has started,
 * such as its service on the port, for someone else's. An open preview does not block other runs: the lock is taken
 * once it is accepted.
 */
export const aloneUnlessAsking = <T>(run: Run, work: (run: Run) => Promise<T>): Promise<T> => {
	const {request, system} = run;
	if (request.interactive || request.dryRun || system.platform === 'other') return work(run);
	return locked(run, () => work({...run, isAlone: true}));
};
