import {commandText} from '../command-text.ts';
import {cannotRead, findExisting, isNotA, look, namesIn, reasonAgainst} from '../paths.ts';
import type {System, Command} from '../system.ts';
import {parseJson} from '../../settings/json.ts';

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

/** Clone URLs by name, as `vira export` prints and `vira import` reads them. */
export type Repositories = Readonly<Record<string, string>>;

/** The end of the JSON object at the beginning of the text; undefined if it does not end. Ignores braces in strings. */
const endOfObject = (text: string): number | undefined => {
	let depth = 0;
	let inString = false;
	for (let at = 0; at < text.length; at += 1) {
		const sign = text[at];
		if (sign === '"') inString = !inString;
		else if (sign === '\\') at += 1;
		else if (!inString && sign === '{') depth += 1;
		else if (!inString && sign === '}') depth -= 1;
		if (depth === 0) return at + 1;
	}
	return undefined;
};

const isRepositories = (value: unknown): value is Repositories =>
	typeof value === 'object' &&
	value !== null &&
	!Array.isArray(value) &&
	Object.values(value).every((url) => typeof url === 'string');

const repositoriesIn = (json: string): Repositories | undefined => {
	try {
		const {repositories} = parseJson(json) as {readonly repositories?: unknown};
		return isRepositories(repositories) ? repositories : undefined;
	} catch {
		return undefined;
	}
};

/** The export of a Vira. */
interface Exported {
	/** Only the JSON object, which `vira import` accepts. */
	readonly json: string;
	readonly repositories: Repositories;
}

/**
 * Finds the object in the output of `vira export`: lines about the database precede it, and more text follows on its
 * line. undefined: there is none, so the repositories are unknown.
 */
export const findExport = (output: string): Exported | undefined => {
	for (const line of output.split('\n').filter((one) => one.startsWith('{'))) {
		const json = line.slice(0, endOfObject(line) ?? 0);
		const repositories = repositoriesIn(json);
		if (repositories) return {json, repositories};
	}
	return undefined;
};

/** `vira export` opens the state, which only one process can hold, so the service must be stopped. */
export const exportCommand = (program: string, stateFolder: string): Command => [
	program,
	'--state-dir',
	stateFolder,
	'export',
];

/** Enough for a hundred thousand repositories. */
export const exportBytes = 64 * 2 ** 20;

/** For a person to type: it extracts the object, because `vira import` accepts nothing else. */
export const exportByHand = (program: string, stateFolder: string, file: string): string =>
	`${commandText(exportCommand(program, stateFolder))} | grep -o '{.*}' > ${file}`;
