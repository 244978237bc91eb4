import {posix} from 'node:path';
import type {Command, RunOptions, RunResult} from '../../platform/system.ts';
import {failed, output, type Following} from '../result.ts';
import type {Machine} from '../machine.ts';
import type {RunContext} from '../nix.ts';
import {advance} from '../clock.ts';
import {runBuildTool} from '../builds.ts';
import {runInstalled} from '../run-installed.ts';
import {commandNotFound} from '../command-words.ts';
import {launchctl} from './launchd/launchctl.ts';
import {macOf, type Caller} from './mac.ts';
import {macPrograms, type MacProgram} from './mac-programs.ts';
import {unlock} from './mac-session.ts';
import {readSudo, rootPrograms} from './sudo.ts';
import {followFile} from './tail.ts';
import {listenersOn, type SimulatedListener} from '../listeners.ts';

/** How a command is run. */
interface RunManner {
	readonly caller: Caller;
	readonly options: RunOptions & RunContext;
	/** Whether it runs in a terminal with a person. */
	readonly terminal: boolean;
}

/** A process that a job started is in the process group of the job. */
const groupOf = (machine: Machine, pid: number): number => {
	const job = Object.values(macOf(machine).services).find(({process}) => process?.child === pid);
	return job?.pid ?? pid;
};

const nameOf = ({address, port}: SimulatedListener): string => {
	if (address === '::' || address === '0.0.0.0') return `*:${port}`;
	return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
};

/**
 * lsof(8) for the listeners on one port, in its output for other programs (`-F`): a letter and a value on each line.
 * Without root, it only shows the user's own processes.
 */
const lsof = (machine: Machine, command: readonly string[]): RunResult => {
	const [, numeric, asked, listening, format, fields, ...rest] = command;
	const port = Number(/^-iTCP:(\d+)$/u.exec(asked ?? '')?.[1]);
	const isKnown = numeric === '-nP' && listening === '-sTCP:LISTEN' && format === '-F' && fields === 'pgctn';
	if (!isKnown || rest.length > 0 || Number.isNaN(port)) throw commandNotFound(command);
	const {state} = machine;
	const holders = listenersOn(state, port).filter(({uid}) => uid === state.user.uid);
	if (holders.length === 0) return failed('');
	const lines = holders.flatMap((one) => [
		...[`p${one.pid}`, `g${groupOf(machine, one.pid)}`, `c${one.program}`, 'f18'],
		...[`tIPv${one.address.includes(':') ? 6 : 4}`, `n${nameOf(one)}`],
	]);
	return output(lines.join('\n'));
};

/** Programs that vira-setup looks for, and that a Mac does not have. */
const absent = [
	...['systemctl', 'loginctl', 'journalctl', 'systemd-detect-virt', 'systemd-analyze', 'getent'],
	...['nix', 'nix-store', 'nix-build', 'home-manager', 'darwin-rebuild', 'brew', 'vira'],
];

const atItsPath = <T>(programs: Readonly<Record<string, T>>, name: string): T | undefined =>
	posix.isAbsolute(name)
		? programs[name]
		: Object.entries(programs).find(([path]) => posix.basename(path) === name)?.[1];

const isCalled = (name: string, path: string): boolean => name === path || name === posix.basename(path);

const programOf = (name: string, {euid}: Caller): MacProgram | undefined =>
	(euid === 0 ? atItsPath(rootPrograms, name) : undefined) ??
	atItsPath(macPrograms, name) ??
	(isCalled(name, '/usr/sbin/lsof') ? lsof : undefined);

const runAsRoot = (
	machine: Machine,
	command: readonly string[],
	manner: RunManner,
): RunResult | Promise<RunResult> => {
	const {terminal} = manner;
	const asked = readSudo({machine, command, terminal});
	if (!('command' in asked)) return asked;
	return run(machine, asked.command, {...manner, caller: {euid: 0, session: 'System'}});
};

const run = async (machine: Machine, command: readonly string[], manner: RunManner): Promise<RunResult> => {
	const {caller, options} = manner;
	const [name = '', ...words] = command;
	if (isCalled(name, '/bin/launchctl'))
		return launchctl({machine, command, caller, timeoutMs: options.timeoutMs});
	if (isCalled(name, '/usr/bin/sudo')) return runAsRoot(machine, command, manner);
	const tool = runBuildTool(machine, command, options);
	if (tool) return tool;
	const program = programOf(name, caller);
	if (program) return program(machine, command);
	const result = await runInstalled(machine, [name, ...words], options);
	// A program of macOS is not missing: the simulation does not support it.
	if (!result.found && !posix.isAbsolute(name) && !absent.includes(name)) throw commandNotFound(command);
	return result;
};

const keptCalls = 1000;

const remember = (machine: Machine, command: Command, {exitCode}: RunResult): void => {
	const mac = macOf(machine);
	const {clock: at, user} = machine.state;
	const call = {
		at,
		command: [...command],
		euid: user.uid,
		session: mac.caller.session,
		exitCode: exitCode ?? null,
	};
	mac.calls = [...mac.calls, call].slice(-keptCalls);
};

const runFrom = async (
	machine: Machine,
	command: Command,
	manner: Omit<RunManner, 'caller'>,
): Promise<RunResult> => {
	await unlock(machine);
	const {session} = macOf(machine).caller;
	const result = await run(machine, command, {...manner, caller: {euid: machine.state.user.uid, session}});
	remember(machine, command, result);
	return result;
};

/** The further output of a command that does not end. */
export const followMacCommand = async (machine: Machine, command: Command): Promise<Following | undefined> =>
	isCalled(command[0], '/usr/bin/tail') ? followFile(machine, command) : undefined;

/** Runs a command as a Mac would. An unknown command is a bug of the caller, and throws. */
export const runMacCommand = (
	machine: Machine,
	command: Command,
	options: RunOptions & RunContext,
): Promise<RunResult> => runFrom(machine, command, {options, terminal: false});

/** How long a person takes to type a password. */
const typingMs = 3000;

/** Runs a command in a terminal, where the user enters the password for sudo. */
export const runAtTerminal = async (machine: Machine, command: Command): Promise<RunResult> => {
	const result = await runFrom(machine, command, {
		options: {pause: () => Promise.resolve()},
		terminal: true,
	});
	await advance(machine, typingMs);
	return result;
};
