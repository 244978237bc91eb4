import {posix} from 'node:path';
import {makeFolders, writeWithFolders, type Machine} from '../machine.ts';
import type {PlayedVira, ViraProcess} from '../machine-state.ts';
import {processesOf} from '../processes.ts';

/** Ends the simulated Vira: the message goes to its log, and its exit status is 1. */
export class ViraFailure extends Error {}

type Repositories = Readonly<Record<string, string>>;

export interface StateRequest {
	readonly folder: string;
	readonly vira: PlayedVira;
	readonly autoReset: boolean;
	readonly importFile: string | undefined;
	readonly https: boolean;
}

const databaseFolder = (folder: string): string => `${folder}/ViraState`;

const database = (folder: string): string => `${databaseFolder(folder)}/checkpoint.json`;

const parseRepositories = (text: string): Repositories => {
	try {
		const {repositories} = JSON.parse(text) as {repositories?: unknown};
		if (typeof repositories === 'object' && repositories !== null) return repositories as Repositories;
	} catch {
		// The message is the same as for JSON that holds something else.
	}
	throw new ViraFailure('Import failed: Invalid JSON: expected {"repositories": {"NAME": "CLONE_URL"}}');
};

export const readRepositories = async ({files}: Machine, folder: string): Promise<Repositories> => {
	const text = await files.readFile(database(folder));
	return text === undefined ? {} : parseRepositories(text);
};

const jobsFolder = (folder: string, repository: string): string =>
	`${folder}/workspace/${encodeURIComponent(repository)}/jobs`;

const reset = async (machine: Machine, folder: string): Promise<void> => {
	const known = Object.keys(await readRepositories(machine, folder));
	for (const gone of [databaseFolder(folder), ...known.map((name) => jobsFolder(folder, name))])
		await machine.files.deleteFolder(gone, {withContents: true});
};

const settleSchema = async (
	machine: Machine,
	{folder, vira, autoReset}: Pick<StateRequest, 'folder' | 'vira' | 'autoReset'>,
): Promise<void> => {
	const path = `${folder}/schema-version`;
	const found = (await machine.files.readFile(path))?.trim() ?? 'none';
	const isThere = (await machine.files.inspect(databaseFolder(folder))) !== undefined;
	const differs = isThere && found !== String(vira.schema);
	if (differs && !autoReset)
		throw new ViraFailure(
			[
				`Schema version mismatch: the state has ${found}, this Vira has ${vira.schema}.`,
				'Start with --auto-reset-state, or remove the state by hand:',
				`  rm -rf ${databaseFolder(folder)} ${folder}/workspace/*/jobs`,
			].join('\n'),
		);
	if (differs) await reset(machine, folder);
	await machine.files.writeFile(path, String(vira.schema), 0o644);
};

const imported = async (machine: Machine, path: string, known: Repositories): Promise<Repositories> => {
	const text = await machine.files.readFile(path);
	if (text === undefined)
		throw new ViraFailure(`${path}: openFile: does not exist (No such file or directory)`);
	const given = parseRepositories(text);
	const conflict = Object.keys(given).find(
		(name) => known[name] !== undefined && known[name] !== given[name],
	);
	if (conflict !== undefined)
		throw new ViraFailure(
			`Import failed: Repository import failed: Repository '${conflict}' already exists with different URL`,
		);
	return given;
};

/** Only one process can hold the state: a running one keeps every other from it. */
const demandUnlocked = ({state}: Machine, folder: string): void => {
	const holder = processesOf(state).find(({process}) => process.listens && stateFolderIn(process) === folder);
	if (holder) throw new ViraFailure(`vira: ${folder}/ViraState is locked by process ${holder.pid}`);
};

export const stateFolderIn = ({arguments: words, folder}: ViraProcess): string => {
	const place = words.indexOf('--state-dir');
	return posix.resolve(folder, place < 0 ? './state' : (words[place + 1] ?? ''));
};

/** What `vira export` prints. */
export const exportState = async (
	machine: Machine,
	vira: PlayedVira,
	values: ReadonlyMap<string, string>,
): Promise<string> => {
	const folder = posix.resolve('/', values.get('--state-dir') ?? './state');
	demandUnlocked(machine, folder);
	await settleSchema(machine, {folder, vira, autoReset: values.has('--auto-reset-state')});
	return JSON.stringify({repositories: await readRepositories(machine, folder)});
};

/** Opens the state as Vira does when it starts: the schema, the import, the job folders, its own certificate. */
export const openViraState = async (machine: Machine, request: StateRequest): Promise<void> => {
	const {folder, importFile, https} = request;
	await makeFolders(machine, folder);
	await settleSchema(machine, request);
	const known = await readRepositories(machine, folder);
	const given = importFile === undefined ? {} : await imported(machine, importFile, known);
	const repositories = {...known, ...given};
	const content = `${JSON.stringify({repositories})}\n`;
	await writeWithFolders(machine, database(folder), {content, mode: 0o644});
	for (const name of Object.keys(repositories)) await makeFolders(machine, jobsFolder(folder, name));
	if (!https) return;
	for (const name of ['server.crt', 'server.key']) {
		const path = posix.join(folder, 'tls', name);
		if (!(await machine.files.inspect(path)))
			await writeWithFolders(machine, path, {content: `A rehearsed ${name}\n`, mode: 0o600});
	}
};
