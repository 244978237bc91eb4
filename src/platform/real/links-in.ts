import {readdir, readlink} from 'node:fs/promises';
import {join} from 'node:path';

/** If a process ends meanwhile, its folder does not exist any more (proc(5)). */
const notThere: readonly (string | undefined)[] = ['ENOENT', 'ESRCH'];

const namesIn = (path: string): Promise<readonly string[] | undefined> =>
	readdir(path).catch((error: unknown) => {
		if (notThere.includes((error as NodeJS.ErrnoException).code)) return undefined;
		throw error;
	});

/** The targets of the links in a folder; links that were removed meanwhile and other files are skipped. */
export const linksIn = async (path: string): Promise<readonly string[] | undefined> => {
	const names = await namesIn(path);
	if (!names) return undefined;
	const said = await Promise.all(names.map((name) => readlink(join(path, name)).catch(() => undefined)));
	return said.filter((target) => target !== undefined);
};
