import {accessSync, constants} from 'node:fs';
import {isDenied} from './look.ts';

const isClosed = (folder: string): boolean => {
	try {
		accessSync(folder, constants.X_OK);
		return false;
	} catch (error) {
		return isDenied(error);
	}
};

/** With a closed folder in PATH, execvp(3) fails with EACCES for a program that does not exist. */
export const withOpenPath = (environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv => {
	const folders = environment['PATH']?.split(':').filter((folder) => !isClosed(folder));
	return folders ? {...environment, PATH: folders.join(':')} : environment;
};
