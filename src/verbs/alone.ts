import {exitCode, SetupError} from '../errors.ts';
import type {System} from '../platform/system.ts';

const anotherRun = (holder: number | undefined): SetupError =>
	new SetupError({
		what: `Another vira-setup is at work here${holder === undefined ? '' : ` (process ${holder})`}. Nothing was done.`,
		next: ['Wait until it has ended, then start again.'],
		code: exitCode.unsuitable,
	});

/** Does something while no other run of this user does; turned away where one is at work. */
export const alone = async <T>(system: System, work: () => Promise<T>): Promise<T> => {
	const lock = await system.lock();
	if (!lock.taken) throw anotherRun(lock.holder);
	try {
		return await work();
	} finally {
		lock.release();
	}
};
