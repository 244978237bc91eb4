import {createHash} from 'node:crypto';
import {parseJson} from '../../settings/json.ts';

/** A backup of a file that vira-setup replaced. Paths are absolute. */
export interface Kept {
	readonly of: string;
	readonly copy: string;
	/** When it was replaced, ISO 8601; absent: unknown, as the receipt was lost. */
	readonly until?: string;
}

/** A current or previous state folder. */
export interface StatePlace {
	/** Absolute. */
	readonly path: string;
	/** Names in it that Vira uses too, but that existed before Vira: they belong to the user. */
	readonly theirs: readonly string[];
}

/** A state that only another Vira can read, and that is kept. Paths are absolute. */
export interface FormerState {
	/** The Vira that can read it. */
	readonly installable: string;
	readonly folder: string;
	readonly keptIn: string;
}

/** The Vira that was replaced last, kept from garbage collection. */
export interface FormerBuild {
	readonly installable: string;
	/** Holds the links to it, absolute. */
	readonly folder: string;
	/** When it was replaced, ISO 8601. */
	readonly until: string;
	/** The SHA-256 of the settings file that it was used with, hexadecimal. */
	readonly settings: string;
	/** The state that only it can read, if it was moved aside. */
	readonly state?: FormerState;
}

/** What vira-setup created on this machine, for later runs. */
export interface Receipt {
	readonly schema: 1;
	/** `pending` from before the first change until after the last: then the run was interrupted. */
	readonly state: 'pending' | 'complete';
	/** When it was written, ISO 8601. */
	readonly at: string;
	/** Whether vira-setup turned lingering on. */
	readonly lingerEnabled: boolean;
	/** Our files: path → SHA-256 of the content, hexadecimal. */
	readonly files: Readonly<Record<string, string>>;
	/** While pending: the previous hashes. An interrupted run has left some files of each kind. */
	readonly filesBefore?: Readonly<Record<string, string>>;
	/** Backups of our files, for each file the newest first; each backup is also listed in `files`. */
	readonly kept?: readonly Kept[];
	/** Folders that vira-setup created, parents first. */
	readonly folders: readonly string[];
	/** Folders with the links that protect what Nix built for us from garbage collection. */
	readonly links?: readonly string[];
	/** The Vira before the current one, if Nix built it. */
	readonly former?: FormerBuild;
	/** While pending: the links to the builds that replace others, by installable. */
	readonly replacing?: Readonly<Record<string, string>>;
	/** While pending: the state that is to be used again. */
	readonly replacingState?: FormerState;
	/** The `package` in use, if vira-setup chose it as the default. */
	readonly defaultPackage?: string;
	/** Vira's state folder, as applied last. */
	readonly stateFolder?: string;
	/** All state folders, the current one last; absent in older receipts, which recorded only that one. */
	readonly states?: readonly StatePlace[];
	/** While pending: a removal has begun. If it was interrupted, some files remain. */
	readonly removing?: true;
}

export const hashOf = (content: string): string => createHash('sha256').update(content).digest('hex');

export const formatReceipt = (receipt: Receipt): string => `${JSON.stringify(receipt, undefined, '\t')}\n`;

/** Whether a file is as vira-setup wrote it, in either version that an interrupted run can leave. */
export const isOurs = (receipt: Receipt | undefined, path: string, content: string): boolean =>
	[receipt?.files[path], receipt?.filesBefore?.[path]].includes(hashOf(content));

type Unknown<T> = Partial<Record<keyof T, unknown>>;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** No file name contains a NUL, and asking for one is an error. */
const isPath = (value: unknown): value is string =>
	typeof value === 'string' && value.startsWith('/') && !value.includes('\0');

const parsePaths = (entries: unknown): readonly string[] | undefined =>
	Array.isArray(entries) ? (entries as readonly unknown[]).filter(isPath) : undefined;

const parseHashes = (entries: unknown): Receipt['files'] | undefined =>
	isObject(entries)
		? Object.fromEntries(
				Object.entries(entries).flatMap(([path, hash]) =>
					isPath(path) && typeof hash === 'string' ? [[path, hash] as const] : [],
				),
			)
		: undefined;

/** Invalid entries are left out: the names of the backups say what they are. */
const parseKept = (entries: unknown): readonly Kept[] =>
	(Array.isArray(entries) ? (entries as readonly unknown[]) : []).flatMap((entry) => {
		const {of, copy, until} = (entry ?? {}) as Unknown<Kept>;
		if (!isPath(of) || !isPath(copy)) return [];
		const isTime = typeof until === 'string' && !Number.isNaN(Date.parse(until));
		return [{of, copy, ...(isTime && {until})}];
	});

const parseStates = (entries: unknown): readonly StatePlace[] =>
	(Array.isArray(entries) ? (entries as readonly unknown[]) : []).flatMap((entry) => {
		const {path, theirs} = (entry ?? {}) as Unknown<StatePlace>;
		const isWhole = Array.isArray(theirs) && theirs.every((name) => typeof name === 'string');
		return isPath(path) && isWhole ? [{path, theirs}] : [];
	});

const parseFormerState = (value: unknown): FormerState | undefined => {
	const {installable, folder, keptIn} = (value ?? {}) as Unknown<FormerState>;
	return typeof installable === 'string' && isPath(folder) && isPath(keptIn)
		? {installable, folder, keptIn}
		: undefined;
};

const parseFormer = (value: unknown): FormerBuild | undefined => {
	const {installable, folder, until, settings, state} = (value ?? {}) as Unknown<FormerBuild>;
	const formerState = parseFormerState(state);
	return typeof installable === 'string' &&
		isPath(folder) &&
		typeof until === 'string' &&
		typeof settings === 'string'
		? {installable, folder, until, settings, ...(formerState && {state: formerState})}
		: undefined;
};

/** Installables are no paths. */
const parseReplacing = (entries: unknown): Receipt['replacing'] =>
	isObject(entries)
		? Object.fromEntries(
				Object.entries(entries).flatMap(([name, path]) => (isPath(path) ? [[name, path]] : [])),
			)
		: undefined;

const parsedIn = (text: string): unknown => {
	try {
		return parseJson(text);
	} catch {
		return undefined;
	}
};

const parseParts = (parsed: Unknown<Receipt>): Receipt | undefined => {
	const {schema, state, at, lingerEnabled, defaultPackage, stateFolder, removing} = parsed;
	const [files, folders] = [parseHashes(parsed.files), parsePaths(parsed.folders)];
	if (schema !== 1 || (state !== 'pending' && state !== 'complete') || !files || !folders) return undefined;
	const [filesBefore, links] = [parseHashes(parsed.filesBefore), parsePaths(parsed.links)];
	const [kept, states] = [parseKept(parsed.kept), parseStates(parsed.states)];
	const [former, replacing] = [parseFormer(parsed.former), parseReplacing(parsed.replacing)];
	const replacingState = parseFormerState(parsed.replacingState);
	return {
		schema,
		state,
		at: typeof at === 'string' ? at : '',
		lingerEnabled: lingerEnabled === true,
		files,
		...(filesBefore && {filesBefore}),
		...(kept.length > 0 && {kept}),
		folders,
		...(links && {links}),
		...(former && {former}),
		...(replacing && {replacing}),
		...(replacingState && {replacingState}),
		...(typeof defaultPackage === 'string' && {defaultPackage}),
		...(isPath(stateFolder) && {stateFolder}),
		...(states.length > 0 && {states}),
		...(removing === true && {removing}),
	};
};

/**
 * An older vira-setup kept the slash of a home folder such as `/home/alice/`. Only texts that begin with a slash are paths:
 * a Nix package can be a URL.
 */
const withSingleSlashes = (text: string): string =>
	text.replaceAll(/"\/(?:[^"\\]|\\.)*"/gu, (path) => path.replaceAll(/\/(?:\.?\/)+/gu, '/'));

/** undefined if the text is not a known receipt; invalid entries are left out. */
export const parseReceipt = (text: string): Receipt | undefined => {
	const parsed = parsedIn(withSingleSlashes(text));
	return isObject(parsed) ? parseParts(parsed) : undefined;
};

const fields: readonly (keyof Receipt)[] = [
	'at',
	'lingerEnabled',
	'files',
	'filesBefore',
	'kept',
	'folders',
	'links',
	'former',
	'replacing',
	'replacingState',
	'defaultPackage',
	'stateFolder',
	'states',
	'removing',
];

/** Whether it is a receipt without invalid entries. */
export const isWholeReceipt = (text: string): boolean => {
	const [parsed, receipt] = [parsedIn(text), parseReceipt(text)];
	return (
		isObject(parsed) &&
		receipt !== undefined &&
		fields.every((field) => JSON.stringify(parsed[field]) === JSON.stringify(receipt[field]))
	);
};

type StateFolders = Pick<Receipt, 'stateFolder' | 'states'> | undefined;

/** All state folders that were ever used, the current one last. */
export const statePlacesIn = (receipt: StateFolders): readonly StatePlace[] => {
	const {stateFolder, states = []} = receipt ?? {};
	const isListed = stateFolder === undefined || states.some(({path}) => path === stateFolder);
	return isListed ? states : [...states, {path: stateFolder, theirs: []}];
};

/** With this folder as the current one; its foreign names are recorded when it is first used, not later. */
export const statePlacesWith = (receipt: StateFolders, taken: StatePlace): readonly StatePlace[] => {
	const known = statePlacesIn(receipt);
	const before = known.find(({path}) => path === taken.path);
	return [...known.filter((place) => place !== before), before ?? taken];
};
