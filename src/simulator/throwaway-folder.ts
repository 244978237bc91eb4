import {mkdtemp} from 'node:fs/promises';
import {join} from 'node:path';
import {env} from 'node:process';
import {exitCode, SetupError} from '../errors.ts';
import {temporaryFolders} from '../platform/real/account.ts';

/** Creates a temporary folder for a simulated machine. */
export const throwawayFolder = async (parent = temporaryFolders(env)[0]): Promise<string> => {
	try {
		return await mkdtemp(join(parent, 'vira-setup-rehearsal-'));
	} catch (error) {
		throw new SetupError({
			what: `Cannot create a folder for the simulated machine in ${parent}.`,
			why: (error as Error).message,
			next: ['Set TMPDIR to a writable folder, or use one: --simulation-folder FOLDER'],
			code: exitCode.unsuitable,
		});
	}
};
