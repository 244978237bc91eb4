import {setImmediate} from 'node:timers/promises';
import {runAsRootWith} from '../run-as-root.ts';
import type {Command, FileSystem, Lend, RunOptions, RunResult, System} from '../system.ts';
import {handOver, type Following} from './hand-over.ts';
import {keeperOf, stateFile, writeWithFolders, type Keeper, type Machine} from './machine.ts';
import type {Disk, FileAccess} from './machine-files.ts';
import type {MachineState} from './machine-state.ts';
import {addressesOn, answerTo, listenTrouble} from './network.ts';
import type {Pastime, Typed} from './nix.ts';
import {linksIn} from './proc.ts';
import {advance} from './time.ts';
import {withinLimit} from './result.ts';
import {unknownCommand} from './words.ts';

/** Where a simulation is kept, and how fast it goes. */
export interface Stage {
	/** `lifelike` really waits a little, so that a person sees things happen. */
	readonly pace: 'instant' | 'lifelike';
	/** How to wait for real, where the pace is lifelike. */
	readonly wait?: (ms: number) => Promise<void>;
	/** Lends the terminal to the simulated sudo; without it nobody is there to be asked. */
	readonly lend?: Lend;
	/** The file half of the real system. */
	readonly files: FileAccess;
	/** Holds the machine: its files below it, its state in machine.json. Made where it is not there. */
	readonly folder: string;
}

/** A simulated machine, without what can happen to it from outside. */
export interface SimulatedSystem extends System {
	readonly kind: 'simulation';
	/** Where its files are kept. */
	readonly folder: string;
	run(command: Command, options?: RunOptions & Typed): Promise<RunResult>;
}

/** As long as a lifelike pace really waits for one thing at most. */
const longestWaitMs = 60;

const openDisk = async (files: FileAccess, folder: string): Promise<Disk> => {
	await files.makeFolder(folder, 0o700);
	const root = (await files.inspect(folder))?.realPath;
	if (root === undefined) throw new Error(`${folder}: not a folder for a simulated machine`);
	return {files, root};
};

/** How a machine that nobody has touched is made. */
export interface Beginning {
	readonly state: MachineState;
	readonly furnish: (machine: Machine) => Promise<void>;
}

export interface Opened {
	readonly keeper: Keeper;
	readonly root: string;
}

/** The machine in the folder; where there is none yet, a new one. */
export const openMachine = async ({files, folder}: Stage, {state, furnish}: Beginning): Promise<Opened> => {
	const disk = await openDisk(files, folder);
	const keeper = keeperOf(disk, state);
	const isNew = (await disk.files.inspect(`${disk.root}/${stateFile}`)) === undefined;
	await keeper.inTurn((machine) => (isNew ? furnish(machine) : Promise.resolve()));
	return {keeper, root: disk.root};
};

const fileHalf = ({inTurn}: Keeper): FileAccess => ({
	readFile: (path, options) => inTurn(({files}) => files.readFile(path, options)),
	inspect: (path) => inTurn(({files}) => files.inspect(path)),
	list: (path) => inTurn(({files}) => files.list(path)),
	writeFile: (path, content, mode) => inTurn(({files}) => files.writeFile(path, content, mode)),
	move: (from, to) => inTurn(({files}) => files.move(from, to)),
	deleteFile: (path) => inTurn(({files}) => files.deleteFile(path)),
	makeFolder: (path, mode) => inTurn(({files}) => files.makeFolder(path, mode)),
	deleteFolder: (path, options) => inTurn(({files}) => files.deleteFolder(path, options)),
});

/** Where a machine of the simulation has room enough: 50 GiB. */
const roomy = (kind: string): FileSystem => ({
	kind,
	network: false,
	temporary: false,
	freeBytes: 50 * 2 ** 30,
});

const fileSystemAt = ({fileSystems, mac}: MachineState, path: string): FileSystem => {
	const mounted = Object.keys(fileSystems)
		.filter((place) => path === place || path.startsWith(`${place}/`))
		.toSorted((one, other) => other.length - one.length);
	return fileSystems[mounted[0] ?? ''] ?? roomy(mac ? 'apfs' : 'ext4');
};

type Looking = Pick<System, 'fileSystemAt' | 'linksIn' | 'withScratchFile'>;

const looking = ({inTurn}: Keeper): Looking => ({
	fileSystemAt: (path) =>
		inTurn(async ({state, files}) => ((await files.inspect(path)) ? fileSystemAt(state, path) : undefined)),
	linksIn: (path) => inTurn(async ({state}) => linksIn(state, path)),
	withScratchFile: async (name, content, use) => {
		const folder = '/tmp/vira-setup-scratch';
		await inTurn(async (machine) => writeWithFolders(machine, `${folder}/${name}`, {content, mode: 0o600}));
		try {
			return await use(`${folder}/${name}`);
		} finally {
			await inTurn(({files}) => files.deleteFolder(folder, {withContents: true}));
		}
	},
});

/** How a kind of machine runs commands. */
export interface Running {
	readonly runCommand: (
		machine: Machine,
		command: Command,
		options: RunOptions & Pastime,
	) => Promise<RunResult>;
	/** What goes on after a command has said the first of it; undefined: it has come to its end. */
	readonly following: (machine: Machine, command: Command) => Promise<Following | undefined>;
	/** The same at a terminal, with a person there. */
	readonly runAtTerminal: (machine: Machine, command: Command) => Promise<RunResult>;
	/** What a command takes of the machine's time, so that asking again and again comes to an end. */
	readonly commandMs: number;
}

/** How long a person really sees the terminal at which sudo would ask. */
const shownMs = 1200;

const rootHalf = (
	{inTurn}: Keeper,
	{runAtTerminal}: Running,
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

const doing = (keeper: Keeper, {runCommand, following, commandMs}: Running, wait: Wait): Doing => ({
	run: async (command, options = {}) => {
		const {onOutput} = options;
		await wait(longestWaitMs / 2);
		const said = await keeper.inTurn(async (machine) => {
			const pause = () => wait(longestWaitMs);
			const result = await runCommand(machine, command, {...options, pause});
			const more = result.exitCode === 0 ? await following(machine, command) : undefined;
			// It would never end.
			if (more && !onOutput) throw unknownCommand(command);
			await advance(machine, commandMs);
			return {result, more};
		});
		return onOutput
			? handOver(keeper, said, {...options, onOutput, wait})
			: withinLimit(said.result, options.mostBytes);
	},
	...passing(keeper, commandMs, wait),
});

const beginningOf = (text: string, bytes: number): string => Buffer.from(text).subarray(0, bytes).toString();

/** What the machine is asked beside commands, and how its time passes. */
const passing = ({inTurn, seen}: Keeper, commandMs: number, wait: Wait): Omit<Doing, 'run'> => ({
	ask: (url, {timeoutMs, at, bodyBytes}) =>
		inTurn(async (machine) => {
			const answer = await answerTo(machine, new URL(url), at);
			await advance(machine, answer === 'silence' ? timeoutMs : commandMs);
			if (answer === 'silence') return {answered: false, why: `no answer within ${timeoutMs} ms`};
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

/** No time passes, but what waits outside has its turn: a signal, say. */
const breathe: Wait = async () => {
	await setImmediate();
};

/** The part of a simulated machine that is the same on every platform. */
export const sharedSystem = ({keeper, root}: Opened, running: Running, {pace, wait, lend}: Stage) => {
	const really: Wait = (pace === 'lifelike' ? wait : undefined) ?? breathe;
	const done = doing(keeper, running, really);
	return {
		kind: 'simulation' as const,
		folder: root,
		lock: async () => ({taken: true as const, release: () => undefined}),
		...fileHalf(keeper),
		...looking(keeper),
		...done,
		runAsRoot: rootHalf(keeper, running, {run: done.run, lend, wait: really}),
	};
};
