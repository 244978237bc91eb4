import {posix} from 'node:path';
import {asPrograms, makeFolders, writeWithFolders, type Machine} from '../machine.ts';
import type {SimulatedVira, ViraProcess} from './vira-process.ts';
import {runningViras} from '../listeners.ts';
import {
	addRepositories,
	databaseFolder,
	lockFile,
	readRepositories,
	writeCheckpoint,
} from './vira-database.ts';
import {readViraWords, type Values} from './vira-grammar.ts';
import {exported, importInto, importReport} from './vira-repositories.ts';
import {
	closing,
	locked,
	notOpened,
	opened,
	opening,
	schemaRefusal,
	schemaReset,
	storedSchema,
	ViraFailure,
	type Say,
} from './vira-words.ts';

/** A Vira that is about to open its state, and where it prints. */
export interface Opening {
	readonly machine: Machine;
	readonly vira: SimulatedVira;
	/** The state folder as it was given, which is what is printed. */
	readonly given: string;
	/** Where that is. */
	readonly folder: string;
	readonly autoReset: boolean;
	readonly say: Say;
}

/** What the command line says of the state, for a process that works in that folder. */
export const stateOf = (
	values: Values,
	workingFolder: string,
): Pick<Opening, 'given' | 'folder' | 'autoReset'> => {
	const given = values.get('--state-dir') ?? './state';
	return {given, folder: posix.resolve(workingFolder, given), autoReset: values.has('--auto-reset-state')};
};

const jobsFolder = (folder: string, repository: string): string =>
	`${folder}/workspace/${encodeURIComponent(repository)}/jobs`;

export const stateFolderIn = ({arguments: words, folder}: ViraProcess): string | undefined => {
	const asked = readViraWords(words);
	return 'values' in asked ? stateOf(asked.values, folder).folder : undefined;
};

/** Only one process can hold the state: a running one keeps every other from it, and none that has ended does. */
const demandUnlocked = ({machine: {state}, folder, given}: Opening): void => {
	const holder = runningViras(state).find(
		({process}) => process.listens && stateFolderIn(process) === folder,
	);
	if (holder) throw new ViraFailure(locked(given));
};

/** Deletes the database and the job folders; answers which they were, below the state folder. */
const resetState = async ({machine, folder}: Opening): Promise<readonly string[]> => {
	const workspace = `${folder}/workspace`;
	const names = (await machine.files.list(workspace)) ?? [];
	const candidates = [databaseFolder(folder), ...names.map((name) => `${workspace}/${name}/jobs`)];
	const removed: string[] = [];
	for (const path of candidates) {
		if (!(await machine.files.inspect(path))) continue;
		await machine.files.deleteFolder(path, {withContents: true});
		removed.push(path.slice(folder.length));
	}
	return removed;
};

/** Refuses or deletes a state of another schema. */
const settleSchema = async (request: Opening): Promise<void> => {
	const {machine, folder, given, vira, autoReset, say} = request;
	if (!(await machine.files.inspect(databaseFolder(folder)))) return;
	const stored = storedSchema(await machine.files.readFile(`${folder}/schema-version`, asPrograms));
	const schemas = {stored, current: vira.schema};
	if (stored === vira.schema) return;
	if (!autoReset) {
		await say(schemaRefusal(given, schemas), 'stdout');
		throw new ViraFailure();
	}
	const removed = await resetState(request);
	await machine.files.deleteFile(`${folder}/schema-version`);
	await say(
		schemaReset(
			schemas,
			removed.map((path) => `${given}${path}`),
		),
		'stdout',
	);
};

/** Opens the state: nothing is to be closed where it fails. */
export const openState = async (request: Opening): Promise<void> => {
	const {machine, folder, vira, say} = request;
	await settleSchema(request);
	await say(opening, 'stdout');
	demandUnlocked(request);
	await writeWithFolders(machine, lockFile(folder), {content: '', mode: 0o644});
	await readRepositories(machine, folder);
	await say(opened(vira.schema), 'stdout');
	await machine.files.writeFile(`${folder}/schema-version`, String(vira.schema), 0o644);
};

/** Closes the state, as at every end that Vira itself sees; the words can follow others on their line. */
export const closeState = async (
	{machine, folder, say}: Pick<Opening, 'machine' | 'folder' | 'say'>,
	before = '',
): Promise<void> => {
	await say(`${before}${closing}`, 'stdout');
	await writeCheckpoint(machine, folder);
};

/** Does something with an open state that closes it where it fails. */
export const closingOnFailure = async <T>(
	state: Pick<Opening, 'machine' | 'folder' | 'say'>,
	work: () => Promise<T>,
): Promise<T> => {
	try {
		return await work();
	} catch (error) {
		if (error instanceof ViraFailure) await closeState(state);
		throw error;
	}
};

/** Imports into an open state what is in the text, from that file or from standard input. */
const importText = async ({machine, folder, say}: Opening, text: string, from?: string): Promise<void> => {
	const imported = importInto(await readRepositories(machine, folder), text);
	await addRepositories(machine, folder, imported.added);
	for (const name of Object.keys(imported.added)) await makeFolders(machine, jobsFolder(folder, name));
	await say(importReport(imported, from), 'stdout');
	if (imported.failure !== undefined) throw new ViraFailure();
};

/** The same from a file, as at a start with `--import`. */
export const importFile = async (state: Opening, path: string): Promise<void> => {
	const text = await state.machine.files.readFile(path, asPrograms);
	if (text === undefined) throw new ViraFailure(notOpened(path));
	await importText(state, text, path);
};

/** `vira export`: its object ends without a line break. */
export const exportState = async (state: Opening): Promise<void> => {
	await openState(state);
	await closeState(state, exported(await readRepositories(state.machine, state.folder)));
};

/** `vira import`: reads standard input. */
export const importState = async (state: Opening, input: string): Promise<void> => {
	await openState(state);
	await closingOnFailure(state, () => importText(state, input));
	await closeState(state);
};
