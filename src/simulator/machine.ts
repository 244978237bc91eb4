import {posix} from 'node:path';
import type {ReadOptions} from '../platform/system.ts';
import type {FileAccess} from './files/machine-files.ts';
import {noUnit, type MachineState, type Timer, type UnitState} from './machine-state.ts';

/** The simulated machine while something happens to it. */
export interface Machine {
	readonly state: MachineState;
	/** By the machine's own paths. */
	readonly files: FileAccess;
}

/** How programs of the machine read files: any bytes, and without waiting. */
export const asPrograms: ReadOptions = {lossy: true, mostBytes: 256 * 2 ** 20};

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

/** What a process writes to a file that was opened for it. */
export const appendOutput = async (
	{files}: Machine,
	path: string | undefined,
	text: string,
): Promise<void> => {
	if (path === undefined || path === '/dev/null') return;
	// A log that was deleted with its folder, or replaced by a folder, stays open for the process but is no longer
	// visible.
	if ((await files.inspect(posix.dirname(path))) === undefined) return;
	if ((await files.inspect(path))?.leadsTo === 'folder') return;
	await files.writeFile(path, `${(await files.readFile(path, asPrograms)) ?? ''}${text}`, 0o644);
};
