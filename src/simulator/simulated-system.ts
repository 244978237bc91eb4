import {setImmediate} from 'node:timers/promises';
import {runAsRootWith} from '../platform/command-text.ts';
import type {Command, Lend, RunOptions, RunResult, System} from '../platform/system.ts';
import {noResponseWithin} from '../platform/network/address.ts';
import {advance} from './clock.ts';
import {commandNotFound} from './command-words.ts';
import {systemFiles} from './files/system-files.ts';
import type {Keeper, MachinePlace} from './keeper.ts';
import type {Machine} from './machine.ts';
import {addressesOn, answerTo, listenTrouble} from './network.ts';
import type {RunContext, StandardInput} from './nix.ts';
import {withinLimit, type Following} from './result.ts';

/** Where a simulated machine is kept and how fast it runs. */
export interface SimulationOptions extends MachinePlace {
	/** `lifelike` waits a little for real, so that a person sees things happen. */
	readonly pace: 'instant' | 'lifelike';
	/** How to wait for real if the pace is lifelike. */
	readonly wait?: (ms: number) => Promise<void>;
	/** Lends the terminal to the simulated sudo; without it, sudo cannot ask for a password. */
	readonly lend?: Lend;
}

/** A simulated machine. */
export interface SimulatedSystem extends System {
	readonly kind: 'simulation';
	run(command: Command, options?: RunOptions & StandardInput): Promise<RunResult>;
}

/** The longest real wait at a lifelike pace. */
const longestWaitMs = 60;

interface LockOptions extends RunOptions {
	readonly onOutput: NonNullable<RunOptions['onOutput']>;
	/** Waits for real if the pace is lifelike. */
	readonly wait: (ms: number) => Promise<void>;
}

/** How often the followed output is read. */
const everyMs = 250;

const utf8 = new TextEncoder();

/** Passes on the output of a command, and its new output until it is stopped. */
const handOver = async (
	{inTurn}: Keeper,
	{result, more}: {readonly result: RunResult; readonly more: Following | undefined},
	{onOutput, signal, wait}: LockOptions,
): Promise<RunResult> => {
	// Results lack the line break after the last line.
	if (result.stdout !== '') await onOutput(utf8.encode(`${result.stdout}\n`));
	const handed = {...result, stdout: ''};
	if (!more) return handed;
	while (!signal?.aborted) {
		const text = await inTurn(async (machine) => {
			await advance(machine, everyMs);
			return more(machine);
		});
		if (text !== '') await onOutput(utf8.encode(text));
		await wait(everyMs);
	}
	return {...handed, exitCode: undefined};
};

/** How a type of machine runs commands. */
interface CommandRunner {
	readonly runCommand: (
		machine: Machine,
		command: Command,
		options: RunOptions & RunContext,
	) => Promise<RunResult>;
	/** How a command continues after its first output; undefined: it has finished. */
	readonly following: (machine: Machine, command: Command) => Promise<Following | undefined>;
	/** The same at a terminal with a person. */
	readonly runAtTerminal: (machine: Machine, command: Command) => Promise<RunResult>;
	/** How much of the machine's time a command takes, so that polling comes to an end. */
	readonly commandMs: number;
}

/** How long a person sees the terminal at which sudo would ask. */
const shownMs = 1200;

const rootHalf = (
	{inTurn}: Keeper,
	{runAtTerminal}: CommandRunner,
	{run, lend, wait}: {readonly run: System['run']; readonly lend: Lend | undefined; readonly wait: Wait},
): System['runAsRoot'] =>
	runAsRootWith(
		{
			silent: (command) => run(command),
			asking: async (command) => {
				await wait(shownMs);
				return inTurn((machine) => runAtTerminal(machine, command));
			},
		},
		lend,
	);

type Doing = Pick<SimulatedSystem, 'run' | 'ask' | 'addressesOf' | 'tryListen' | 'sleep' | 'now'>;

type Wait = (ms: number) => Promise<void>;

const doing = (keeper: Keeper, {runCommand, following, commandMs}: CommandRunner, wait: Wait): Doing => ({
	run: async (command, options = {}) => {
		const {onOutput} = options;
		await wait(longestWaitMs / 2);
		const said = await keeper.inTurn(async (machine) => {
			const pause = () => wait(longestWaitMs);
			const result = await runCommand(machine, command, {...options, pause});
			const more = result.exitCode === 0 ? await following(machine, command) : undefined;
			// It would never finish.
			if (more && !onOutput) throw commandNotFound(command);
			await advance(machine, commandMs);
			// Nobody reads the output of a program that may run on.
			return {result: options.mayOutlive ? {...result, stdout: '', stderr: ''} : result, more};
		});
		return onOutput
			? handOver(keeper, said, {...options, onOutput, wait})
			: withinLimit(said.result, options.mostBytes);
	},
	...passing(keeper, commandMs, wait),
});

const beginningOf = (text: string, bytes: number): string => Buffer.from(text).subarray(0, bytes).toString();

/** Questions to the machine other than commands, and the passing of its time. */
const passing = ({inTurn, seen}: Keeper, commandMs: number, wait: Wait): Omit<Doing, 'run'> => ({
	ask: (url, {timeoutMs, at, bodyBytes}) =>
		inTurn(async (machine) => {
			const answer = await answerTo(machine, new URL(url), at);
			await advance(machine, answer === 'silence' ? timeoutMs : commandMs);
			if (answer === 'silence') return {answered: false, why: noResponseWithin(timeoutMs)};
			if (!answer.answered) return answer;
			const {body = '', ...seen} = answer;
			return bodyBytes === undefined ? seen : {...seen, body: beginningOf(body, bodyBytes)};
		}),
	addressesOf: (host) => inTurn(({state}) => Promise.resolve(addressesOn(state, host))),
	tryListen: (host, port) => inTurn(({state}) => Promise.resolve(listenTrouble(state, host, port))),
	now: () => seen().clock,
	sleep: async (ms, signal) => {
		if (signal?.aborted) return;
		await wait(Math.min(ms, longestWaitMs));
		await inTurn((machine) => advance(machine, ms));
	},
});

/** No time passes, but other events, such as a signal, get their turn. */
const breathe: Wait = async () => {
	await setImmediate();
};

/** What simulated machines of every platform have in common. */
export const sharedSystem = (
	keeper: Keeper,
	running: CommandRunner,
	{pace, wait, lend}: SimulationOptions,
) => {
	const really: Wait = (pace === 'lifelike' ? wait : undefined) ?? breathe;
	const done = doing(keeper, running, really);
	return {
		kind: 'simulation' as const,
		lock: async () => ({taken: true as const, release: () => undefined}),
		...systemFiles(keeper),
		...done,
		runAsRoot: rootHalf(keeper, running, {run: done.run, lend, wait: really}),
	};
};
