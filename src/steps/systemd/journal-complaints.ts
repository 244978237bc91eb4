import {exitCode, type Complaint} from '../../errors.ts';
import {commandText} from '../../platform/command-text.ts';
import type {User} from '../../platform/facts.ts';
import {journal} from '../../platform/linux/journal.ts';
import type {RunResult} from '../../platform/system.ts';
import {whyUnanswered} from '../../platform/why-unanswered.ts';

/** What shows the log where this person may not read it. Members of the group may read all of the journal (journalctl(1)). */
const toRead = (user: User): readonly string[] => [
	`${commandText(journal.shownToRoot(user))}   shows it`,
	`${commandText(['sudo', 'usermod', '--append', '--groups', 'systemd-journal', user.name])}   lets ${user.name} read it after the next login`,
];

const denied = (user: User): Complaint => ({
	what: `The log cannot be read: it is in the system journal, and ${user.name} has no permission to read it.`,
	next: toRead(user),
	code: exitCode.privilege,
});

/** For a service that has run, of which the journal has nothing. */
export const linesMissing = (user: User): Complaint => ({
	what: `The log cannot be read: the journal has no lines of this service that ${user.name} can read.`,
	why: `They are in a part of the journal that ${user.name} cannot read, or were deleted because they were old.`,
	next: toRead(user),
	code: exitCode.privilege,
});

/** journald can be set to keep nothing (journald.conf(5), Storage=). */
export const noJournal: Complaint = {
	what: 'There is no log: this machine keeps no journal.',
	why: 'journalctl finds no journal files. Storage= in /etc/systemd/journald.conf decides whether there are any.',
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
	if (words?.includes('insufficient permissions')) return denied(user);
	const why = whyUnanswered(result) ?? words;
	return {
		what: 'journalctl did not show the journal.',
		...(why !== undefined && {why}),
		code: exitCode.refused,
	};
};
