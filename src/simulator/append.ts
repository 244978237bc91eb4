import {posix} from 'node:path';
import {asPrograms, type Machine} from './machine.ts';

/** What a process writes to a file that was opened for it. */
export const append = async ({files}: Machine, path: string | undefined, text: string): Promise<void> => {
	if (path === undefined || path === '/dev/null') return;
	// A log that was deleted with its folder, or replaced by a folder, stays open for the process but is no longer
	// visible.
	if ((await files.inspect(posix.dirname(path))) === undefined) return;
	if ((await files.inspect(path))?.leadsTo === 'folder') return;
	await files.writeFile(path, `${(await files.readFile(path, asPrograms)) ?? ''}${text}`, 0o644);
};
