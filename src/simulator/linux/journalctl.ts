import type {RunResult} from '../../platform/system.ts';
import {failed, notFound, output, type Following} from '../result.ts';
import type {Machine} from '../machine.ts';
import type {JournalLine, MachineState} from '../machine-state.ts';
import {lineFormats, isMatched, journalAccess, type LineFormat} from './journal.ts';
import {sortWords, commandNotFound, type Words} from '../command-words.ts';
import {timeSpan} from './time-span.ts';

const grammar = {
	alone: [
		...['--user', '--no-pager', '--quiet', '--no-hostname'],
		...['--follow', '--no-tail', '--reverse', '--show-cursor'],
	],
	valued: [
		...['--unit', '--user-unit', '--lines', '--output', '--output-fields'],
		...['--since', '--cursor', '--after-cursor'],
	],
};

/** Before it, `--lines` with `--since` showed the first lines instead of the last ones. */
const showsLastSince = 254;

interface LogQuery {
	/** undefined: according to the matches. */
	readonly unit: string | undefined;
	readonly matches: readonly string[];
	/** Whether only the user's journal file is read. */
	readonly ownFileOnly: boolean;
	readonly format: LineFormat;
	/** undefined: all of them. */
	readonly count: number | undefined;
	/** Without notices, which formats for programs never have. */
	readonly isQuiet: boolean;
	readonly last: (flag: string) => string | undefined;
	readonly has: (flag: string) => boolean;
}

/** With --follow, the last ten lines are shown (journalctl(1)), unless another option says where to start. */
const linesWanted = ({flags}: Words): string | undefined => {
	const begins = ['--since', '--cursor', '--after-cursor', '--no-tail'].some((flag) => flags.has(flag));
	return flags.get('--lines')?.at(-1) ?? (flags.has('--follow') && !begins ? '10' : undefined);
};

const readWords = (command: readonly string[]): LogQuery => {
	const words = sortWords(command, grammar);
	const {plain, flags} = words;
	const last = (flag: string): string | undefined => flags.get(flag)?.at(-1);
	const has = (flag: string): boolean => flags.has(flag);
	const output = last('--output');
	const format = lineFormats[output ?? 'short'];
	const ownFileOnly = has('--user');
	const [unit, ...units] = [...(flags.get('--user-unit') ?? []), ...(flags.get('--unit') ?? [])];
	const isQuiet = has('--quiet') || output !== undefined;
	const isOurs = ownFileOnly || !has('--unit');
	const asksOnce = units.length === 0 && (unit !== undefined) !== plain.length > 0;
	const lines = linesWanted(words);
	if (!format || !isOurs || !asksOnce || !/^\d*$/u.test(lines ?? '')) throw commandNotFound(command);
	const count = lines === undefined ? undefined : Number(lines);
	return {unit, matches: plain, ownFileOnly, format, count, isQuiet, last, has};
};

const day = 86_400_000;

/** Names of moments, as days from the start of today. */
const namedDays: Readonly<Record<string, number>> = {today: 0, yesterday: -day, tomorrow: day};

/** The formats of systemd.time(7) that are needed here; undefined for anything else. The machine uses UTC. */
const momentOf = (text: string, now: number): number | undefined => {
	if (/^@\d+$/u.test(text)) return Number(text.slice(1)) * 1000;
	if (text === 'now') return now;
	const named = namedDays[text];
	if (named !== undefined) return now - (now % day) + named;
	const [, written, time = '00:00'] = /^(\d{4}-\d\d-\d\d)(?: (\d\d:\d\d(?::\d\d)?))?$/u.exec(text) ?? [];
	if (written !== undefined) return Date.parse(`${written}T${time}Z`);
	const [, before, ago] = /^(?:-(.+)|(.+) ago)$/u.exec(text) ?? [];
	const span = timeSpan(before ?? ago ?? '');
	return span === undefined ? undefined : now - span;
};

const accessHint = `Hint: You are currently not seeing messages from the system.
      Users in groups 'adm', 'systemd-journal' can see all messages.
      Pass -q to turn off this notice.
`;

/** No journal file can be opened. */
const denied = (quiet: boolean): RunResult =>
	failed(`${quiet ? '' : accessHint}No journal files were opened due to insufficient permissions.`);

/** In the order of time. */
const allLines = ({journal}: MachineState): readonly JournalLine[] =>
	Object.values(journal)
		.flat()
		.toSorted((one, other) => one.at - other.at);

const linesFor = (state: MachineState, {unit, matches}: LogQuery): readonly JournalLine[] =>
	unit === undefined
		? allLines(state).filter((line) => isMatched(line, matches, state))
		: (state.journal[unit] ?? []).filter(({unitLost}) => unitLost !== true);

/** Its time, and its position among the lines of that time. */
const cursorOf = (lines: readonly JournalLine[], index: number): string => {
	const at = lines[index]?.at ?? 0;
	return `t=${at.toString(16)};i=${index - lines.findIndex((line) => line.at === at)}`;
};

const placeOf = (lines: readonly JournalLine[], cursor: string): number => {
	const found = lines.findIndex((_, index) => cursorOf(lines, index) === cursor);
	return found < 0 ? lines.length : found;
};

/** Where the requested lines start. */
const firstOf = (lines: readonly JournalLine[], {last}: LogQuery, from: number): number => {
	const [cursor, after] = [last('--cursor'), last('--after-cursor')];
	if (cursor !== undefined) return placeOf(lines, cursor);
	if (after !== undefined) return placeOf(lines, after) + 1;
	const first = lines.findIndex(({at}) => at >= from);
	return first < 0 ? lines.length : first;
};

const isFromStart = ({systemd = 0}: MachineState, {has}: LogQuery): boolean =>
	has('--cursor') ||
	has('--after-cursor') ||
	(has('--since') && !has('--reverse') && systemd < showsLastSince);

const chosen = (
	state: MachineState,
	asked: LogQuery,
	lines: readonly JournalLine[],
): readonly JournalLine[] => {
	const {count, has} = asked;
	if (count === undefined) return lines;
	// Seen with 252: it does not exit if no line matches.
	if (isFromStart(state, asked)) return count === 0 && has('--follow') ? lines : lines.slice(0, count);
	return count === 0 ? [] : lines.slice(-count);
};

/** Names a position in the journal even if no line is shown. */
const cursorLine = (lines: readonly JournalLine[], shown: readonly JournalLine[]): string => {
	const last = shown.at(-1);
	const index = last === undefined ? lines.length - 1 : lines.indexOf(last);
	return index < 0 ? '' : `-- cursor: ${cursorOf(lines, index)}\n`;
};

const printedLines = (
	lines: readonly JournalLine[],
	state: MachineState,
	{format, has}: LogQuery,
): string => {
	const host = has('--no-hostname') ? '' : `${state.hostName} `;
	return lines.map((line) => `${format(line, state, host)}\n`).join('');
};

/** journalctl(1) for one unit of the user, or for matches. */
export const journalctl = ({state}: Machine, command: readonly string[]): RunResult => {
	if (state.systemd === undefined) return notFound;
	const asked = readWords(command);
	const {last, has, ownFileOnly, isQuiet} = asked;
	const since = last('--since');
	const from = since === undefined ? 0 : momentOf(since, state.clock);
	if (from === undefined) return failed(`Failed to parse timestamp: ${since ?? ''}`);
	const access = journalAccess(state, ownFileOnly);
	if (access === 'denied') return denied(isQuiet);
	const lines = access === 'none' ? [] : linesFor(state, asked);
	const inOrder = chosen(state, asked, lines.slice(firstOf(lines, asked, from)));
	const shown = has('--reverse') ? inOrder.toReversed() : inOrder;
	const nothing = shown.length === 0 && !isQuiet ? '-- No entries --\n' : '';
	const cursor = has('--show-cursor') ? cursorLine(lines, shown) : '';
	const result = output(`${printedLines(shown, state, asked)}${nothing}${cursor}`);
	return access === 'none' && !isQuiet ? {...result, stderr: 'No journal files were found.'} : result;
};

/** The new lines that `journalctl --follow` prints. */
export const followJournal = ({state}: Machine, command: readonly string[]): Following | undefined => {
	const asked = readWords(command);
	if (!asked.has('--follow') || journalAccess(state, asked.ownFileOnly) === 'denied') return undefined;
	const before = linesFor(state, asked);
	let seen = before.length === 0 ? undefined : cursorOf(before, before.length - 1);
	return async (machine) => {
		if (journalAccess(machine.state, asked.ownFileOnly) !== 'lines') return '';
		const lines = linesFor(machine.state, asked);
		const added = lines.slice(seen === undefined ? 0 : placeOf(lines, seen) + 1);
		if (lines.length > 0) seen = cursorOf(lines, lines.length - 1);
		return printedLines(added, machine.state, asked);
	};
};
