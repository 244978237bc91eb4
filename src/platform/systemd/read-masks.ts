import {posix} from 'node:path';
import {look} from '../paths.ts';
import type {System} from '../system.ts';
import {unitName} from './systemd.ts';

/** A folder is ignored; an empty file masks like a link to /dev/null (systemd.unit(5), "masked"). */
const kindOf = async (system: System, path: string): Promise<'mask' | 'unit' | undefined> => {
	const found = await look(system, path);
	if (found?.leadsTo === undefined || found.leadsTo === 'folder') return undefined;
	const isEmpty = found.leadsTo === 'file' && found.size === 0;
	return found.realPath === '/dev/null' || isEmpty ? 'mask' : 'unit';
};

/** Without duplicates: Debian's /etc/xdg/systemd/user is a link to /etc/systemd/user. */
const inRealFolders = async (system: System, folders: readonly string[]): Promise<readonly string[]> => {
	const found = await Promise.all(folders.map((folder) => look(system, folder)));
	return [...new Set(found.flatMap((one) => (one?.realPath === undefined ? [] : [one.realPath])))];
};

/**
 * The files that mask the service, the effective one first; masks after a unit of that name have no effect. `folders`
 * are those that the user manager reads units from, in its order (UnitPath of systemctl(1), show).
 */
export const findMasks = async (system: System, folders: readonly string[]): Promise<readonly string[]> => {
	const paths = (await inRealFolders(system, folders)).map((folder) => posix.join(folder, unitName));
	const kinds = await Promise.all(paths.map((path) => kindOf(system, path)));
	const end = kinds.indexOf('unit');
	return paths.filter((_, index) => kinds[index] === 'mask' && (end < 0 || index < end));
};
