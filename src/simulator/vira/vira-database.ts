import {asPrograms, writeWithFolders, type Machine} from '../machine.ts';
import {exported, parseImport, type RepositoryUrls} from './vira-repositories.ts';
import {ViraFailure} from './vira-words.ts';

/** Where the database lies in a state folder, and its files: every change at once, and all of them in a checkpoint. */
export const databaseFolder = (stateFolder: string): string => `${stateFolder}/ViraState`;

const checkpointFile = (stateFolder: string): string => `${databaseFolder(stateFolder)}/checkpoint.json`;

const eventsFile = (stateFolder: string): string => `${databaseFolder(stateFolder)}/events.log`;

/** Empty, and never removed: the lock itself ends with the process. */
export const lockFile = (stateFolder: string): string => `${databaseFolder(stateFolder)}/open.lock`;

const parsed = (text: string): RepositoryUrls => {
	const repositories = parseImport(text);
	if (repositories) return repositories;
	throw new ViraFailure(
		'vira: Could not parse saved checkpoint due to the following error: demandInput: not enough bytes',
	);
};

/** The repositories in the database, as after its last change. */
export const readRepositories = async ({files}: Machine, stateFolder: string): Promise<RepositoryUrls> => {
	const checkpoint = (await files.readFile(checkpointFile(stateFolder), asPrograms))?.trim() ?? '';
	const events = (await files.readFile(eventsFile(stateFolder), asPrograms)) ?? '';
	const changes = [checkpoint, ...events.split('\n')].filter((text) => text !== '');
	return Object.assign({}, ...changes.map(parsed)) as RepositoryUrls;
};

/** Adds to the database, so that no kill takes it away again. */
export const addRepositories = async (
	machine: Machine,
	stateFolder: string,
	added: RepositoryUrls,
): Promise<void> => {
	if (Object.keys(added).length === 0) return;
	const path = eventsFile(stateFolder);
	const content = `${(await machine.files.readFile(path, asPrograms)) ?? ''}${exported(added)}\n`;
	await writeWithFolders(machine, path, {content, mode: 0o644});
};

/** Writes everything into one file. */
export const writeCheckpoint = async (machine: Machine, stateFolder: string): Promise<void> => {
	const content = `${exported(await readRepositories(machine, stateFolder))}\n`;
	await writeWithFolders(machine, checkpointFile(stateFolder), {content, mode: 0o644});
	await machine.files.deleteFile(eventsFile(stateFolder));
};
