import type {User, Command} from '../system.ts';
import {unitName} from './systemd.ts';

/**
 * The service's lines in every journal file that this person can read (journalctl(1), --user-unit). `--user` would open
 * only the person's own file. System accounts have no such file (journald.conf(5), SplitMode=), and in /run no account
 * has one: their lines would be missing even for a person who can read the whole journal. Before systemd 254 that looks
 * like an empty log.
 */
const ofService: Command = ['journalctl', `--user-unit=${unitName}`];

/** Without hostname and notices; text with control characters is shown as a blob (journalctl(1), --all). */
const plain: Command = [...ofService, '--quiet', '--no-pager', '--no-hostname'];

/** Everything from the start position, then new lines (journalctl(1), --no-tail). */
const onwards: readonly string[] = ['--follow', '--no-tail'];

/** The commands for journalctl(1). */
export const journal = {
	/** For a person to type: the whole log, and the log with new lines. */
	shown: ofService,
	followed: [...ofService, '--follow'] satisfies Command,
	/** As root: journalctl would look for a service of root with --user-unit. */
	shownToRoot: ({uid}: User): Command => [
		'sudo',
		'journalctl',
		`_UID=${uid}`,
		`_SYSTEMD_USER_UNIT=${unitName}`,
		'+',
		`_UID=${uid}`,
		`USER_UNIT=${unitName}`,
	],
	/** The last lines, or all since a moment (systemd.time(7)). With both, see newestSince. */
	show: ({
		lines,
		since,
		follow,
	}: {
		readonly lines: number | undefined;
		readonly since: string | undefined;
		readonly follow: boolean;
	}): Command => [
		...plain,
		...(lines === undefined ? [] : [`--lines=${lines}`]),
		...(since === undefined ? [] : [`--since=${since}`]),
		...(follow ? ['--follow'] : []),
	],
	/** The newest lines since a moment, newest first; the last line of the output is the cursor of the oldest one. */
	newestFirst: (lines: number, since: string): Command => [
		...plain,
		'--output=cat',
		'--reverse',
		'--show-cursor',
		`--lines=${lines}`,
		`--since=${since}`,
	],
	/** From a line on, including that line. */
	showFrom: (
		cursor: string,
		{lines, follow}: {readonly lines: number; readonly follow: boolean},
	): Command => [...plain, `--cursor=${cursor}`, ...(follow ? onwards : [`--lines=${lines}`])],
	/** The lines after a line. */
	followAfter: (cursor: string): Command => [...plain, `--after-cursor=${cursor}`, ...onwards],
	/** With notices, which show whether there is a journal at all: formats for programs have none. */
	noticed: [...ofService, '--no-pager', '--lines=1'] satisfies Command,
	/** The newest line and the start that it belongs to. */
	newest: [
		...ofService,
		'--no-pager',
		'--lines=1',
		'--output=json',
		'--output-fields=USER_INVOCATION_ID,_SYSTEMD_INVOCATION_ID',
	] satisfies Command,
	/** The last lines that match any of the groups of fields (systemd.journal-fields(7)). */
	matching: (lines: number, groups: readonly (readonly string[])[]): Command => [
		'journalctl',
		'--quiet',
		'--no-pager',
		'--output=cat',
		`--lines=${lines}`,
		...groups.flatMap((group, index) => (index === 0 ? group : ['+', ...group])),
	],
} as const;
