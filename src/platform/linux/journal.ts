import type {User} from '../facts.ts';
import type {Command} from '../system.ts';
import {unitName} from './systemd.ts';

/**
 * The service's lines in every file of the journal that this person may read (journalctl(1), --user-unit). `--user`
 * would open the person's own file alone. A system account has none (journald.conf(5), SplitMode=), nor has
 * anybody in /run, and its lines stay unseen by those too who may read all of the journal; before systemd 254 that
 * looks like an empty log.
 */
const ofService: Command = ['journalctl', `--user-unit=${unitName}`];

/** Without hostname and notices; control characters come as blobs (journalctl(1), --all). */
const plain: Command = [...ofService, '--quiet', '--no-pager', '--no-hostname'];

/** All from where it begins, and what is said from then on (journalctl(1), --no-tail). */
const onwards: readonly string[] = ['--follow', '--no-tail'];

/** What is asked of journalctl(1). */
export const journal = {
	/** For a person: all of it, and with what is said from now on. */
	shown: ofService,
	followed: [...ofService, '--follow'] satisfies Command,
	/** For whoever may read all of the journal: journalctl as root would look for a service of root's (--user-unit). */
	shownToRoot: ({uid}: User): Command => [
		'sudo',
		'journalctl',
		`_UID=${uid}`,
		`_SYSTEMD_USER_UNIT=${unitName}`,
		'+',
		`_UID=${uid}`,
		`USER_UNIT=${unitName}`,
	],
	/** The last lines, or all since a moment (systemd.time(7)); with both, not what it says: see newestSince. */
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
	/** The newest lines since a moment, the newest first; the last line of all names the place of the oldest of them. */
	newestFirst: (lines: number, since: string): Command => [
		...plain,
		'--output=cat',
		'--reverse',
		'--show-cursor',
		`--lines=${lines}`,
		`--since=${since}`,
	],
	/** From a line on, that line included. */
	showFrom: (
		cursor: string,
		{lines, follow}: {readonly lines: number; readonly follow: boolean},
	): Command => [...plain, `--cursor=${cursor}`, ...(follow ? onwards : [`--lines=${lines}`])],
	/** What is said after a line. */
	followAfter: (cursor: string): Command => [...plain, `--after-cursor=${cursor}`, ...onwards],
	/** With notices, which say whether there is a journal at all: in formats for programs there are none. */
	noticed: [...ofService, '--no-pager', '--lines=1'] satisfies Command,
	/** The newest line, with the start that it belongs to. */
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
