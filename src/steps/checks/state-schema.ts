import {commandText} from '../../platform/command-text.ts';
import type {System} from '../../platform/system.ts';
import {findPlace, look, namesIn, reasonAgainst} from '../place.ts';

/** In words: of a folder that this person may not look into nobody knows how many are in it. */
const countJobFolders = async (system: System, stateFolder: string): Promise<string> => {
	const workspace = `${stateFolder}/workspace`;
	const repositories = await namesIn(system, workspace);
	const jobs = await Promise.all(
		(repositories === 'hidden' ? [] : repositories).map((name) =>
			namesIn(system, `${workspace}/${name}/jobs`),
		),
	);
	const count = jobs.flatMap((names) => (names === 'hidden' ? [] : names)).length;
	const least = repositories === 'hidden' || jobs.includes('hidden') ? 'at least ' : '';
	return `${least}${count} job folder${count === 1 ? '' : 's'}`;
};

interface State {
	readonly folder: string;
	/** What its file schema-version says; undefined where it has none. */
	readonly version: string | undefined;
}

/** The state that is in the folder, if there is one, or why it cannot be read: a sentence. */
const readState = async (system: System, folder: string): Promise<State | string | undefined> => {
	const path = `${folder}/schema-version`;
	const {nearest, found, missing, hidden} = await findPlace(system, path);
	const allow = (change: string): string => `Allow it: ${commandText(['chmod', change, nearest])}`;
	if (hidden)
		return `You may not look into ${nearest}: ${await reasonAgainst(system, found, 0o100)}. ${allow('u+x')}`;
	if (!(await look(system, `${folder}/ViraState`))) return undefined;
	if (missing.length > 0) return {folder, version: undefined};
	if (found.leadsTo !== 'file')
		return `${path} is no file: Vira keeps the number of its schema there. Use another folder, or move it away: ${commandText(['mv', path, `${path}.away`])}`;
	if (found.readable) return {folder, version: (await system.readFile(path, {lossy: true}))?.trim()};
	const why = `You may not read ${path}: ${await reasonAgainst(system, found, 0o400)}.`;
	const own = found.owner === system.user.uid;
	return own
		? `${why} ${allow('u+r')}`
		: `${why} Have it given to you: ${commandText(['sudo', 'chown', system.user.name, path])}`;
};

/** Why a Vira does not go on with a state, in a sentence: it is of another schema, or cannot be looked at. */
export interface Unfit {
	readonly is: 'other-schema' | 'unreadable';
	readonly message: string;
}

/** undefined: nothing speaks against the state, or there is none. */
export const whyUnfit = async (
	system: System,
	folder: string,
	schema: number,
): Promise<Unfit | undefined> => {
	// Another check refuses a folder that is not this person's to write in.
	if (!(await look(system, folder))?.writable) return undefined;
	const state = await readState(system, folder);
	if (typeof state === 'string') return {is: 'unreadable', message: state};
	if (!state || state.version?.replace(/^0+(?=\d)/u, '') === String(schema)) return undefined;
	const found = state.version ? `of schema ${state.version}` : 'of no known schema';
	return {is: 'other-schema', message: `The state in ${folder} is ${found}, this Vira's is ${schema}:`};
};

/** What such a Vira with `--auto-reset-state` would do to it. */
export const lossOf = async (system: System, {message}: Unfit, folder: string): Promise<string> =>
	`${message} at its start it would delete the database and ${await countJobFolders(system, folder)}.`;
