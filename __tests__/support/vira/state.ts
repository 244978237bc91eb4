import {
	closeSync,
	existsSync,
	fsyncSync,
	mkdirSync,
	openSync,
	readFileSync,
	renameSync,
	rmSync,
	writeSync,
} from 'node:fs';
import {join} from 'node:path';
import {releaseLock, takeLock} from './lock.ts';
import {newAmong, parseRepositories, type Repositories} from './repositories.ts';
import {settleSchema, type StateRequest} from './schema.ts';

/** The state while this process holds it. */
export interface State {
	readonly repositories: () => Repositories;
	readonly importFrom: (json: string) => void;
	readonly checkpoint: () => void;
	readonly release: () => void;
}

const writeThrough = (path: string, content: string, flags: 'a' | 'w'): void => {
	const file = openSync(path, flags);
	writeSync(file, content);
	fsyncSync(file);
	closeSync(file);
};

const readIfThere = (path: string): string => (existsSync(path) ? readFileSync(path, 'utf8') : '');

const addedBy = (json: string): Repositories => (json === '' ? {} : parseRepositories(json));

// As in Vira's database every change is on disk at once, and a checkpoint folds the changes into one file:
// after a kill the changes are still there, and that no checkpoint was made can be seen.
const openDatabase = (folder: string): Omit<State, 'release'> => {
	const checkpoint = join(folder, 'checkpoint.json');
	const events = join(folder, 'events.log');
	const history = [readIfThere(checkpoint), ...readIfThere(events).split('\n')];
	let repositories: Repositories = Object.assign({}, ...history.map(addedBy)) as Repositories;
	return {
		repositories: () => repositories,
		importFrom: (json) => {
			const added = newAmong(parseRepositories(json), repositories);
			if (Object.keys(added).length === 0) return;
			writeThrough(events, `${JSON.stringify({repositories: added})}\n`, 'a');
			repositories = {...repositories, ...added};
		},
		checkpoint: () => {
			writeThrough(`${checkpoint}.new`, JSON.stringify({repositories}), 'w');
			renameSync(`${checkpoint}.new`, checkpoint);
			rmSync(events, {force: true});
		},
	};
};

const makeJobFolders = (folder: string, repositories: Repositories): void => {
	for (const name of Object.keys(repositories)) {
		mkdirSync(join(folder, 'workspace', encodeURIComponent(name), 'jobs'), {recursive: true});
	}
};

/** Opens the state for this process alone. */
export const openState = (request: StateRequest): State => {
	mkdirSync(request.folder, {recursive: true});
	settleSchema(request);
	const folder = join(request.folder, 'ViraState');
	const lock = join(folder, 'open.lock');
	mkdirSync(folder, {recursive: true});
	takeLock(lock, request.log);
	const database = openDatabase(folder);
	return {
		...database,
		importFrom: (json) => {
			database.importFrom(json);
			makeJobFolders(request.folder, database.repositories());
		},
		release: () => releaseLock(lock),
	};
};

export const asJson = (repositories: Repositories): string => JSON.stringify({repositories});
