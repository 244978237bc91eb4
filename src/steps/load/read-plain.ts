import {SetupError} from '../../errors.ts';
import type {ReadOptions, System} from '../../platform/system.ts';
import type {FileBefore} from '../../platform/actions/action-kind.ts';
import {look} from '../../platform/paths.ts';

/** A regular file; undefined for a link, for a file that cannot be read, and for one that could not be restored exactly. */
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
