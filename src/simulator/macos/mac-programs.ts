import {chmod} from '../chmod.ts';
import type {RunResult} from '../../platform/system.ts';
import type {Machine} from '../machine.ts';
import {failed, said} from '../result.ts';
import {unknownCommand} from '../words.ts';
import {accountOf, macOf} from './mac.ts';
import {pmset} from './pmset.ts';
import {tail} from './tail.ts';
import type {MacState} from './mac-state.ts';

/** A program of macOS, other than launchctl. */
export type MacProgram = (machine: Machine, command: readonly string[]) => RunResult | Promise<RunResult>;

/** Programs that print facts about the Mac, for each known set of arguments. */
const answering =
	(answer: (words: string, mac: MacState) => RunResult | undefined): MacProgram =>
	(machine, command) => {
		const result = answer(command.slice(1).join(' '), macOf(machine));
		if (!result) throw unknownCommand(command);
		return result;
	};

const swVers = answering((words, {version}) => (words === '-productVersion' ? said(version) : undefined));

const uname = answering((words, {architecture, translated}) =>
	words === '-m' ? said(translated ? 'x86_64' : architecture) : undefined,
);

/** Apple, "About the Rosetta Translation Environment": the name is known on Apple silicon only. */
const sysctl = answering((words, {architecture, translated}) => {
	if (words !== '-n sysctl.proc_translated') return undefined;
	if (architecture === 'x86_64') return failed("sysctl: unknown oid 'sysctl.proc_translated'");
	return said(translated ? '1' : '0');
});

/** At the login window, root owns the screen. */
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

/** The memory of a Vira process, in units of 1024 bytes. */
const viraKibibytes = 46_080;

/** ps(1), etime: `[[dd-]hh:]mm:ss`. */
const elapsed = (ms: number): string => {
	const seconds = Math.floor(ms / 1000);
	const [days, hours] = [Math.floor(seconds / 86_400), Math.floor(seconds / 3600) % 24];
	const clock = [Math.floor(seconds / 60) % 60, seconds % 60].map((part) => String(part).padStart(2, '0'));
	const withHours = seconds < 3600 ? clock : [String(hours).padStart(2, '0'), ...clock];
	return `${days === 0 ? '' : `${String(days).padStart(2, '0')}-`}${withHours.join(':')}`;
};

/** Running time and memory, only for the processes of services. */
const ps: MacProgram = (machine, command) => {
	const [, format, columns, flag, pid, ...rest] = command;
	if (format !== '-o' || columns !== 'etime=,rss=' || flag !== '-p' || rest.length > 0)
		throw unknownCommand(command);
	const found = Object.values(macOf(machine).services).find((one) => String(one.pid) === pid);
	if (!found) return failed('');
	return said(`${elapsed(machine.state.clock - (found.startedAt ?? 0)).padStart(11)} ${viraKibibytes}`);
};

/** mount(8): the startup disk, and volumes mounted with noexec. */
const mount: MacProgram = ({state: {noexec = []}}, command) => {
	if (command.length > 1) throw unknownCommand(command);
	const lines = ['/dev/disk3s5 on /System/Volumes/Data (apfs, local, journaled, nobrowse)'];
	return said(
		[...lines, ...noexec.map((place) => `/dev/disk4s1 on ${place} (apfs, local, noexec)`)].join('\n'),
	);
};

/** By the path of each on every Mac. */
export const macPrograms: Readonly<Record<string, MacProgram>> = {
	'/usr/bin/sw_vers': swVers,
	'/usr/bin/uname': uname,
	'/usr/sbin/sysctl': sysctl,
	'/usr/bin/stat': stat,
	'/usr/bin/fdesetup': fdesetup,
	'/usr/bin/defaults': defaults,
	'/usr/bin/pmset': pmset,
	'/usr/bin/tail': tail,
	'/bin/ps': ps,
	'/sbin/mount': mount,
	'/bin/chmod': chmod,
};
