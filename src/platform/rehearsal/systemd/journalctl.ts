import type {RunResult} from '../../system.ts';
import type {Following} from '../hand-over.ts';
import type {Machine} from '../machine.ts';
import type {JournalLine} from '../machine-state.ts';
import {failed, notFound, said} from '../result.ts';
import {sortWords, unknownCommand} from '../words.ts';
import {timeSpan} from './time-span.ts';

const grammar = {
	alone: ['--user', '--no-pager', '--quiet', '--no-hostname', '--follow'],
	valued: ['--unit', '--lines', '--output', '--since'],
};

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const shortTime = (at: number): string => {
	const date = new Date(at);
	const day = String(date.getUTCDate()).padStart(2, '0');
	return `${months[date.getUTCMonth()] ?? ''} ${day} ${date.toISOString().slice(11, 19)}`;
};

type Format = (line: JournalLine) => string;

const formats: Readonly<Record<string, Format>> = {
	cat: ({text}) => text,
	short: ({at, by, pid, text}) => `${shortTime(at)} ${by}[${pid}]: ${text}`,
};

const day = 86_400_000;

/** Names of moments, from the beginning of a day on. */
const namedDays: Readonly<Record<string, number>> = {today: 0, yesterday: -day, tomorrow: day};

/** The ways of systemd.time(7) that are of use here; undefined for what is none. The machine is in UTC. */
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

interface Asked {
	readonly unit: string;
	readonly format: Format;
	/** undefined: all of them. */
	readonly count: number | undefined;
	readonly since: string | undefined;
	readonly follows: boolean;
}

const readWords = (command: readonly string[]): Asked => {
	const {plain, flags} = sortWords(command, grammar);
	const last = (name: string): string | undefined => flags.get(name)?.at(-1);
	const output = last('--output');
	const format = formats[output ?? 'short'];
	const unit = last('--unit');
	// With the name of the machine in each line, or a notice where there is none, it is not played.
	const isPlain = output === 'cat' || (flags.has('--quiet') && flags.has('--no-hostname'));
	const follows = flags.has('--follow');
	// Followed, the last ten are shown (journalctl(1), --follow).
	const lines = last('--lines') ?? (follows ? '10' : undefined);
	if (!format || !isPlain || unit === undefined || plain.length > 0 || !/^\d*$/u.test(lines ?? ''))
		throw unknownCommand(command);
	return {
		unit,
		format,
		count: lines === undefined ? undefined : Number(lines),
		since: last('--since'),
		follows,
	};
};

/** journalctl(1) for one unit of the user. */
export const journalctl = ({state}: Machine, command: readonly string[]): RunResult => {
	if (state.systemd === undefined) return notFound;
	const {unit, format, count, since} = readWords(command);
	const from = since === undefined ? 0 : momentOf(since, state.clock);
	if (from === undefined) return failed(`Failed to parse timestamp: ${since ?? ''}`);
	if (!state.journalReadable) return failed('No journal files were opened due to insufficient permissions.');
	const recent = (state.journal[unit] ?? []).filter(({at}) => at >= from);
	const lines = count === 0 ? [] : recent.slice(-(count ?? recent.length));
	return said(lines.map((line) => `${format(line)}\n`).join(''));
};

/** What `journalctl --follow` goes on with. */
export const followJournal = ({state}: Machine, command: readonly string[]): Following | undefined => {
	const {unit, format, follows} = readWords(command);
	if (!follows) return undefined;
	let seen = state.clock;
	return async (machine) => {
		const lines = (machine.state.journal[unit] ?? []).filter(({at}) => at > seen);
		seen = machine.state.clock;
		return lines.map((line) => `${format(line)}\n`).join('');
	};
};
