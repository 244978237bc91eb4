import {exitCode, type Complaint} from '../../errors.ts';
import {commandText} from '../../platform/command-text.ts';
import type {Mac} from '../../platform/facts.ts';
import type {Command, RunResult, System} from '../../platform/system.ts';
import {whyUnanswered} from '../../platform/why-unanswered.ts';
import type {Warning} from '../../settings/warning.ts';
import {excerptLines, type Excerpt} from '../excerpt.ts';
import type {LogSource, LogWanted} from '../log-source.ts';

/** `~/Library/Logs` is where macOS keeps the logs of a person's programs, and Console shows them. */
export const logFile = ({user}: Pick<Mac, 'user'>): string => `${user.home}/Library/Logs/vira.log`;

/** With -F a file that is not there yet is waited for, and one that was moved away is begun anew (tail(1)). */
const tail = ({follow, lines}: LogWanted, path: string): Command => [
	'/usr/bin/tail',
	'-n',
	// tail(1) counts from the beginning behind a plus.
	lines === undefined ? '+1' : String(lines),
	...(follow ? ['-F'] : []),
	path,
];

/** Longer, an editor or Console can hardly open it. */
const mostBytes = 100 * 2 ** 20;

/** Nothing on a Mac shortens a log that launchd writes, unless somebody tells newsyslog(8) of it. */
const growthOf = async (system: System, path: string): Promise<Warning | undefined> => {
	const size = (await system.inspect(path))?.size ?? 0;
	if (size <= mostBytes) return undefined;
	return {
		code: 'log-large',
		message: `The log ${path} has grown to ${Math.round(size / 2 ** 20)} MiB, and nothing shortens it.`,
		fixes: [`${commandText(['cp', '/dev/null', path])}   empties it; Vira goes on writing there`],
	};
};

const noTimes = (path: string): Complaint => ({
	what: '--since: On a Mac the log is a file with no times to go by.',
	next: [`vira-setup logs -n 200   shows more of it; it is ${path}`],
	code: exitCode.usage,
});

/** Followed, tail(1) would wait for a folder to become a file. */
const inTheWay = async (system: System, path: string): Promise<Complaint | undefined> =>
	(await system.inspect(path))?.leadsTo === 'folder'
		? {
				what: `${path} is in the way: it is no file.`,
				next: [`Move it away: ${commandText(['mv', path, `${path}.away`])}`],
				code: exitCode.unsuitable,
			}
		: undefined;

const complain = async (system: System, path: string, result: RunResult): Promise<Complaint | undefined> => {
	if ((await system.inspect(path)) === undefined) return undefined;
	const unanswered = whyUnanswered(result);
	const code = unanswered === undefined ? exitCode.privilege : exitCode.refused;
	const why = unanswered === undefined ? result.stderr.trim() : `tail: ${unanswered}`;
	return (await inTheWay(system, path)) ?? {what: `${path} cannot be read.`, why, code};
};

/** Enough for the lines of a report: a line of any length may be the last one. */
const excerptBytes = 64 * 1024;

/**
 * What Vira writes before everything else at a start, or in place of all that: launchd puts neither a time nor a word
 * of its own into the file.
 */
const isFirstOfStart = (line: string): boolean =>
	/^Opening ViraState database\.\.\.|^ERROR: (?:Schema version mismatch|Found existing state)/u.test(line);

/** The last lines of the file since the service was last started, as far as they tell. */
export const readLogFile = async (system: System, path: string): Promise<Excerpt> => {
	const command: Command = ['/usr/bin/tail', '-c', String(excerptBytes), path];
	const result = await system.run(command, {timeoutMs: 30_000});
	if (result.exitCode !== 0) {
		const unreadable = await complain(system, path, result);
		return {lines: [], ...(unreadable && {unreadable})};
	}
	const lines = result.stdout.split('\n').filter((line) => line !== '');
	return {lines: lines.slice(Math.max(0, lines.findLastIndex(isFirstOfStart))).slice(-excerptLines)};
};

/** launchd puts what the service says into a file, without any times. */
export const logFileOf = (facts: Mac): LogSource => {
	const path = logFile(facts);
	return {
		name: path,
		refuse: async ({since}, system) => (since === undefined ? inTheWay(system, path) : noTimes(path)),
		command: async (wanted) => tail(wanted, path),
		complain: (result, system) => complain(system, path, result),
		elsewhere: async () => undefined,
		growth: (system) => growthOf(system, path),
	};
};
