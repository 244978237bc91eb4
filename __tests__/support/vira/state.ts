import {
	closeSync,
	existsSync,
	fsyncSync,
	mkdirSync,
	openSync,
	readFileSync,
	renameSync,
	rmSync,
	writeFileSync,
	writeSync,
} from 'node:fs';
import {join} from 'node:path';
import {
	exported,
	importInto,
	importReport,
	parseImport,
	type RepositoryUrls,
} from '../../../src/simulator/vira/vira-repositories.ts';
import {closing, opened, opening} from '../../../src/simulator/vira/vira-words.ts';
import {Failure} from './failure.ts';
import {takeLock} from './lock.ts';
import {print} from './log.ts';
import {settleSchema, type StateRequest} from './schema.ts';

/** The state while this process holds it. */
export interface State {
	readonly repositories: () => RepositoryUrls;
	/** Adds what does not conflict, and says how it went; the file is undefined for standard input. */
	readonly importFrom: (json: string, file?: string) => void;
	/** Writes a checkpoint; the words that say so can follow others on their line. */
	readonly close: (before?: string) => void;
}

const writeThrough = (path: string, content: string, flags: 'a' | 'w'): void => {
	const file = openSync(path, flags);
	writeSync(file, content);
	fsyncSync(file);
	closeSync(file);
};

const readIfThere = (path: string): string => (existsSync(path) ? readFileSync(path, 'utf8') : '');

const parsed = (text: string): RepositoryUrls => {
	if (text === '') return {};
	const repositories = parseImport(text);
	if (repositories) return repositories;
	throw new Failure(
		'vira: Could not parse saved checkpoint due to the following error: demandInput: not enough bytes',
	);
};

interface Database {
	readonly repositories: () => RepositoryUrls;
	readonly add: (added: RepositoryUrls) => void;
	readonly checkpoint: () => void;
}

// As in Vira's database every change is on disk at once, and a checkpoint folds the changes into one file:
// after a kill the changes are still there, and that no checkpoint was made can be seen.
const openDatabase = (folder: string): Database => {
	const checkpoint = join(folder, 'checkpoint.json');
	const events = join(folder, 'events.log');
	const history = [readIfThere(checkpoint).trim(), ...readIfThere(events).split('\n')];
	let repositories: RepositoryUrls = Object.assign({}, ...history.map(parsed)) as RepositoryUrls;
	return {
		repositories: () => repositories,
		add: (added) => {
			if (Object.keys(added).length === 0) return;
			writeThrough(events, `${exported(added)}\n`, 'a');
			repositories = {...repositories, ...added};
		},
		checkpoint: () => {
			writeThrough(`${checkpoint}.new`, `${exported(repositories)}\n`, 'w');
			renameSync(`${checkpoint}.new`, checkpoint);
			rmSync(events, {force: true});
		},
	};
};

const makeJobFolders = (folder: string, repositories: RepositoryUrls): void => {
	for (const name of Object.keys(repositories)) {
		mkdirSync(join(folder, 'workspace', encodeURIComponent(name), 'jobs'), {recursive: true});
	}
};

/** Opens the state for this process alone. */
export const openState = async (request: StateRequest): Promise<State> => {
	const {folder, schemaVersion} = request;
	settleSchema(request);
	print(opening);
	const place = join(folder, 'ViraState');
	mkdirSync(place, {recursive: true});
	await takeLock(place, folder);
	const {repositories, add, checkpoint} = openDatabase(place);
	print(opened(schemaVersion));
	writeFileSync(join(folder, 'schema-version'), String(schemaVersion));
	return {
		repositories,
		importFrom: (json, file) => {
			const imported = importInto(repositories(), json);
			add(imported.added);
			makeJobFolders(folder, imported.added);
			print(importReport(imported, file));
			if (imported.failure !== undefined) throw new Failure();
		},
		close: (before = '') => {
			print(`${before}${closing}`);
			checkpoint();
		},
	};
};
