import {parseJson} from '../settings/parse-json.ts';
import {commandText} from './command-text.ts';
import type {Command} from './system.ts';

/** Clone URLs by name, as `vira export` prints them and `vira import` takes them. */
export type Repositories = Readonly<Record<string, string>>;

/** Where the JSON object that begins the text ends; undefined where it does not end. Braces in strings do not count. */
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

/** What a Vira has exported. */
export interface Exported {
	/** The JSON object alone: what `vira import` takes back. */
	readonly json: string;
	readonly repositories: Repositories;
}

/**
 * Finds the object in what `vira export` prints: lines about the database come before it, and another follows on the
 * line that it stands on. undefined: there is none, so that nothing is known of the repositories.
 */
export const findExport = (output: string): Exported | undefined => {
	for (const line of output.split('\n').filter((one) => one.startsWith('{'))) {
		const json = line.slice(0, endOfObject(line) ?? 0);
		const repositories = repositoriesIn(json);
		if (repositories) return {json, repositories};
	}
	return undefined;
};

/** `vira export` opens the state, which only one process can hold: it answers while the service is stopped. */
export const exportCommand = (program: string, stateFolder: string): Command => [
	program,
	'--state-dir',
	stateFolder,
	'export',
];

/** Room for a hundred thousand repositories. */
export const exportBytes = 64 * 2 ** 20;

/** For a person to type: the object alone, out of all that is printed, is what `vira import` takes back. */
export const exportByHand = (program: string, stateFolder: string, file: string): string =>
	`${commandText(exportCommand(program, stateFolder))} | grep -o '{.*}' > ${file}`;
