import type {User, Command, System} from '../../system.ts';
import {unitName} from '../systemctl.ts';
import type {LogWanted} from '../../service-manager/log-source.ts';

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

/** Longer than a line with a journal cursor. */
const longestCursorLine = 1000;

/** Keeps the end of an output of any length: its last line, and whether there is a line before it. */
const lastLineOf = () => {
	const decoder = new TextDecoder('latin1');
	const seen = {breaks: 0, end: ''};
	return {
		take: (bytes: Uint8Array): void => {
			const text = decoder.decode(bytes);
			seen.breaks += text.split('\n').length - 1;
			seen.end = (seen.end + text).slice(-longestCursorLine);
		},
		cursor: (): string | undefined =>
			seen.breaks < 2 ? undefined : /\n-- cursor: (\S+)\n$/u.exec(seen.end)?.[1],
	};
};

/** The cursor of the oldest of the newest lines since a moment; undefined if there is none. */
const findOldest = async (
	system: System,
	{lines, since}: {readonly lines: number; readonly since: string},
	signal: AbortSignal,
): Promise<string | undefined> => {
	const {take, cursor} = lastLineOf();
	const command = journal.newestFirst(lines, since);
	const {exitCode} = await system.run(command, {timeoutMs: Infinity, signal, onOutput: take});
	return exitCode === 0 ? cursor() : undefined;
};

/**
 * The command that shows the newest lines since a moment: before systemd 254, `--lines` with `--since` shows the oldest.
 * The first of the newest lines is found, then the log is shown from there: no line is kept here, and lines logged
 * meanwhile are neither lost nor shown twice. If no line is found or journalctl fails, journalctl runs with the options
 * as they are: it prints its own error, and what it shows is all there is.
 */
export const newestSince = async (
	system: System,
	{lines, since, follow}: LogWanted & {readonly lines: number; readonly since: string},
	signal: AbortSignal,
): Promise<Command> => {
	const none = lines === 0;
	if (none && !follow) return journal.show({lines, since, follow});
	const oldest = await findOldest(system, {lines: none ? 1 : lines, since}, signal);
	if (oldest === undefined) return journal.show({lines: follow ? undefined : lines, since, follow});
	return none ? journal.followAfter(oldest) : journal.showFrom(oldest, {lines, follow});
};
