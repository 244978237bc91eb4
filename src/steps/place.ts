import {posix} from 'node:path';
import {exitCode, SetupError} from '../errors.ts';
import {isDenied, lookInto, skim} from '../platform/look.ts';
import type {Inspected, System} from '../platform/system.ts';

export {look, lookInto} from '../platform/look.ts';

/** A path as far as it exists. */
export interface Place {
	/** The path itself, or the deepest of the folders above it that is there. */
	readonly nearest: string;
	/** What lies at `nearest`. */
	readonly found: Inspected;
	/** From the first folder that is missing down to the path. */
	readonly missing: readonly string[];
	/** Whether `nearest` is a folder that this person may not look into, so that what is in it is not known. */
	readonly hidden: boolean;
}

const parentOf = (path: string): string => path.slice(0, Math.max(path.lastIndexOf('/'), 1));

/** The names in a folder; none where there is none; `hidden`: this person may not look. */
export const namesIn = async (system: System, path: string): Promise<readonly string[] | 'hidden'> => {
	try {
		return (await system.list(path)) ?? [];
	} catch (error) {
		if (isDenied(error)) return 'hidden';
		throw error;
	}
};

/** Looks at an absolute path, from its end up to what is there. */
export const findPlace = async (system: System, path: string): Promise<Place> => {
	const found = await lookInto(system, path);
	if (found && found !== 'hidden') return {nearest: path, found, missing: [], hidden: false};
	if (path === '/') throw new SetupError({what: 'You may not look into /.', code: exitCode.privilege});
	const above = await findPlace(system, parentOf(path));
	return {...above, missing: [...above.missing, path], hidden: above.hidden || found === 'hidden'};
};

/** Where the path leads, or will once its missing folders are made: without links and `..`. */
export const realPathOf = ({nearest, found, missing}: Place): string => {
	const rest = (missing.at(-1) ?? nearest).slice(nearest.length);
	return posix.join(found.realPath ?? nearest, rest);
};

export const isWithin = (path: string, folder: string): boolean =>
	path === folder || path.startsWith(folder.replace(/\/?$/u, '/'));

const nameOf = async (system: System, uid: number): Promise<string> => {
	if (uid === 0) return 'root';
	const accounts = (await skim(system, '/etc/passwd')) ?? '';
	// passwd(5): name, password, number.
	const line = accounts.split('\n').find((one) => one.split(':')[2] === String(uid));
	return line?.split(':')[0] ?? `user ${uid}`;
};

/** Why this person may not do something with what was found: the end of a sentence. */
export const reasonAgainst = async (
	system: System,
	{owner, mode}: Inspected,
	bit: number,
): Promise<string> => {
	if (owner !== system.user.uid) return `it belongs to ${await nameOf(system, owner)}`;
	if ((mode & bit) === 0) return `its mode is ${mode.toString(8).padStart(4, '0')}`;
	return 'its file system is read-only';
};

/** What keeps this person from having a folder of their own at the place: a sentence. */
export const whyNoFolder = async (
	system: System,
	{nearest, found, hidden}: Place,
): Promise<string | undefined> => {
	if (found.leadsTo === undefined) return `${nearest} is in the way: it is a link that leads nowhere.`;
	if (found.leadsTo !== 'folder') return `${nearest} is in the way: it is no folder.`;
	if (hidden) return `You may not look into ${nearest}: ${await reasonAgainst(system, found, 0o100)}.`;
	if (found.writable) return undefined;
	return `You may not write in ${nearest}: ${await reasonAgainst(system, found, 0o200)}.`;
};
