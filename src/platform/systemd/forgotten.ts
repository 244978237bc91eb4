import {posix} from 'node:path';
import type {Folders, Forgotten} from '../facts.ts';
import {lookInto} from '../paths.ts';
import type {System} from '../system.ts';
import {lingerFolder} from './linger-file.ts';
import {mountOf, parseMounts, type Mount} from './mounts.ts';

/** Where the path leads, or will lead once it is created. */
const nearest = async (system: System, path: string): Promise<string> => {
	const found = await lookInto(system, path);
	if (found && found !== 'hidden') return found.realPath ?? path;
	return path === '/' ? path : nearest(system, posix.dirname(path));
};

/** Live systems mount a folder in memory over the medium that they boot from (kernel documentation, overlayfs). */
const upperFolder = (mount: Mount | undefined): string | undefined =>
	mount?.type === 'overlay'
		? mount.options.find((option) => option.startsWith('upperdir='))?.slice('upperdir='.length)
		: undefined;

const kindAt = async (
	system: System,
	path: string,
	mounts: readonly Mount[],
): Promise<string | undefined> => {
	const real = await nearest(system, path);
	const at = await system.fileSystemAt(real);
	if (at?.temporary) return at.kind;
	const upper = upperFolder(mountOf(real, mounts));
	if (upper === undefined) return undefined;
	// file-hierarchy(7): all of /run is in memory, whether or not it is visible from here.
	const isInMemory = upper.startsWith('/run/') || (await system.fileSystemAt(upper))?.temporary === true;
	return isInMemory ? 'overlay' : undefined;
};

/**
 * The folders that a service needs after a reboot but that a reboot empties. Folders within such a home folder are not
 * listed again. `folders` are those of Folders.
 */
export const readForgotten = async (system: System, folders: Folders): Promise<readonly Forgotten[]> => {
	const mounts = parseMounts((await system.readFile('/proc/self/mounts')) ?? '');
	const places: readonly Omit<Forgotten, 'kind'>[] = [
		{what: 'home', path: system.user.home},
		{what: 'linger', path: lingerFolder},
		...(['services', 'config', 'state'] as const).map((what) => ({what, path: folders[what]})),
	];
	const found = await Promise.all(
		places.map(async (place) => ({...place, kind: await kindAt(system, place.path, mounts)})),
	);
	const isHomeGone = found[0]?.kind !== undefined;
	return found.flatMap(({kind, ...place}) =>
		kind === undefined || (isHomeGone && place.path.startsWith(`${system.user.home}/`))
			? []
			: [{...place, kind}],
	);
};
