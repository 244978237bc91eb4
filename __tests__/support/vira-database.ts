import type {System} from '../../src/platform/system.ts';
import {put} from './installed.ts';

const defaultState = '/home/alice/.local/share/vira/state';

const filesIn = (stateFolder: string): readonly [checkpoint: string, events: string] => [
	`${stateFolder}/ViraState/checkpoint.json`,
	`${stateFolder}/ViraState/events.log`,
];

/** Clone URLs by name. */
type Repositories = Readonly<Record<string, string>>;

/** The repositories in the texts of a checkpoint and of what was changed after it. */
export const repositoriesFrom = (...texts: readonly (string | undefined)[]): Repositories => {
	const changes = texts.flatMap((text) => text?.split('\n') ?? []).filter((line) => line !== '');
	const known = changes.map((line) => (JSON.parse(line) as {repositories?: Repositories}).repositories);
	return Object.assign({}, ...known) as Repositories;
};

/** The repositories that the simulated Vira has in its database; undefined where there is no database. */
export const repositoriesIn = async (
	system: System,
	stateFolder = defaultState,
): Promise<Repositories | undefined> => {
	if (!(await system.inspect(`${stateFolder}/ViraState`))) return undefined;
	const [checkpoint, events] = filesIn(stateFolder);
	return repositoriesFrom(await system.readFile(checkpoint), await system.readFile(events));
};

/** Lets the simulated Vira have these repositories and no others, as when a person has changed them on its page. */
export const putRepositories = async (
	system: System,
	repositories: Repositories,
	stateFolder = defaultState,
): Promise<void> => {
	const [checkpoint, events] = filesIn(stateFolder);
	await put(system, checkpoint, `${JSON.stringify({repositories})}\n`);
	await system.deleteFile(events);
};
