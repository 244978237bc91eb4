import {commandText} from '../command-text.ts';
import {cannotRead, findExisting, isNotA, look, namesIn, reasonAgainst} from '../paths.ts';
import type {System} from '../system.ts';

/** Names of Vira's own files, and of the backups of a state that vira-setup keeps. */
const viraNames =
	/^(?:ViraState|schema-version|workspace|tls|cache-keys|before-reset-\d{8}T\d{6}(?:-\d+)?|before-update-\d{8}T\d{6}\.json)$/u;

/** Vira creates these two on its first start; they identify a state. Deleted in this order, after everything else. */
const stateMarks: readonly string[] = ['ViraState', 'schema-version'];

export const isOfVira = (name: string): boolean => viraNames.test(name);

/** Whether a folder with these names contains a Vira state: a name such as `workspace` alone does not prove it. */
export const holdsState = (names: readonly string[]): boolean =>
	stateMarks.some((mark) => names.includes(mark));

/** In the order of deletion: what identifies the state comes last, so that an interrupted purge can be continued. */
export const marksLast = (names: readonly string[]): readonly string[] =>
	names.toSorted((one, other) => stateMarks.indexOf(one) - stateMarks.indexOf(other));

/** Such as `3 job folders`; `at least` if a folder cannot be read. */
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

/** The state in the folder, if there is one, or why it cannot be read: a sentence. */
const readState = async (
	system: System,
	folder: string,
): Promise<{readonly version: string | undefined} | string | undefined> => {
	const path = `${folder}/schema-version`;
	const {nearest, found, missing, hidden} = await findExisting(system, path);
	const allow = (change: string): string => `To allow it: ${commandText(['chmod', change, nearest])}`;
	if (hidden) return `${cannotRead(nearest, await reasonAgainst(system, found, 0o100))} ${allow('u+x')}`;
	if (!(await look(system, `${folder}/ViraState`))) return undefined;
	if (missing.length > 0) return {version: undefined};
	if (found.leadsTo !== 'file')
		return `${isNotA('file', path)} Vira stores its schema version there. Use another folder, or move it aside: ${commandText(['mv', path, `${path}.away`])}`;
	if (found.readable) return {version: (await system.readFile(path, {lossy: true}))?.trim()};
	const why = cannotRead(path, await reasonAgainst(system, found, 0o400));
	return found.owner === system.user.uid
		? `${why} ${allow('u+r')}`
		: `${why} To take ownership: ${commandText(['sudo', 'chown', system.user.name, path])}`;
};

/** Why Vira cannot use a state: it has another schema, or cannot be read. */
interface UnfitState {
	readonly is: 'other-schema' | 'unreadable';
	readonly message: string;
}

/** undefined: Vira can use the state, or there is none. */
export const whyUnfit = async (
	system: System,
	folder: string,
	schema: number,
): Promise<UnfitState | undefined> => {
	// Another check refuses a folder that the user cannot write to.
	if (!(await look(system, folder))?.writable) return undefined;
	const state = await readState(system, folder);
	if (typeof state === 'string') return {is: 'unreadable', message: state};
	if (!state || state.version?.replace(/^0+(?=\d)/u, '') === String(schema)) return undefined;
	const found = state.version ? `schema version ${state.version}` : 'no known schema version';
	return {is: 'other-schema', message: `The state in ${folder} has ${found}, but this Vira needs ${schema}.`};
};

/** What this Vira would do to it with `--auto-reset-state`. */
export const lossOf = async (system: System, {message}: UnfitState, folder: string): Promise<string> =>
	`${message} When it starts, it would delete the database and ${await countJobFolders(system, folder)}.`;
