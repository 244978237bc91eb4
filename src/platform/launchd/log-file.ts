import {exitCode, type Failure} from '../../errors.ts';
import type {Warning} from '../../settings/warning.ts';
import {commandText} from '../command-text.ts';
import type {Mac} from './facts.ts';
import {moveAside} from '../paths.ts';
import {whyUnanswered} from '../run-result.ts';
import {excerptLines, type Excerpt, type LogSource, type LogWanted} from '../service-manager/log-source.ts';
import type {Command, RunResult, System} from '../system.ts';

/** macOS keeps the logs of a user's programs in `~/Library/Logs`, and Console shows them. */
export const logFile = ({user}: Pick<Mac, 'user'>): string => `${user.home}/Library/Logs/vira.log`;

/** With -F, tail waits for a file that does not exist yet and reopens one that was replaced (tail(1)). */
const tailCommand = ({follow, lines}: LogWanted, path: string): Command => [
	'/usr/bin/tail',
	'-n',
	// After a plus sign, tail(1) counts from the beginning.
	lines === undefined ? '+1' : String(lines),
	...(follow ? ['-F'] : []),
	path,
];

/** Editors and Console have trouble with larger files. */
const mostBytes = 100 * 2 ** 20;

/** macOS does not rotate a log that launchd writes, unless newsyslog(8) is configured to. */
const growthOf = async (system: System, path: string): Promise<Warning | undefined> => {
	const size = (await system.inspect(path))?.size ?? 0;
	if (size <= mostBytes) return undefined;
	return {
		code: 'log-large',
		message: `The log ${path} has grown to ${Math.round(size / 2 ** 20)} MiB, and nothing rotates it.`,
		fixes: [{say: 'empties it; Vira keeps writing to it', command: commandText(['cp', '/dev/null', path])}],
	};
};

const noTimes = (path: string): Failure => ({
	message: '--since: Not available on a Mac: its log has no timestamps.',
	fixes: [{say: `shows more lines of ${path}`, command: 'vira-setup logs -n 200'}],
	exit: exitCode.usage,
});

/** tail(1) would wait for the folder to become a file. */
const inTheWay = async (system: System, path: string): Promise<Failure | undefined> =>
	(await system.inspect(path))?.leadsTo === 'folder'
		? {
				message: `${path} already exists and is not a file.`,
				fixes: [moveAside(commandText(['mv', path, `${path}.away`]))],
				exit: exitCode.unsuitable,
			}
		: undefined;

const complain = async (system: System, path: string, result: RunResult): Promise<Failure | undefined> => {
	if ((await system.inspect(path)) === undefined) return undefined;
	const unanswered = whyUnanswered(result);
	const why =
		unanswered === undefined
			? {detail: result.stderr.trim(), exit: exitCode.privilege}
			: {detail: `tail: ${unanswered}`, exit: exitCode.refused};
	return (await inTheWay(system, path)) ?? {message: `Cannot read ${path}.`, ...why};
};

/** Enough for the lines of a report, even if the last line is long. */
const excerptBytes = 64 * 1024;

/**
 * What Vira writes first at a start, or instead of everything else. launchd itself writes neither timestamps nor
 * messages to the file.
 */
const isFirstOfStart = (line: string): boolean =>
	/^Opening ViraState database\.\.\.|^ERROR: (?:Schema version mismatch|Found existing state)/u.test(line);

/** The last lines of the file since the service was last started, if that can be seen. */
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

/** launchd writes the output of the service to a file, without timestamps. */
export const logFileOf = (facts: Mac): LogSource => {
	const path = logFile(facts);
	return {
		name: path,
		refuse: async ({since}, system) => (since === undefined ? inTheWay(system, path) : noTimes(path)),
		command: async (wanted) => tailCommand(wanted, path),
		complain: (result, system) => complain(system, path, result),
		elsewhere: async () => undefined,
		growth: (system) => growthOf(system, path),
	};
};
