import type {FileSystem, System} from '../system.ts';
import {eventsOf, type Events} from './events.ts';
import {freshState} from './fresh-state.ts';
import {furnish, runtimeFolder} from './furniture.ts';
import {keeperOf, stateFile, writeWithFolders, type Keeper} from './machine.ts';
import type {Disk, FileAccess} from './machine-files.ts';
import type {MachineState} from './machine-state.ts';
import {answerTo, listenTrouble} from './network.ts';
import {runCommand, searchPath} from './run-command.ts';
import {advance} from './time.ts';

export interface RehearsalOptions {
	/** `lifelike` really waits a little, so that a person sees things happen. */
	readonly pace: 'instant' | 'lifelike';
	/** How to wait for real, where the pace is lifelike. */
	readonly wait?: (ms: number) => Promise<void>;
	/** The file half of the real system. */
	readonly files: FileAccess;
	/** Holds the machine: its files below it, its state in machine.json. Made where it is not there. */
	readonly folder: string;
	/** How a new machine differs from a Debian 12 with alice logged in. A folder with a machine in it goes on with that. */
	readonly state?: Partial<MachineState>;
}

/** A simulated machine, and what can happen to it from outside. */
export interface Rehearsal extends System {
	readonly kind: 'rehearsal';
	/** Where its files are kept. */
	readonly folder: string;
	readonly events: Events;
}

/** As long as a lifelike pace really waits for one thing at most. */
const longestWaitMs = 60;

/** What a command takes of the machine's time, so that asking again and again comes to an end. */
const commandMs = 10;

const openDisk = async (files: FileAccess, folder: string): Promise<Disk> => {
	await files.makeFolder(folder, 0o700);
	const root = (await files.inspect(folder))?.realPath;
	if (root === undefined) throw new Error(`${folder}: is no folder for a rehearsal`);
	return {files, root};
};

const openMachine = async (disk: Disk, state: Partial<MachineState>): Promise<Keeper> => {
	const keeper = keeperOf(disk, freshState(state));
	const isNew = (await disk.files.inspect(`${disk.root}/${stateFile}`)) === undefined;
	await keeper.inTurn((machine) => (isNew ? furnish(machine) : Promise.resolve()));
	return keeper;
};

const environmentOf = (state: MachineState): System['environment'] => ({
	HOME: state.user.home,
	USER: state.user.name,
	LOGNAME: state.user.name,
	PATH: searchPath(state).join(':'),
	...(state.session && state.booted ? {XDG_RUNTIME_DIR: runtimeFolder(state)} : {}),
	...(state.wsl ? {WSL_DISTRO_NAME: 'Debian'} : {}),
	...state.environment,
});

const fileHalf = ({inTurn}: Keeper): FileAccess => ({
	readFile: (path) => inTurn(({files}) => files.readFile(path)),
	inspect: (path) => inTurn(({files}) => files.inspect(path)),
	list: (path) => inTurn(({files}) => files.list(path)),
	writeFile: (path, content, mode) => inTurn(({files}) => files.writeFile(path, content, mode)),
	move: (from, to) => inTurn(({files}) => files.move(from, to)),
	deleteFile: (path) => inTurn(({files}) => files.deleteFile(path)),
	makeFolder: (path, mode) => inTurn(({files}) => files.makeFolder(path, mode)),
	deleteFolder: (path, options) => inTurn(({files}) => files.deleteFolder(path, options)),
});

/** Where a machine of the rehearsal has room enough: 50 GiB. */
const roomy: FileSystem = {kind: 'ext4', network: false, temporary: false, freeBytes: 50 * 2 ** 30};

const fileSystemAt = ({fileSystems}: MachineState, path: string): FileSystem => {
	const mounted = Object.keys(fileSystems)
		.filter((place) => path === place || path.startsWith(`${place}/`))
		.toSorted((one, other) => other.length - one.length);
	return fileSystems[mounted[0] ?? ''] ?? roomy;
};

type Looking = Pick<System, 'fileSystemAt' | 'withScratchFile'>;

const looking = ({inTurn}: Keeper): Looking => ({
	fileSystemAt: (path) =>
		inTurn(async ({state, files}) => ((await files.inspect(path)) ? fileSystemAt(state, path) : undefined)),
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

type Doing = Pick<System, 'run' | 'ask' | 'tryListen' | 'sleep' | 'now'>;

const doing = ({inTurn, seen}: Keeper, wait: (ms: number) => Promise<void>): Doing => ({
	run: async (command, {signal, onLine} = {}) => {
		await wait(longestWaitMs / 2);
		return inTurn(async (machine) => {
			const pause = () => wait(longestWaitMs);
			const result = await runCommand(machine, command, {
				pause,
				...(signal && {signal}),
				...(onLine && {onLine}),
			});
			await advance(machine, commandMs);
			return result;
		});
	},
	ask: (url, {timeoutMs}) =>
		inTurn(async (machine) => {
			const answer = answerTo(machine, new URL(url));
			await advance(machine, answer === 'silence' ? timeoutMs : commandMs);
			return answer === 'silence' ? {answered: false, why: `no answer within ${timeoutMs} ms`} : answer;
		}),
	tryListen: (host, port) => inTurn(({state}) => Promise.resolve(listenTrouble(state, host, port))),
	now: () => seen().clock,
	sleep: async (ms, signal) => {
		if (signal?.aborted) return;
		await wait(Math.min(ms, longestWaitMs));
		await inTurn((machine) => advance(machine, ms));
	},
});

/** A Linux machine that is played: the same program meets the same answers, and nothing real is touched. */
export const rehearsalLinux = async (options: RehearsalOptions): Promise<Rehearsal> => {
	const disk = await openDisk(options.files, options.folder);
	const keeper = await openMachine(disk, options.state ?? {});
	const {seen} = keeper;
	const wait = (options.pace === 'lifelike' ? options.wait : undefined) ?? (() => Promise.resolve());
	return {
		kind: 'rehearsal',
		platform: 'linux',
		folder: disk.root,
		events: eventsOf(keeper),
		user: seen().user,
		environment: environmentOf(seen()),
		ownAddresses: seen().addresses,
		lock: () => Promise.resolve({taken: true, release: () => undefined}),
		...fileHalf(keeper),
		...looking(keeper),
		...doing(keeper, wait),
	};
};
