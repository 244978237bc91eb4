import {createHash} from 'node:crypto';
import {parseJson} from '../settings/parse-json.ts';

/** A copy of what a file was until we replaced it. Paths are absolute. */
export interface Kept {
	readonly of: string;
	readonly copy: string;
	/** When it was replaced, ISO 8601; absent: the receipt that told it was lost. */
	readonly until?: string;
}

/** A folder in which a Vira that was set up keeps its state, or kept it before it was given another. */
export interface StatePlace {
	/** Absolute. */
	readonly path: string;
	/** Names in it that Vira gives as well, and that were there before a Vira was: they are the person's. */
	readonly theirs: readonly string[];
}

/** What we created on this machine: how a later run knows what is ours. */
export interface Receipt {
	readonly schema: 1;
	/** `pending` from before the first change until after the last: a run that ended in between was killed. */
	readonly state: 'pending' | 'complete';
	/** When it was written, ISO 8601. */
	readonly at: string;
	/** Whether it was us who turned lingering on. */
	readonly lingerEnabled: boolean;
	/** Files of ours: path → SHA-256 of the content, hexadecimal. */
	readonly files: Readonly<Record<string, string>>;
	/** While pending: the hashes of what was ours before. A run that was killed has left some of each. */
	readonly filesBefore?: Readonly<Record<string, string>>;
	/** Texts that our files had before, those of one file the newest first; each copy is among `files` as well. */
	readonly kept?: readonly Kept[];
	/** Folders that were not there before us, parents first. */
	readonly folders: readonly string[];
	/** Folders with the links to what Nix has built for us: nothing else keeps it. */
	readonly links?: readonly string[];
	/** Where Vira keeps its state, as it was applied. */
	readonly stateFolder?: string;
	/** Every folder that was one, the one that is one now last; absent: written when only that was kept. */
	readonly states?: readonly StatePlace[];
	/** While pending: it is being removed. A run that was killed has left some of it. */
	readonly removing?: true;
}

export const hashOf = (content: string): string => createHash('sha256').update(content).digest('hex');

export const formatReceipt = (receipt: Receipt): string => `${JSON.stringify(receipt, undefined, '\t')}\n`;

/** Whether a file is as we left it, or as one of the two that a killed run can have left. */
export const isOurs = (receipt: Receipt | undefined, path: string, content: string): boolean =>
	[receipt?.files[path], receipt?.filesBefore?.[path]].includes(hashOf(content));

type Unknown<T> = Partial<Record<keyof T, unknown>>;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** No file has a name with a NUL in it, and to ask for one is a mistake. */
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

/** What is wrong there is left out: the copies tell by their names what they are. */
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

const parsedIn = (text: string): unknown => {
	try {
		return parseJson(text);
	} catch {
		return undefined;
	}
};

const parseParts = (parsed: Unknown<Receipt>): Receipt | undefined => {
	const {schema, state, at, lingerEnabled, stateFolder, removing} = parsed;
	const [files, folders] = [parseHashes(parsed.files), parsePaths(parsed.folders)];
	if (schema !== 1 || (state !== 'pending' && state !== 'complete') || !files || !folders) return undefined;
	const [filesBefore, links] = [parseHashes(parsed.filesBefore), parsePaths(parsed.links)];
	const [kept, states] = [parseKept(parsed.kept), parseStates(parsed.states)];
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
		...(isPath(stateFolder) && {stateFolder}),
		...(states.length > 0 && {states}),
		...(removing === true && {removing}),
	};
};

/**
 * Written by a vira-setup that took a home such as `/home/alice/` as it was written. Nothing in a receipt but a path has
 * a slash.
 */
const doubled = /\/(?:\.?\/)+/gu;

/** undefined for a text that is no receipt of a kind we know; in one that is, what is wrong is left out. */
export const parseReceipt = (text: string): Receipt | undefined => {
	const parsed = parsedIn(text.replaceAll(doubled, '/'));
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
	'stateFolder',
	'states',
	'removing',
];

/** Whether it is a receipt in which nothing is wrong. */
export const isWholeReceipt = (text: string): boolean => {
	const [parsed, receipt] = [parsedIn(text), parseReceipt(text)];
	return (
		isObject(parsed) &&
		receipt !== undefined &&
		fields.every((field) => JSON.stringify(parsed[field]) === JSON.stringify(receipt[field]))
	);
};
