import {posix} from 'node:path';
import {inTransientService, runBuildTool} from '../builds.ts';
import {chmod} from '../programs.ts';
import type {Command, RunOptions, RunResult} from '../../platform/system.ts';
import {failed, notFound, output, type Following} from '../result.ts';
import {followJournal, journalctl} from './journalctl.ts';
import {loginctl} from './loginctl.ts';
import {changeUnit, unitOf, type Machine} from '../machine.ts';
import type {MachineState} from '../machine-state.ts';
import type {RunContext} from '../nix.ts';
import {systemctl} from './systemctl.ts';
import {systemdProgram, systemdAnalyze} from './systemd-analyze.ts';
import {commandNotFound} from '../command-words.ts';
import {runInstalled} from '../run-installed.ts';
import {endVira} from '../vira/vira-life.ts';
import {log} from './journal.ts';
import {mainProcessEnded} from './service-life.ts';
import {viraOfUnit} from './units.ts';
import {whyNoUserManager} from './user-manager.ts';

type Program = (
	machine: Machine,
	command: readonly string[],
	options?: RunOptions,
) => RunResult | Promise<RunResult>;

const detectVirtualisation: Program = ({state}, command) => {
	if (state.systemd === undefined) return notFound;
	if (command.slice(1).join(' ') !== '--container') throw commandNotFound(command);
	const container = state.wsl ? 'wsl' : state.container;
	return container === undefined ? output('none', 1) : output(container);
};

/** env(1) before a program that uses variables; no other program here does. The machine's time zone is UTC. */
const env: Program = (machine, command) => {
	const words = command.slice(1);
	const count = words.findIndex((word) => !/^\w+=/u.test(word));
	const [program, ...rest] = words.slice(count);
	if (program === 'systemctl' && words.slice(0, count).join() === 'TZ=UTC')
		return systemctl(machine, [program, ...rest]);
	if (program !== 'systemd-analyze') throw commandNotFound(command);
	const variables = words.slice(0, count).map((word) => word.split(/=(.*)/su).slice(0, 2));
	return systemdAnalyze(Object.fromEntries(variables) as Record<string, string>)(machine, [program, ...rest]);
};

/** ln(1), for a symbolic link that replaces an existing one. */
const ln: Program = ({state}, command) => {
	const [, ...words] = command;
	const [target, path, ...more] = words.filter((word) => !word.startsWith('--'));
	const flags = words.filter((word) => word.startsWith('--')).join(' ');
	if (flags !== '--symbolic --force --no-dereference' || !target || !path || more.length > 0)
		throw commandNotFound(command);
	state.links = {...state.links, [path]: target};
	return output('');
};

/** lsattr(1) for folders that are not encrypted. */
const lsattr: Program = (_, command) => {
	const [, flag, path, ...more] = command;
	if (flag !== '-d' || path === undefined || more.length > 0) throw commandNotFound(command);
	return output(`--------------e------- ${path}`);
};

const endLeft = async (machine: Machine, name: string, pid: number): Promise<boolean> => {
	const {left = []} = unitOf(machine, name);
	const found = left.find((one) => one.pid === pid);
	if (!found) return false;
	const says = async (text: string): Promise<void> => log(machine, name, {by: 'vira', pid, text});
	await endVira({machine, process: found.process, says, listens: () => undefined}, 'SIGINT');
	changeUnit(machine, name, {left: left.filter((one) => one !== found)});
	return true;
};

const end = async (machine: Machine, pid: number): Promise<boolean> => {
	for (const name of Object.keys(machine.state.units)) {
		if (await endLeft(machine, name, pid)) return true;
		const vira = viraOfUnit(machine, name);
		if (!vira || unitOf(machine, name).mainPid !== pid) continue;
		await endVira(vira, 'SIGINT');
		// systemd treats it as a clean exit (systemd.service(5), SuccessExitStatus=).
		mainProcessEnded(machine, name, 0);
		return true;
	}
	return false;
};

/** kill(1) with SIGINT, for the processes of units. */
const kill: Program = async (machine, command) => {
	const [, flag, ...pids] = command;
	if (flag !== '-INT' || pids.length === 0) throw commandNotFound(command);
	for (const pid of pids)
		if (!(await end(machine, Number(pid)))) return failed(`kill: (${pid}) - No such process`);
	return output('');
};

/** xdg-open(1), which comes with a desktop. Exit status 3: there is no program for the URL. */
const xdgOpen: Program = ({state}, command) => {
	const [, url, ...more] = command;
	const {desktop, environment, opened = []} = state;
	if (desktop === undefined) return notFound;
	if (url === undefined || more.length > 0) throw commandNotFound(command);
	const isGraphical = Boolean(environment['DISPLAY'] ?? environment['WAYLAND_DISPLAY']);
	if (!isGraphical || desktop === 'without-browser')
		return failed(`xdg-open: no method available for opening '${url}'`, 3);
	state.opened = [...opened, url];
	return output('');
};

const programs: Readonly<Record<string, Program>> = {
	env,
	systemctl,
	'systemd-analyze': systemdAnalyze({}),
	loginctl,
	journalctl,
	'systemd-detect-virt': detectVirtualisation,
	ln,
	lsattr,
	kill,
	chmod,
	'xdg-open': xdgOpen,
};

/** systemd itself is not on the PATH. */
const managerProgram = ({nixos}: MachineState): string =>
	`${nixos ? '/run/current-system/systemd' : '/usr'}/lib/systemd/systemd`;

/** A program of the distribution, also if it is called by its path, such as /usr/bin/systemctl. */
const ofDistribution = (program: string): Program | undefined => {
	const isPlain = !program.includes('/') || ['/usr/bin', '/bin'].includes(posix.dirname(program));
	return isPlain ? programs[posix.basename(program)] : undefined;
};

/** The further output of a command that does not end on its own. */
export const followLinuxCommand = async (
	machine: Machine,
	command: Command,
): Promise<Following | undefined> =>
	ofDistribution(command[0]) === journalctl ? followJournal(machine, command) : undefined;

/** systemd-run(1) for a command that is waited for. */
const systemdRun = async (
	machine: Machine,
	command: Command,
	options: RunOptions & RunContext,
): Promise<RunResult> => {
	if (machine.state.systemd === undefined) return notFound;
	const why = whyNoUserManager(machine);
	if (why !== undefined) return failed(why);
	const {command: inner, environment: given} = inTransientService(command, options.environment);
	const [program = '', ...words] = inner;
	const environment = {...machine.state.builds?.environment, ...given};
	return runLinuxCommand(machine, [program, ...words], {...options, environment});
};

/** Runs a command as the simulated machine would. An unsupported command is a bug of the caller, and throws. */
export const runLinuxCommand = async (
	machine: Machine,
	command: Command,
	options: RunOptions & RunContext,
): Promise<RunResult> => {
	if (command[0] === managerProgram(machine.state)) return systemdProgram(machine, command);
	if (command[0] === 'systemd-run') return systemdRun(machine, command, options);
	const tool = runBuildTool(machine, command, options);
	if (tool) return tool;
	const known = ofDistribution(command[0]);
	return known ? known(machine, command, options) : runInstalled(machine, command, options);
};
