import {posix} from 'node:path';
import {SetupError} from '../errors.ts';
import type {ReadOptions} from '../platform/system.ts';
import {machineFiles, type Disk, type FileAccess} from './machine-files.ts';
import {type MachineState, noUnit, type Timer, type UnitState} from './machine-state.ts';
import {withProc} from './proc.ts';
import {inTurns} from './turns.ts';
import {followed, withFolderFollowed} from './machine-paths.ts';

/** The simulated machine while something happens to it. */
export interface Machine {
	readonly state: MachineState;
	/** By the machine's own paths. */
	readonly files: FileAccess;
}

/** Lets one thing after the other happen to the machine, and keeps its state in a file. */
export interface Keeper {
	/** The state as it was last seen. */
	readonly seen: () => MachineState;
	readonly inTurn: <T>(work: (machine: Machine) => Promise<T>) => Promise<T>;
}

/** How programs of the machine read files: any bytes, and without waiting. */
export const asPrograms: ReadOptions = {lossy: true, mostBytes: 256 * 2 ** 20};

export const stateFile = 'machine.json';

// The machine has no folder above its own `/`.
const withoutRoot = (error: unknown, root: string): unknown => {
	if (!(error instanceof Error)) return error;
	if (error instanceof SetupError) {
		const {failure} = error;
		return new SetupError({...failure, message: failure.message.replaceAll(root, '')});
	}
	error.message = error.message.replaceAll(root, '');
	return error;
};

export const keeperOf = (disk: Disk, fresh: MachineState): Keeper => {
	const path = posix.join(disk.root, stateFile);
	let saved = '';
	let state = fresh;

	// Another process may have changed the same machine meanwhile.
	const read = async (): Promise<void> => {
		const text = await disk.files.readFile(path, asPrograms);
		if (text === undefined || text === saved) return;
		state = JSON.parse(text) as MachineState;
		saved = text;
	};
	const save = async (): Promise<void> => {
		const text = `${JSON.stringify(state)}\n`;
		if (text !== saved) await disk.files.writeFile(path, text, 0o600);
		saved = text;
	};
	const take = inTurns({
		open: async () => {
			await read();
			return {state, files: withProc(mountedFiles(machineFiles(disk, state), state), state)};
		},
		close: save,
	});
	const inTurn = <T>(work: (machine: Machine) => Promise<T>): Promise<T> =>
		take((machine) =>
			work(machine).catch((error: unknown) => {
				throw withoutRoot(error, disk.root);
			}),
		);
	return {seen: () => state, inTurn};
};

export const schedule = ({state}: Machine, timer: Timer): void => {
	state.timers = [...state.timers, timer];
};

export const cancelTimers = ({state}: Machine, which: (timer: Timer) => boolean): void => {
	state.timers = state.timers.filter((timer) => !which(timer));
};

export const takePid = ({state}: Machine): number => {
	state.nextPid += 1;
	return state.nextPid;
};

export const unitOf = ({state}: Machine, name: string): UnitState => state.units[name] ?? noUnit();

export const changeUnit = (machine: Machine, name: string, change: Partial<UnitState>): void => {
	machine.state.units[name] = {...unitOf(machine, name), ...change};
};

/** Makes a folder and those above it that are missing. */
export const makeFolders = async (
	{files}: Pick<Machine, 'files'>,
	path: string,
	mode = 0o755,
): Promise<void> => {
	if (path === '/' || (await files.inspect(path))) return;
	await makeFolders({files}, posix.dirname(path), mode);
	await files.makeFolder(path, mode);
};

export const writeWithFolders = async (
	machine: Machine,
	path: string,
	file: {readonly content: string; readonly mode: number},
): Promise<void> => {
	await makeFolders(machine, posix.dirname(path));
	await machine.files.writeFile(path, file.content, file.mode);
};
type Mounts = Pick<MachineState, 'links' | 'unmounted'>;
const isHidden = ({unmounted}: Mounts, place: string | undefined): boolean =>
	unmounted.some((folder) => place?.startsWith(`${folder}/`));
const demandMounted = (state: Mounts, path: string): void => {
	if (isHidden(state, followed(path, state.links)))
		throw Object.assign(new Error(`ENOENT: no such file or directory, '${path}'`), {code: 'ENOENT'});
};
const inspect = async (files: FileAccess, state: Mounts, path: string): ReturnType<FileAccess['inspect']> => {
	if (isHidden(state, withFolderFollowed(path, state.links))) return undefined;
	const found = await files.inspect(path);
	if (!found || !isHidden(state, followed(path, state.links))) return found;
	const nowhere = {realPath: undefined, leadsTo: undefined};
	return {...found, ...nowhere, executable: false, readable: false, writable: false};
};
/** Files without those on file systems that are not mounted now; their mount points are empty folders. */

export const mountedFiles = (files: FileAccess, state: Mounts): FileAccess => {
	const place = (path: string) => followed(path, state.links);
	return {
		readFile: async (path, options) =>
			isHidden(state, place(path)) ? undefined : files.readFile(path, options),
		inspect: (path) => inspect(files, state, path),
		list: async (path) => {
			if (isHidden(state, place(path))) return undefined;
			return state.unmounted.includes(place(path) ?? '') ? [] : files.list(path);
		},
		writeFile: async (path, content, mode) => {
			demandMounted(state, path);
			return files.writeFile(path, content, mode);
		},
		move: async (from, to) => {
			demandMounted(state, from);
			demandMounted(state, to);
			return files.move(from, to);
		},
		deleteFile: async (path) =>
			isHidden(state, withFolderFollowed(path, state.links)) ? undefined : files.deleteFile(path),
		makeFolder: async (path, mode) => {
			demandMounted(state, path);
			return files.makeFolder(path, mode);
		},
		deleteFolder: async (path, options) => {
			demandMounted(state, path);
			return files.deleteFolder(path, options);
		},
	};
};
