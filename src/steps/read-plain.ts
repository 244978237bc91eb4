import {SetupError} from '../errors.ts';
import type {ReadOptions, System} from '../platform/system.ts';
import type {FileBefore} from './action.ts';
import {look} from './place.ts';

/** An ordinary file; undefined for a link, for what this person may not read, and for what could not be put back as it is. */
export const readPlain = async (
	system: System,
	path: string,
	options: ReadOptions = {},
): Promise<FileBefore | undefined> => {
	const found = await look(system, path);
	if (found?.kind !== 'file' || !found.readable) return undefined;
	try {
		const content = await system.readFile(path, options);
		return content === undefined ? undefined : {content, mode: found.mode};
	} catch (error) {
		if (error instanceof SetupError) return undefined;
		throw error;
	}
};
