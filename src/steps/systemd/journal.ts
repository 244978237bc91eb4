import type {LinuxMachine} from '../../platform/facts.ts';
import {commands} from '../../platform/linux/systemd.ts';
import type {System} from '../../platform/system.ts';

const journalUnreadable =
	'Your journal cannot be read. The mend: sudo usermod --append --groups systemd-journal NAME, then log in again.';

/** The service's own last lines, or the sentence that says why there are none. */
export const readJournal = async (system: System, {user, now}: LinuxMachine): Promise<readonly string[]> => {
	const {exitCode, stdout} = await system.run(commands.log(20, now));
	const lines = stdout.split('\n').filter((line) => line !== '');
	return exitCode === 0 ? lines : [journalUnreadable.replace('NAME', user.name)];
};
