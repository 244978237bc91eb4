import {exitCode, type Failure} from '../../errors.ts';
import type {Fix} from '../../notice.ts';
import {commandText} from '../command-text.ts';
import type {User, RunResult} from '../system.ts';
import {journal} from './journal.ts';
import {whyUnanswered} from '../run-result.ts';

/** What shows the log to a person who cannot read it. Members of the group can read the whole journal (journalctl(1)). */
const toRead = (user: User): readonly Fix[] => [
	{say: 'shows the log', command: commandText(journal.shownToRoot(user))},
	{
		say: `lets ${user.name} read it after the next login`,
		command: commandText(['sudo', 'usermod', '--append', '--groups', 'systemd-journal', user.name]),
	},
];

const unreadable = 'Cannot read the log';

const denied = (user: User): Failure => ({
	message: `${unreadable}: it is in the system journal, which ${user.name} has no permission to read.`,
	fixes: toRead(user),
	exit: exitCode.privilege,
});

/** For a service that has run but has no lines in the journal. */
export const linesMissing = (user: User): Failure => ({
	message: `${unreadable}: the journal has no lines of this service that ${user.name} can read.`,
	detail: `They are in a part of the journal that ${user.name} cannot read, or were deleted because of their age.`,
	fixes: toRead(user),
	exit: exitCode.privilege,
});

/** journald can be configured to store nothing (journald.conf(5), Storage=). */
export const noJournal: Failure = {
	message: 'journald does not store a journal on this machine, so the service has no log.',
	detail:
		'journalctl finds no journal files. Storage= in /etc/systemd/journald.conf controls whether there are any.',
	fixes: [
		{
			say: 'Set Storage=persistent in /etc/systemd/journald.conf, then:',
			command: 'sudo systemctl restart systemd-journald',
		},
		{say: 'starts a new log', command: 'vira-setup restart'},
	],
	exit: exitCode.unsuitable,
};

/** Why journalctl did not show the journal. */
export const journalFailure = (result: RunResult, user: User): Failure => {
	const {found, stderr} = result;
	const words = stderr.split('\n').findLast((line) => line !== '');
	if (!found) return {message: 'journalctl was not found.', exit: exitCode.unsuitable};
	// The message quotes the value, which may have line breaks.
	const [misread] = /^Failed to parse timestamp[^]*/mu.exec(stderr) ?? [];
	if (misread !== undefined)
		return {
			message: '--since: not a time that systemd understands.',
			detail: misread.trimEnd(),
			fixes: [{say: "Examples: yesterday, '2 hours ago', '2026-03-02 09:00' (systemd.time(7))."}],
			exit: exitCode.usage,
		};
	if (words?.includes('insufficient permissions')) return denied(user);
	return {
		message: 'journalctl could not show the log.',
		detail: whyUnanswered(result) ?? words,
		exit: exitCode.refused,
	};
};
