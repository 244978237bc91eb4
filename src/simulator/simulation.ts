import {exitCode, SetupError} from '../errors.ts';
import {setImmediate} from 'node:timers/promises';
import {runAsRootWith} from '../platform/run-as-root.ts';
import type {Command, FileSystem, Lend, RunOptions, RunResult, System} from '../platform/system.ts';
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

/** Where a simulated machine is kept and how fast it runs. */
export interface Stage {
	/** `lifelike` waits a little for real, so that a person sees things happen. */
	readonly pace: 'instant' | 'lifelike';
	/** How to wait for real if the pace is lifelike. */
	readonly wait?: (ms: number) => Promise<void>;
	/** Lends the terminal to the simulated sudo; without it, sudo cannot ask for a password. */
	readonly lend?: Lend;
	/** The file half of the real system. */
	readonly files: FileAccess;
	/** Contains the files of the machine, and its state in machine.json. Created if it does not exist. */
	readonly folder: string;
}

/** A simulated machine, without the events that can happen to it from outside. */
export interface SimulatedSystem extends System {
	readonly kind: 'simulation';
	/** Where its files are. */
	readonly folder: string;
	run(command: Command, options?: RunOptions & Typed): Promise<RunResult>;
}

/** The longest real wait at a lifelike pace. */
const longestWaitMs = 60;

const openDisk = async (files: FileAccess, folder: string): Promise<Disk> => {
	await files.makeFolder(folder, 0o700);
	const root = (await files.inspect(folder))?.realPath;
	if (root === undefined) throw new Error(`${folder}: cannot be used as the folder of a simulated machine`);
	return {files, root};
};

/** How a new machine is created. */
export interface Beginning {
	readonly state: MachineState;
	readonly furnish: (machine: Machine) => Promise<void>;
}

export interface Opened {
	readonly keeper: Keeper;
	readonly root: string;
}

const refused = (message: string, fix: string): SetupError =>
	new SetupError({message, fixes: [{say: fix}], exit: exitCode.usage});

/** `is`: what the folder has, instead of what was asked for. */
export const otherMachine = (folder: string, is: 'Linux' | 'Mac'): SetupError =>
	refused(
		`The simulated machine in ${folder} is a ${is === 'Mac' ? 'Mac' : 'Linux machine'}.`,
		`Use --simulate ${is === 'Mac' ? 'macos' : 'linux'}, or another folder.`,
	);

/** A new machine brings files such as etc/os-release, which would replace what is there. */
const demandEmpty = async ({files, root}: Disk): Promise<void> => {
	if (((await files.list(root)) ?? []).length > 0)
		throw refused(`${root} is not empty and has no simulated machine.`, 'Use an empty folder.');
};

/** The machine in the folder, or a new one if there is none. */
export const openMachine = async ({files, folder}: Stage, {state, furnish}: Beginning): Promise<Opened> => {
	const disk = await openDisk(files, folder);
	const isNew = (await disk.files.inspect(`${disk.root}/${stateFile}`)) === undefined;
	if (isNew) await demandEmpty(disk);
	const keeper = keeperOf(disk, state);
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

/** A file system with enough free space: 50 GiB. */
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

/** How a type of machine runs commands. */
export interface Running {
	readonly runCommand: (
		machine: Machine,
		command: Command,
		options: RunOptions & Pastime,
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
			// It would never finish.
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

/** Questions to the machine other than commands, and the passing of its time. */
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

/** No time passes, but other events, such as a signal, get their turn. */
const breathe: Wait = async () => {
	await setImmediate();
};

/** What simulated machines of every platform have in common. */
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
