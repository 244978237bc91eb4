import {posix} from 'node:path';
import {exitCode, SetupError} from '../errors.ts';
import {withProc} from './files/proc-files.ts';
import {mountedFiles} from './files/mounted-files.ts';
import {machineFiles, type Disk, type FileAccess} from './files/machine-files.ts';
import type {MachineState} from './machine-state.ts';
import {asPrograms, type Machine} from './machine.ts';

/** Lets one thing after the other happen to the machine, and keeps its state in a file. */
export interface Keeper {
	/** The state as it was last seen. */
	readonly seen: () => MachineState;
	readonly inTurn: <T>(work: (machine: Machine) => Promise<T>) => Promise<T>;
}

/** Where a simulated machine is kept. */
export interface MachinePlace {
	/** The file half of the real system. */
	readonly files: FileAccess;
	/** Contains the files of the machine, and its state in machine.json. Created if it does not exist. */
	readonly folder: string;
}

/** How a new machine is created. */
interface NewMachine {
	readonly state: MachineState;
	readonly putFixtures: (machine: Machine) => Promise<void>;
}

/** How a turn starts and ends. */
interface Turn<Thing> {
	/** Gets the object that the tasks work on. */
	readonly open: () => Promise<Thing>;
	/** Saves their changes. */
	readonly close: () => Promise<void>;
}

interface Waiting<Thing> {
	/** Never throws. */
	readonly work: (thing: Thing) => Promise<void>;
	/** Passes on the result. */
	readonly settle: () => void;
	/** Passes on an error: the turn could not start or end. */
	readonly fail: (why: unknown) => void;
}

/**
 * Runs tasks one after the other. Tasks that were added meanwhile share a turn, as if nothing else could happen in
 * between; each has its result when the turn is over.
 */
export const inTurns = <Thing>({open, close}: Turn<Thing>) => {
	const waiting: Waiting<Thing>[] = [];
	let busy = false;

	const turn = async (): Promise<void> => {
		const done: Waiting<Thing>[] = [];
		try {
			const thing = await open();
			for (let next = waiting.shift(); next; next = waiting.shift()) {
				done.push(next);
				await next.work(thing);
			}
			await close();
			for (const {settle} of done) settle();
		} catch (error) {
			for (const {fail} of [...done, ...waiting.splice(0)]) fail(error);
		}
	};
	const begin = async (): Promise<void> => {
		if (busy) return;
		busy = true;
		while (waiting.length > 0) await turn();
		busy = false;
	};
	return <T>(doing: (thing: Thing) => Promise<T>): Promise<T> =>
		new Promise<T>((resolve, reject) => {
			let result: Promise<T> | undefined;
			const work = async (thing: Thing): Promise<void> => {
				result = doing(thing);
				await result.catch(() => undefined);
			};
			const settle = (): void => {
				if (result) resolve(result);
			};
			waiting.push({work, settle, fail: reject});
			void begin();
		});
};

const stateFile = 'machine.json';

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

const keeperOf = (disk: Disk, fresh: MachineState): Keeper => {
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

const openDisk = async (files: FileAccess, folder: string): Promise<Disk> => {
	await files.makeFolder(folder, 0o700);
	const root = (await files.inspect(folder))?.realPath;
	if (root === undefined) throw new Error(`${folder}: cannot be used as the folder of a simulated machine`);
	return {files, root};
};

const keeperError = (message: string, fix: string): SetupError =>
	new SetupError({message, fixes: [{say: fix}], exit: exitCode.usage});

/** `is`: what the folder has, instead of what was asked for. */
export const otherMachine = (folder: string, is: 'Linux' | 'Mac'): SetupError =>
	keeperError(
		`The simulated machine in ${folder} is a ${is === 'Mac' ? 'Mac' : 'Linux machine'}.`,
		`Use --simulate ${is === 'Mac' ? 'macos' : 'linux'}, or another folder.`,
	);

/** A new machine brings files such as etc/os-release, which would replace what is there. */
const demandEmpty = async ({files, root}: Disk): Promise<void> => {
	if (((await files.list(root)) ?? []).length > 0)
		throw keeperError(`${root} is not empty and has no simulated machine.`, 'Use an empty folder.');
};

/** The machine in the folder, or a new one if there is none. */
export const openMachine = async (
	{files, folder}: MachinePlace,
	{state, putFixtures}: NewMachine,
): Promise<Keeper> => {
	const disk = await openDisk(files, folder);
	const isNew = (await disk.files.inspect(`${disk.root}/${stateFile}`)) === undefined;
	if (isNew) await demandEmpty(disk);
	const keeper = keeperOf(disk, state);
	await keeper.inTurn((machine) => (isNew ? putFixtures(machine) : Promise.resolve()));
	return keeper;
};
