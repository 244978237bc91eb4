import {exitCode, type Complaint} from '../../errors.ts';
import type {LinuxMachine, User} from '../../platform/facts.ts';
import {commands} from '../../platform/linux/systemd.ts';
import type {RunResult, System} from '../../platform/system.ts';
import type {LogSource} from '../log-source.ts';
import {linesSinceStart} from './lines-since-start.ts';

const unreadable = 'Your journal cannot be read.';

/** Members of this group may read all of the journal (journalctl(1)). */
const mendFor = ({name}: User): string => `sudo usermod --append --groups systemd-journal ${name}`;

/** The service's own last lines, or the sentence that says why there are none. */
export const readJournal = async (system: System, {user, now}: LinuxMachine): Promise<readonly string[]> => {
	const {exitCode: status, stdout} = await system.run(commands.log(20, now));
	const lines = stdout.split('\n').filter((line) => line !== '');
	return status === 0 ? lines : [`${unreadable} The mend: ${mendFor(user)}, then log in again.`];
};

const complain = ({found, stderr}: RunResult, user: User): Complaint => {
	const words = stderr.split('\n').findLast((line) => line !== '');
	if (!found) return {what: 'There is no journalctl on this machine.', code: exitCode.unsuitable};
	// It quotes what was given, line breaks and all.
	const [misread] = /^Failed to parse timestamp[^]*/mu.exec(stderr) ?? [];
	if (misread !== undefined)
		return {
			what: '--since: This is no time that systemd knows.',
			why: misread.trimEnd(),
			next: ["Such as: yesterday, '2 hours ago', '2026-03-02 09:00' (systemd.time(7))."],
			code: exitCode.usage,
		};
	if (words?.includes('insufficient permissions'))
		return {
			what: unreadable,
			why: 'It is kept where only some users may read it.',
			next: [mendFor(user), 'Then log in again.'],
			code: exitCode.privilege,
		};
	return {
		what: 'journalctl did not show the journal.',
		...(words !== undefined && {why: words}),
		code: exitCode.refused,
	};
};

/** What the service has said is in the person's own journal. */
export const journalOf = ({user}: LinuxMachine): LogSource => ({
	name: 'journal',
	refuse: async () => undefined,
	command: commands.showLog,
	complain: async (result) => complain(result, user),
	sinceStart: linesSinceStart,
	// journald limits its size by itself (journald.conf(5), SystemMaxUse).
	growth: async () => undefined,
});
