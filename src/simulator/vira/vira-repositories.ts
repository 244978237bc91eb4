import {haskellText} from './vira-words.ts';

/** Clone URLs by name. */
export type RepositoryUrls = Readonly<Record<string, string>>;

const isRecord = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

const isRepositories = (value: unknown): value is RepositoryUrls =>
	isRecord(value) && Object.values(value).every((url) => typeof url === 'string');

/** Reads the JSON that an import takes: this object alone; undefined for everything else. */
export const parseImport = (text: string): RepositoryUrls | undefined => {
	try {
		const parsed: unknown = JSON.parse(text);
		const repositories = isRecord(parsed) ? parsed['repositories'] : undefined;
		return isRepositories(repositories) ? repositories : undefined;
	} catch {
		return undefined;
	}
};

/** The order of Haskell's Map, by the code of each character. */
const inOrder = (repositories: RepositoryUrls): readonly (readonly [string, string])[] =>
	Object.entries(repositories).toSorted(([one], [other]) => (one < other ? -1 : 1));

/** The object that `vira export` prints. */
export const exported = (repositories: RepositoryUrls): string =>
	JSON.stringify({repositories: Object.fromEntries(inOrder(repositories))});

/** What comes of an import. */
interface ImportResult {
	/** What is new, which is added even where the import fails. */
	readonly added: RepositoryUrls;
	/** Why it fails, without the words before it. */
	readonly failure: string | undefined;
}

const conflictIn = (known: RepositoryUrls, [name, url]: readonly [string, string]): readonly string[] => {
	const existing = Object.hasOwn(known, name) ? known[name] : undefined;
	if (existing === undefined || existing === url) return [];
	return [
		`Repository '${haskellText(name)}' already exists with different URL:`,
		`  Existing: ${haskellText(existing)}`,
		`  Import:   ${haskellText(url)}`,
	];
};

/** Imports one repository after the other, as State/JSON.hs does: a conflict keeps only its own out. */
export const importInto = (known: RepositoryUrls, text: string): ImportResult => {
	const given = parseImport(text);
	if (!given) return {added: {}, failure: 'Invalid JSON format'};
	const entries = inOrder(given);
	const conflicts = entries.flatMap((entry) => conflictIn(known, entry));
	return {
		added: Object.fromEntries(entries.filter(([name]) => !Object.hasOwn(known, name))),
		failure: conflicts.length === 0 ? undefined : ['Repository import failed:', ...conflicts, ''].join('\n'),
	};
};

/** What an import says at its end. */
export const importReport = ({failure}: ImportResult, from: string | undefined): string =>
	failure === undefined ? `Imported from: ${from ?? 'stdin'}` : `Import failed: ${failure}`;
