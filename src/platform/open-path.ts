import {access, constants} from 'node:fs/promises';

/** A folder that is not there yet may be there when a command looks. */
const isOpen = (folder: string): Promise<boolean> =>
	access(folder, constants.X_OK).then(
		() => true,
		(error: unknown) => (error as NodeJS.ErrnoException).code === 'ENOENT',
	);

/**
 * The folders of PATH that a program can be found in. execvp(3) goes on past none but a missing one without a trace: a
 * closed one makes it say EACCES of a program that does not exist, and of a file system that fails it says no more than
 * that. A shell goes on past each of them.
 */
export const withOpenPath = async (environment: NodeJS.ProcessEnv): Promise<NodeJS.ProcessEnv> => {
	const folders = environment['PATH']?.split(':');
	if (!folders) return environment;
	const open = await Promise.all(folders.map(isOpen));
	return {...environment, PATH: folders.filter((_, index) => open[index]).join(':')};
};
