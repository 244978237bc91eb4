import {exitCode, type Complaint} from '../../errors.ts';
import {commandText} from '../command-text.ts';
import type {User, RunResult} from '../system.ts';
import {journal} from './journal.ts';
import {whyUnanswered} from '../run-result.ts';

/** What shows the log to a person who cannot read it. Members of the group can read the whole journal (journalctl(1)). */
const toRead = (user: User): readonly string[] => [
	`${commandText(journal.shownToRoot(user))}   shows the log`,
	`${commandText(['sudo', 'usermod', '--append', '--groups', 'systemd-journal', user.name])}   lets ${user.name} read it after the next login`,
];

const unreadable = 'Cannot read the log';

const denied = (user: User): Complaint => ({
	what: `${unreadable}: it is in the system journal, which ${user.name} has no permission to read.`,
	next: toRead(user),
	code: exitCode.privilege,
});

/** For a service that has run but has no lines in the journal. */
export const linesMissing = (user: User): Complaint => ({
	what: `${unreadable}: the journal has no lines of this service that ${user.name} can read.`,
	why: `They are in a part of the journal that ${user.name} cannot read, or were deleted because of their age.`,
	next: toRead(user),
	code: exitCode.privilege,
});

/** journald can be configured to store nothing (journald.conf(5), Storage=). */
export const noJournal: Complaint = {
	what: 'journald does not store a journal on this machine, so the service has no log.',
	why: 'journalctl finds no journal files. Storage= in /etc/systemd/journald.conf controls whether there are any.',
	next: [
		'Set Storage=persistent in /etc/systemd/journald.conf, then: sudo systemctl restart systemd-journald',
		'vira-setup restart   starts a new log',
	],
	code: exitCode.unsuitable,
};

/** Why journalctl did not show the journal. */
export const journalComplaint = (result: RunResult, user: User): Complaint => {
	const {found, stderr} = result;
	const words = stderr.split('\n').findLast((line) => line !== '');
	if (!found) return {what: 'journalctl was not found.', code: exitCode.unsuitable};
	// The message quotes the value, which may have line breaks.
	const [misread] = /^Failed to parse timestamp[^]*/mu.exec(stderr) ?? [];
	if (misread !== undefined)
		return {
			what: '--since: not a time that systemd understands.',
			why: misread.trimEnd(),
			next: ["Examples: yesterday, '2 hours ago', '2026-03-02 09:00' (systemd.time(7))."],
			code: exitCode.usage,
		};
	if (words?.includes('insufficient permissions')) return denied(user);
	const why = whyUnanswered(result) ?? words;
	return {
		what: 'journalctl could not show the log.',
		...(why !== undefined && {why}),
		code: exitCode.refused,
	};
};
