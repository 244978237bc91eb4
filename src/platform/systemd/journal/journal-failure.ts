import {exitCode, type Failure} from '../../../errors.ts';
import type {Fix} from '../../../notice.ts';
import {commandText} from '../../command-text.ts';
import type {User, RunResult, System} from '../../system.ts';
import {journal} from './journal.ts';
import {whyUnanswered} from '../../run-result.ts';
import type {ServiceState} from '../../machine-facts.ts';
import {parseUnitFile} from '../unit/unit-file.ts';
import {expandSpecifiers} from '../../../settings/unit-value.ts';

/** What shows the log to a person who cannot read it. Members of the group can read the whole journal (journalctl(1)). */
const toRead = (user: User): readonly Fix[] => [
	{say: 'shows the log', command: commandText(journal.shownToRoot(user))},
	{
		say: `lets ${user.name} read it from its next session on`,
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
	const words = stderr.split('\n').findLast((line) => line !== '');
	if (words?.includes('insufficient permissions')) return denied(user);
	return {
		message: 'journalctl could not show the log.',
		detail: whyUnanswered(result) ?? words,
		exit: exitCode.refused,
	};
};

/** systemd.exec(5), StandardOutput=: with these values, output goes to the journal, or to the journal too. */
const inJournal = /^(?:|journal|journal\+console|syslog|syslog\+console|kmsg|kmsg\+console|inherit)$/u;

/**
 * Where the unit or a drop-in sends the output of the service; undefined: to the journal. `systemctl show` prints
 * `append` without the path, so the unit files are read instead. The last line counts.
 */
export const outputElsewhere = async (
	system: System,
	{file, dropIns}: Pick<ServiceState, 'file' | 'dropIns'>,
): Promise<Failure | undefined> => {
	const paths = [...(file === undefined ? [] : [file]), ...dropIns];
	const texts = await Promise.all(paths.map((path) => system.readFile(path).catch(() => undefined)));
	const assignments = parseUnitFile(texts.map((one) => one ?? '').join('\n'));
	const found = ['StandardOutput', 'StandardError']
		.map((key) => assignments.findLast((one) => one.key === key))
		.find((assignment) => assignment && !inJournal.test(assignment.value));
	if (!found) return undefined;
	const {key, value} = found;
	const path = /^(?:file|append|truncate):(.+)$/u.exec(value)?.[1];
	if (path === undefined)
		return {
			message: `Vira's output does not go to the journal: the service sets ${key}=${value}.`,
			exit: exitCode.unsuitable,
		};
	const log = expandSpecifiers(path, system.user);
	return {
		message: `Vira's output goes to ${log}, not to the journal: the service sets ${key}=${value}.`,
		fixes: [{say: 'shows the log', command: commandText(['tail', '-n', '50', log])}],
		exit: exitCode.unsuitable,
	};
};
