import {readdir, readlink} from 'node:fs/promises';
import {join} from 'node:path';

/** Where a process ends while it is looked at, its folder is gone (proc(5)). */
const notThere: readonly (string | undefined)[] = ['ENOENT', 'ESRCH'];

const namesIn = (path: string): Promise<readonly string[] | undefined> =>
	readdir(path).catch((error: unknown) => {
		if (notThere.includes((error as NodeJS.ErrnoException).code)) return undefined;
		throw error;
	});

/** What the links in a folder say; one that was removed meanwhile says nothing, and nor does what is none (readlink(2)). */
export const linksIn = async (path: string): Promise<readonly string[] | undefined> => {
	const names = await namesIn(path);
	if (!names) return undefined;
	const said = await Promise.all(names.map((name) => readlink(join(path, name)).catch(() => undefined)));
	return said.filter((target) => target !== undefined);
};
