import {posix} from 'node:path';
import {chmod} from './chmod.ts';
import type {Command, RunOptions, RunResult} from '../platform/system.ts';
import type {Following} from './hand-over.ts';
import {followJournal, journalctl} from './linux/journalctl.ts';
import {kill} from './linux/kill.ts';
import {loginctl} from './linux/loginctl.ts';
import type {Machine} from './machine.ts';
import type {MachineState} from './machine-state.ts';
import {isNix, runNix, type Pastime} from './nix.ts';
import {notFound, said} from './result.ts';
import {execFailure} from './exec-failure.ts';
import {systemctl} from './linux/systemctl.ts';
import {systemd, systemdAnalyze} from './linux/systemd-analyze.ts';
import {runVira} from './vira/vira-commands.ts';
import {viraAt} from './vira/vira-life.ts';
import {unknownCommand} from './words.ts';

type Program = (
	machine: Machine,
	command: readonly string[],
	options?: RunOptions,
) => RunResult | Promise<RunResult>;

const detectVirtualisation: Program = ({state}, command) => {
	if (state.systemd === undefined) return notFound;
	if (command.slice(1).join(' ') !== '--container') throw unknownCommand(command);
	const container = state.wsl ? 'wsl' : state.container;
	return container === undefined ? said('none', 1) : said(container);
};

/** env(1) before a program that uses variables; no other program here does. The machine's time zone is UTC. */
const env: Program = (machine, command) => {
	const words = command.slice(1);
	const count = words.findIndex((word) => !/^\w+=/u.test(word));
	const [program, ...rest] = words.slice(count);
	if (program === 'systemctl' && words.slice(0, count).join() === 'TZ=UTC')
		return systemctl(machine, [program, ...rest]);
	if (program !== 'systemd-analyze') throw unknownCommand(command);
	const variables = words.slice(0, count).map((word) => word.split(/=(.*)/su).slice(0, 2));
	return systemdAnalyze(Object.fromEntries(variables) as Record<string, string>)(machine, [program, ...rest]);
};

/** ln(1), for a symbolic link that replaces an existing one. */
const ln: Program = ({state}, command) => {
	const [, ...words] = command;
	const [target, path, ...more] = words.filter((word) => !word.startsWith('--'));
	const flags = words.filter((word) => word.startsWith('--')).join(' ');
	if (flags !== '--symbolic --force --no-dereference' || !target || !path || more.length > 0)
		throw unknownCommand(command);
	state.links = {...state.links, [path]: target};
	return said('');
};

/** lsattr(1) for folders that are not encrypted. */
const lsattr: Program = (_, command) => {
	const [, flag, path, ...more] = command;
	if (flag !== '-d' || path === undefined || more.length > 0) throw unknownCommand(command);
	return said(`--------------e------- ${path}`);
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
};

/** The folders that a session of the user looks for programs in. */
export const searchPath = ({user, mac}: MachineState): readonly string[] => [
	`${user.home}/.nix-profile/bin`,
	'/usr/local/bin',
	'/usr/bin',
	'/bin',
	...(mac ? ['/usr/sbin', '/sbin'] : []),
];

const findProgram = async ({state, files}: Machine, program: string): Promise<string | undefined> => {
	const candidates = program.includes('/')
		? [program]
		: searchPath(state).map((folder) => `${folder}/${program}`);
	for (const candidate of candidates) {
		const found = await files.inspect(candidate);
		if (found?.leadsTo === 'file' && found.executable) return candidate;
	}
	return undefined;
};

/** systemd itself is not on the PATH. */
const managerProgram = ({nixos}: MachineState): string =>
	`${nixos ? '/run/current-system/systemd' : '/usr'}/lib/systemd/systemd`;

/** A program of the distribution, also if it is called by its path, such as /usr/bin/systemctl. */
const ofDistribution = (program: string): Program | undefined => {
	const isPlain = !program.includes('/') || ['/usr/bin', '/bin'].includes(posix.dirname(program));
	return isPlain ? programs[posix.basename(program)] : undefined;
};

/** Runs a program that is not part of the distribution: only Vira and Nix are simulated. */
export const runInstalled = async (
	machine: Machine,
	command: Command,
	pastime: Pastime,
): Promise<RunResult> => {
	const path = await findProgram(machine, command[0]);
	if (path === undefined) return notFound;
	const vira = await viraAt(machine, path);
	if (vira) return runVira(machine, {vira, command, input: pastime.input ?? ''});
	if (await isNix(machine, path)) return runNix(machine, [path, ...command.slice(1)], pastime);
	const failure = await execFailure(machine, path);
	if (failure === 'No such file or directory') return notFound;
	if (failure !== undefined) return {...said(''), exitCode: undefined};
	throw unknownCommand(command);
};

/** The further output of a command that does not end on its own. */
export const followCommand = async (machine: Machine, command: Command): Promise<Following | undefined> =>
	ofDistribution(command[0]) === journalctl ? followJournal(machine, command) : undefined;

/** Runs a command as the simulated machine would. An unsupported command is a bug of the caller, and throws. */
export const runCommand = async (
	machine: Machine,
	command: Command,
	options: RunOptions & Pastime,
): Promise<RunResult> => {
	if (command[0] === managerProgram(machine.state)) return systemd(machine, command);
	const known = ofDistribution(command[0]);
	return known ? known(machine, command, options) : runInstalled(machine, command, options);
};
