import {parseJson} from '../../settings/json.ts';
import {commandText} from '../command-text.ts';
import type {Command} from '../system.ts';

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
