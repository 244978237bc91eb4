import type {RunResult} from '../../system.ts';
import type {Machine} from '../machine.ts';
import type {JournalLine} from '../machine-state.ts';
import {failed, notFound, said} from '../result.ts';
import {sortWords, unknownCommand} from '../words.ts';

const grammar = {
	alone: ['--user', '--no-pager', '--quiet', '--no-hostname'],
	valued: ['--unit', '--lines', '--output', '--user-unit', '--since'],
	short: {'-u': '--unit', '-n': '--lines', '-o': '--output', '-q': '--quiet'},
};

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const shortTime = (at: number): string => {
	const date = new Date(at);
	const day = String(date.getUTCDate()).padStart(2, '0');
	return `${months[date.getUTCMonth()] ?? ''} ${day} ${date.toISOString().slice(11, 19)}`;
};

const formats: Readonly<Record<string, (line: JournalLine, host: string) => string>> = {
	cat: ({text}) => text,
	short: ({at, by, pid, text}, host) => `${shortTime(at)} ${host} ${by}[${pid}]: ${text}`,
	'short-iso': ({at, by, pid, text}, host) =>
		`${new Date(at).toISOString().slice(0, 19)}+0000 ${host} ${by}[${pid}]: ${text}`,
};

/** systemd.time(7): `@` counts the seconds since 1970. The other ways to say it are not needed here. */
const sinceOf = (text: string | undefined): number | undefined => {
	if (text === undefined) return 0;
	return /^@\d+$/u.test(text) ? Number(text.slice(1)) * 1000 : undefined;
};

/** journalctl(1) for one unit of the user. */
export const journalctl = ({state}: Machine, command: readonly string[]): RunResult => {
	if (state.systemd === undefined) return notFound;
	const {plain, flags} = sortWords(command, grammar);
	const output = flags.get('--output')?.at(-1) ?? 'short';
	const format = formats[output];
	const unit = flags.get('--unit')?.at(-1) ?? flags.get('--user-unit')?.at(-1);
	const count = Number(flags.get('--lines')?.at(-1) ?? 1000);
	const since = sinceOf(flags.get('--since')?.at(-1));
	if (!format || since === undefined || unit === undefined || !Number.isInteger(count) || plain.length > 0)
		throw unknownCommand(command);
	if (!state.journalReadable) return failed('No journal files were opened due to insufficient permissions.');
	const recent = (state.journal[unit] ?? []).filter(({at}) => at >= since);
	const lines = count === 0 ? [] : recent.slice(-count);
	if (lines.length === 0) return said(output === 'cat' ? '' : '-- No entries --');
	return said(lines.map((line) => format(line, state.hostName)).join('\n'));
};
