import {exitCode, type Failure} from '../../../errors.ts';
import type {Fix} from '../../../notice.ts';
import {commandText} from '../../command-text.ts';
import type {User, RunResult, System} from '../../system.ts';
import {journal} from './journal.ts';
import {whyUnanswered} from '../../run-result.ts';
import type {ServiceState} from '../../facts.ts';

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

/** Where Vira's output goes, if not to the journal. */
export const outputElsewhere = async (
	system: System,
	files: Pick<ServiceState, 'file' | 'dropIns'>,
): Promise<Failure | undefined> => {
	const output = await readUnitOutput(system, files);
	if (!output) return undefined;
	const {line, file} = output;
	return file === undefined
		? {
				message: `Vira's output does not go to the journal: the service sets ${line}.`,
				exit: exitCode.unsuitable,
			}
		: {
				message: `Vira's output goes to ${file}, not to the journal: the service sets ${line}.`,
				fixes: [{say: 'shows the log', command: commandText(['tail', '-n', '50', file])}],
				exit: exitCode.unsuitable,
			};
};
/** Where a service's output goes instead of the journal. */

export interface UnitOutput {
	/** The setting that causes it, such as `StandardOutput=append:%h/vira.log`. */
	readonly line: string;
	/** Absolute; undefined: it is not a file. */
	readonly file: string | undefined;
}
/** systemd.exec(5), StandardOutput=: with these values, output goes to the journal, or to the journal too. */
const inJournal = /^(?:|journal|journal\+console|syslog|syslog\+console|kmsg|kmsg\+console|inherit)$/u;
/** Expands the specifiers of systemd.unit(5) that can occur in the path of a person's folder. */
const expanded = (path: string, {home, name, uid}: User): string =>
	path.replaceAll(/%([huUt%])/gu, (_, letter: string) => {
		const stands: Readonly<Record<string, string>> = {
			h: home,
			u: name,
			U: String(uid),
			t: `/run/user/${uid}`,
			'%': '%',
		};
		return stands[letter] ?? '';
	});
const outputIn = (text: string, key: string): string | undefined =>
	[...text.matchAll(new RegExp(`^\\s*${key}\\s*=(.*)$`, 'gmu'))].at(-1)?.[1]?.trim();
/**
 * Where the unit or a drop-in sends the output of the service; undefined: to the journal. `systemctl show` prints
 * `append` without the path, so the unit files are read instead. The last line counts.
 */

export const readUnitOutput = async (
	system: System,
	{file, dropIns}: Pick<ServiceState, 'file' | 'dropIns'>,
): Promise<UnitOutput | undefined> => {
	const paths = [...(file === undefined ? [] : [file]), ...dropIns];
	const texts = await Promise.all(paths.map((path) => system.readFile(path).catch(() => undefined)));
	const text = texts.map((one) => one ?? '').join('\n');
	const [key, value] =
		(['StandardOutput', 'StandardError'] as const)
			.map((name) => [name, outputIn(text, name) ?? ''] as const)
			.find(([, one]) => !inJournal.test(one)) ?? [];
	if (key === undefined || value === undefined) return undefined;
	const path = /^(?:file|append|truncate):(.+)$/u.exec(value)?.[1];
	return {line: `${key}=${value}`, file: path === undefined ? undefined : expanded(path, system.user)};
};
