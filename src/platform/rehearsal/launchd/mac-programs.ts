import type {RunResult} from '../../system.ts';
import type {Machine} from '../machine.ts';
import {failed, said} from '../result.ts';
import {unknownCommand} from '../words.ts';
import {parsePlist} from './job.ts';
import {accountOf, macOf, type Caller} from './mac.ts';
import type {MacState} from './mac-state.ts';

/** A program of the Mac's own, other than launchctl. */
export type MacProgram = (
	machine: Machine,
	command: readonly string[],
	caller: Caller,
) => RunResult | Promise<RunResult>;

/** Programs that answer by looking at the Mac, for each set of words that is known. */
const answering =
	(answer: (words: string, mac: MacState, caller: Caller) => RunResult | undefined): MacProgram =>
	(machine, command, caller) => {
		const result = answer(command.slice(1).join(' '), macOf(machine), caller);
		if (!result) throw unknownCommand(command);
		return result;
	};

const swVers = answering((words, {version}) => {
	const answers: Readonly<Record<string, string>> = {
		'-productName': 'macOS',
		'-productVersion': version,
		'--productName': 'macOS',
		'--productVersion': version,
	};
	const answer = answers[words];
	return answer === undefined ? undefined : said(answer);
});

const uname = answering((words, {architecture, translated}) => {
	if (words === '-s') return said('Darwin');
	return words === '-m' ? said(translated ? 'x86_64' : architecture) : undefined;
});

/** Apple, "About the Rosetta Translation Environment": the name is known on Apple silicon only. */
const sysctl = answering((words, {architecture, translated}) => {
	if (words !== '-n sysctl.proc_translated') return undefined;
	if (architecture === 'x86_64') return failed("sysctl: unknown oid 'sysctl.proc_translated'");
	return said(translated ? '1' : '0');
});

/** At the login window the screen belongs to root. */
const stat = answering((words, mac) =>
	words === '-f %Su /dev/console' ? said(accountOf(mac, mac.console)?.name ?? 'root') : undefined,
);

const fdesetup = answering((words, {fileVault}) =>
	words === 'status' ? said(`FileVault is ${fileVault ? 'On' : 'Off'}.`) : undefined,
);

const loginWindow = '/Library/Preferences/com.apple.loginwindow';

const defaults = answering((words, {autoLogin}) => {
	if (words !== `read ${loginWindow} autoLoginUser`) return undefined;
	if (autoLogin !== undefined) return said(autoLogin);
	return failed(
		`2026-03-02 09:00:00.000 defaults[901:9001] \nThe domain/default pair of (${loginWindow}, autoLoginUser) does not exist`,
	);
});

const id = answering((words, mac, {euid}) => {
	const name = accountOf(mac, euid)?.name ?? '';
	const [gid, group] = euid === 0 ? [0, 'wheel'] : [20, 'staff'];
	const answers: Readonly<Record<string, string>> = {
		'': `uid=${euid}(${name}) gid=${gid}(${group}) groups=${gid}(${group})`,
		'-u': String(euid),
		'-un': name,
		'-g': String(gid),
		'-gn': group,
	};
	const answer = answers[words];
	return answer === undefined ? undefined : said(answer);
});

const plutil: MacProgram = async ({files}, command) => {
	const [, flag, path, ...others] = command;
	if (flag !== '-lint' || path === undefined || others.length > 0) throw unknownCommand(command);
	const text = await files.readFile(path);
	if (text === undefined)
		return failed(`${path}: file does not exist or is not readable or is not a regular file`);
	return parsePlist(text) === undefined ? failed(`${path}: Encountered unexpected EOF`) : said(`${path}: OK`);
};

/** The last lines of a file. */
const tail: MacProgram = async ({files}, command) => {
	const [, flag, count, path, ...rest] = command;
	if (flag !== '-n' || path === undefined || rest.length > 0) throw unknownCommand(command);
	const text = await files.readFile(path);
	if (text === undefined) return failed(`tail: ${path}: No such file or directory`);
	return said(text.replace(/\n$/u, '').split('\n').slice(-Number(count)).join('\n'));
};

/** What a Vira takes of the memory, in units of 1024 bytes. */
const viraKibibytes = 46_080;

/** ps(1), etime: `[[dd-]hh:]mm:ss`. */
const elapsed = (ms: number): string => {
	const seconds = Math.floor(ms / 1000);
	const [days, hours] = [Math.floor(seconds / 86_400), Math.floor(seconds / 3600) % 24];
	const clock = [Math.floor(seconds / 60) % 60, seconds % 60].map((part) => String(part).padStart(2, '0'));
	const withHours = seconds < 3600 ? clock : [String(hours).padStart(2, '0'), ...clock];
	return `${days === 0 ? '' : `${String(days).padStart(2, '0')}-`}${withHours.join(':')}`;
};

/** For how long a process has been there, and its memory: of the processes of services only. */
const ps: MacProgram = (machine, command) => {
	const [, format, columns, flag, pid, ...rest] = command;
	if (format !== '-o' || columns !== 'etime=,rss=' || flag !== '-p' || rest.length > 0)
		throw unknownCommand(command);
	const found = Object.values(macOf(machine).services).find((one) => String(one.pid) === pid);
	if (!found) return failed('');
	return said(`${elapsed(machine.state.clock - (found.startedAt ?? 0)).padStart(11)} ${viraKibibytes}`);
};

/** By the path that each has on every Mac. */
export const macPrograms: Readonly<Record<string, MacProgram>> = {
	'/usr/bin/sw_vers': swVers,
	'/usr/bin/uname': uname,
	'/usr/sbin/sysctl': sysctl,
	'/usr/bin/stat': stat,
	'/usr/bin/fdesetup': fdesetup,
	'/usr/bin/defaults': defaults,
	'/usr/bin/id': id,
	'/usr/bin/plutil': plutil,
	'/usr/bin/tail': tail,
	'/bin/ps': ps,
};
