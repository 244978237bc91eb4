import {access, constants} from 'node:fs/promises';

/** A folder that does not exist yet may exist when a command searches it. */
const isOpen = (folder: string): Promise<boolean> =>
	access(folder, constants.X_OK).then(
		() => true,
		(error: unknown) => (error as NodeJS.ErrnoException).code === 'ENOENT',
	);

/**
 * The folders of PATH in which a program can be found. execvp(3) silently skips only missing folders: for a program that
 * does not exist, an inaccessible folder makes it report EACCES, and a failing file system its error. A shell skips all
 * of them.
 */
export const withOpenPath = async (environment: NodeJS.ProcessEnv): Promise<NodeJS.ProcessEnv> => {
	const folders = environment['PATH']?.split(':');
	if (!folders) return environment;
	const open = await Promise.all(folders.map(isOpen));
	return {...environment, PATH: folders.filter((_, index) => open[index]).join(':')};
};
