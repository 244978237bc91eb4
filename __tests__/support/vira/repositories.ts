import {Failure, reasonOf} from './failure.ts';

/** Clone URLs by name. */
export type Repositories = Readonly<Record<string, string>>;

const isRecord = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

const isRepositories = (value: unknown): value is Repositories =>
	isRecord(value) && Object.values(value).every((url) => typeof url === 'string');

/** Reads `{"repositories": {"NAME": "CLONE_URL"}}`. */
export const parseRepositories = (text: string): Repositories => {
	let parsed: unknown;
	try {
		parsed = JSON.parse(text);
	} catch (error) {
		throw new Failure(`Import failed: Invalid JSON: ${reasonOf(error)}`);
	}
	if (isRecord(parsed) && isRepositories(parsed['repositories'])) return parsed['repositories'];
	throw new Failure('Import failed: Invalid JSON: expected {"repositories": {"NAME": "CLONE_URL"}}');
};

/** The repositories that are not there yet; none is new when one of them contradicts what is there. */
export const newAmong = (given: Repositories, existing: Repositories): Repositories => {
	const isThere = (name: string): boolean => Object.hasOwn(existing, name);
	for (const [name, url] of Object.entries(given)) {
		if (isThere(name) && existing[name] !== url) {
			const why = `Repository '${name}' already exists with different URL: ${existing[name] ?? ''}, not ${url}`;
			throw new Failure(`Import failed: Repository import failed: ${why}`);
		}
	}
	return Object.fromEntries(Object.entries(given).filter(([name]) => !isThere(name)));
};
