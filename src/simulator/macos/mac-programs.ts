import {memoryOf} from '../builds.ts';
import {chmod} from '../programs.ts';
import type {RunResult} from '../../platform/system.ts';
import type {Machine} from '../machine.ts';
import {failed, output} from '../result.ts';
import {commandNotFound} from '../command-words.ts';
import {accountOf, macOf} from './mac.ts';
import {tail} from './tail.ts';
import type {MacState} from './mac-state.ts';

/** A program of macOS, other than launchctl. */
export type MacProgram = (machine: Machine, command: readonly string[]) => RunResult | Promise<RunResult>;

/** Programs that print facts about the Mac, for each known set of arguments. */
const answering =
	(answer: (words: string, mac: MacState) => RunResult | undefined): MacProgram =>
	(machine, command) => {
		const result = answer(command.slice(1).join(' '), macOf(machine));
		if (!result) throw commandNotFound(command);
		return result;
	};

const swVers = answering((words, {version}) => (words === '-productVersion' ? output(version) : undefined));

const uname = answering((words, {architecture, translated}) =>
	words === '-m' ? output(translated ? 'x86_64' : architecture) : undefined,
);

/** Apple, "About the Rosetta Translation Environment": the name is known on Apple silicon only. */
const asked = answering((words, {architecture, translated}) => {
	if (words !== '-n sysctl.proc_translated') return undefined;
	if (architecture === 'x86_64') return failed("sysctl: unknown oid 'sysctl.proc_translated'");
	return output(translated ? '1' : '0');
});

/** And the size of the memory (sysctl(3), hw.memsize). */
const sysctl: MacProgram = (machine, command) =>
	command.slice(1).join(' ') === '-n hw.memsize'
		? output(String(memoryOf(machine.state)))
		: asked(machine, command);

/** At the login window, root owns the screen. */
const stat = answering((words, mac) =>
	words === '-f %Su /dev/console' ? output(accountOf(mac, mac.console)?.name ?? 'root') : undefined,
);

const fdesetup = answering((words, {fileVault}) =>
	words === 'status' ? output(`FileVault is ${fileVault ? 'On' : 'Off'}.`) : undefined,
);

const loginWindow = '/Library/Preferences/com.apple.loginwindow';

const defaults = answering((words, {autoLogin}) => {
	if (words !== `read ${loginWindow} autoLoginUser`) return undefined;
	if (autoLogin !== undefined) return output(autoLogin);
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
		throw commandNotFound(command);
	const found = Object.values(macOf(machine).services).find((one) => String(one.pid) === pid);
	if (!found) return failed('');
	return output(`${elapsed(machine.state.clock - (found.startedAt ?? 0)).padStart(11)} ${viraKibibytes}`);
};

/** mount(8): the startup disk, and volumes mounted with noexec. */
const mount: MacProgram = ({state: {noexec = []}}, command) => {
	if (command.length > 1) throw commandNotFound(command);
	const lines = ['/dev/disk3s5 on /System/Volumes/Data (apfs, local, journaled, nobrowse)'];
	return output(
		[...lines, ...noexec.map((place) => `/dev/disk4s1 on ${place} (apfs, local, noexec)`)].join('\n'),
	);
};

/** pmset(1), -g: the settings of the current power source, and what keeps the Mac awake. */
const pmset: MacProgram = (machine, command) => {
	if (command.slice(1).join(' ') !== '-g') throw commandNotFound(command);
	const {sleep} = macOf(machine);
	if (!sleep) return failed('pmset: no power settings');
	const {minutes, disabled, preventedBy} = sleep;
	return output(
		[
			'System-wide power settings:',
			...(disabled === undefined ? [] : [` SleepDisabled\t\t${Number(disabled)}`]),
			'Currently in use:',
			' standby              1',
			' displaysleep         10',
			` sleep                ${minutes}${preventedBy === undefined ? '' : ` (sleep prevented by ${preventedBy})`}`,
			' womp                 1',
		].join('\n'),
	);
};

/** As root, it can also set when the Mac sleeps, for every power source. */
export const pmsetOfRoot: MacProgram = (machine, command) => {
	const [, flag, name, minutes = '', ...others] = command;
	if (flag !== '-a') return pmset(machine, command);
	if (name !== 'sleep' || !/^\d+$/u.test(minutes) || others.length > 0) throw commandNotFound(command);
	const mac = macOf(machine);
	mac.sleep = {...mac.sleep, minutes: Number(minutes)};
	return output('');
};

/** open(1) for a URL. It needs the desktop session of the person who calls it. */
const open: MacProgram = (machine, command) => {
	const {state} = machine;
	const [, url, ...more] = command;
	if (url === undefined || more.length > 0) throw commandNotFound(command);
	if (macOf(machine).console !== state.user.uid)
		return failed(`LSOpenURLsWithRole() failed with error -10810 for the URL ${url}.`);
	state.opened = [...(state.opened ?? []), url];
	return output('');
};

/** By the path of each on every Mac. */
export const macPrograms: Readonly<Record<string, MacProgram>> = {
	'/usr/bin/sw_vers': swVers,
	'/usr/bin/uname': uname,
	'/usr/sbin/sysctl': sysctl,
	'/usr/bin/stat': stat,
	'/usr/bin/fdesetup': fdesetup,
	'/usr/bin/defaults': defaults,
	'/usr/bin/open': open,
	'/usr/bin/pmset': pmset,
	'/usr/bin/tail': tail,
	'/bin/ps': ps,
	'/sbin/mount': mount,
	'/bin/chmod': chmod,
};
