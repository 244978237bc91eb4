import {exitCode, type Complaint} from '../../errors.ts';
import {commandText} from '../../platform/command-text.ts';
import type {Mac} from '../../platform/facts.ts';
import type {Command, System} from '../../platform/system.ts';
import type {Warning} from '../../settings/warning.ts';
import type {LogSource, LogWanted} from '../log-source.ts';

/** `~/Library/Logs` is where macOS keeps the logs of a person's programs, and Console shows them. */
export const logFile = ({user}: Pick<Mac, 'user'>): string => `${user.home}/Library/Logs/vira.log`;

const timeLimit = {timeoutMs: 30_000};

/** The service's own last lines, or the sentence that says why there are none. */
export const readLogFile = async (system: System, path: string): Promise<readonly string[]> => {
	const {exitCode: status, stdout} = await system.run(['/usr/bin/tail', '-n', '20', path], timeLimit);
	const lines = stdout.split('\n').filter((line) => line !== '');
	return status === 0 && lines.length > 0 ? lines : [`There is nothing in ${path}.`];
};

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
		sentence: `The log ${path} has grown to ${Math.round(size / 2 ** 20)} MiB, and nothing shortens it.`,
		mend: [`${commandText(['cp', '/dev/null', path])}   empties it; Vira goes on writing there`],
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

const complain = async (system: System, path: string, stderr: string): Promise<Complaint | undefined> => {
	if ((await system.inspect(path)) === undefined) return undefined;
	const unreadable = {what: `${path} cannot be read.`, why: stderr.trim(), code: exitCode.privilege};
	return (await inTheWay(system, path)) ?? unreadable;
};

/** launchd puts what the service says into a file, without any times. */
export const logFileOf = (facts: Mac): LogSource => {
	const path = logFile(facts);
	return {
		name: path,
		refuse: async ({since}, system) => (since === undefined ? inTheWay(system, path) : noTimes(path)),
		command: (wanted) => tail(wanted, path),
		complain: ({stderr}, system) => complain(system, path, stderr),
		// launchd writes nothing of its own there.
		sinceStart: (lines) => lines,
		growth: (system) => growthOf(system, path),
	};
};
