import {posix} from 'node:path';
import type {Inspected, System} from '../../platform/system.ts';
import {followed, withFolderFollowed} from './links.ts';
import type {MachineState} from '../machine-state.ts';

/** The file half of a system. */
export type FileAccess = Pick<
	System,
	'readFile' | 'inspect' | 'list' | 'writeFile' | 'move' | 'deleteFile' | 'makeFolder' | 'deleteFolder'
>;

/** Where the simulated machine's files are kept. */
export interface Disk {
	readonly files: FileAccess;
	/** Its `/`, without links in it. */
	readonly root: string;
}

type Links = Pick<
	MachineState,
	'links' | 'dropIns' | 'readOnly' | 'owned' | 'unreadable' | 'user' | 'noexec' | 'modes'
>;

const isBelow = (path: string, folder: string): boolean => path.startsWith(`${folder}/`);

const nullDevice: Inspected = {
	kind: 'other',
	mode: 0o666,
	owner: 0,
	size: 0,
	linksTo: undefined,
	realPath: '/dev/null',
	leadsTo: 'other',
	executable: false,
	readable: true,
	writable: true,
};

// A link that was made in the folder by hand must not lead out of the machine.
const inside = (disk: Disk, real: string | undefined): string | undefined => {
	if (real === disk.root) return '/';
	return real?.startsWith(`${disk.root}/`) ? real.slice(disk.root.length) : undefined;
};

const inspectOnDisk = async (disk: Disk, path: string): Promise<Inspected | undefined> => {
	if (path === nullDevice.realPath) return nullDevice;
	const found = await disk.files.inspect(disk.root + path);
	if (!found) return undefined;
	const realPath = inside(disk, found.realPath);
	return {...found, realPath, leadsTo: realPath === undefined ? undefined : found.leadsTo};
};

type Owners = Pick<MachineState, 'readOnly' | 'unreadable' | 'owned'>;

/** How deep the deepest of the folders is that a place lies in. */
const depthIn = (folders: readonly string[], place: string): number =>
	Math.max(0, ...folders.filter((one) => place === one || isBelow(place, one)).map(({length}) => length));

/** Whether a place is not root's: what is nearest to it decides. */
export const belongsToUser = ({readOnly, unreadable, owned = []}: Owners, place: string): boolean =>
	depthIn(owned, place) >= depthIn([...readOnly, ...unreadable], place);

/** What one may do with a file, the machine's own rules over those of the disk it is kept on. */
const allowed = (state: Links, place: string, found: Inspected): Inspected => {
	const writable = belongsToUser(state, place);
	return {
		...found,
		mode: state.modes?.[place] ?? found.mode,
		executable: found.executable && !(state.noexec ?? []).some((folder) => isBelow(place, folder)),
		owner: writable ? state.user.uid : 0,
		readable: found.readable && !state.unreadable.includes(place),
		writable: found.writable && writable,
	};
};

/** As the kernel does for what lies in a folder that one may not look into (path_resolution(7)). */
export const demandAccess = ({unreadable}: Pick<Links, 'unreadable'>, place: string, path: string): void => {
	if (!unreadable.some((folder) => isBelow(place, folder))) return;
	throw Object.assign(new Error(`EACCES: permission denied, '${path}'`), {code: 'EACCES'});
};

const inspectInMachine = async (disk: Disk, state: Links, path: string): Promise<Inspected | undefined> => {
	const {links} = state;
	const place = withFolderFollowed(path, links);
	if (place === undefined) return undefined;
	demandAccess(state, place, path);
	if (links[place] === undefined) {
		const found = await inspectOnDisk(disk, place);
		return found && allowed(state, place, found);
	}
	const target = followed(place, links);
	demandAccess(state, target ?? place, path);
	const there = target === undefined ? undefined : await inspectOnDisk(disk, target);
	const found = there && allowed(state, target ?? place, there);
	return {
		kind: 'link',
		mode: found?.mode ?? 0o777,
		owner: found?.owner ?? state.user.uid,
		size: found?.size ?? 0,
		linksTo: links[place],
		realPath: found?.realPath,
		leadsTo: found?.leadsTo,
		executable: found?.executable ?? false,
		readable: found?.readable ?? false,
		writable: found?.writable ?? false,
	};
};

const placeToChange = async (disk: Disk, place: string | undefined, path: string): Promise<string> => {
	if (place === undefined) throw new Error(`ELOOP: too many symbolic links encountered, '${path}'`);
	const folder = await disk.files.inspect(disk.root + posix.dirname(place));
	if (folder && inside(disk, folder.realPath) === undefined)
		throw new Error(`${path}: leads out of the folder of the simulated machine`);
	return disk.root + place;
};

const isDropIn = (path: string): boolean => /\.d\/[^/]+\.conf$/u.test(path);

const deleteFile = async (disk: Disk, state: Links, path: string): Promise<void> => {
	const place = withFolderFollowed(path, state.links);
	const onDisk = await placeToChange(disk, place, path);
	if (place !== undefined && state.links[place] !== undefined) {
		state.links = Object.fromEntries(Object.entries(state.links).filter(([link]) => link !== place));
		return;
	}
	await disk.files.deleteFile(onDisk);
	state.dropIns = state.dropIns.filter((dropIn) => dropIn !== place);
};

const deleteFolder = async (disk: Disk, state: Links, path: string): Promise<void> => {
	const place = withFolderFollowed(path, state.links) ?? path;
	await disk.files.deleteFolder(await placeToChange(disk, place, path), {withContents: true});
	state.links = Object.fromEntries(Object.entries(state.links).filter(([link]) => !isBelow(link, place)));
	state.dropIns = state.dropIns.filter((dropIn) => !isBelow(dropIn, place));
};

const list = async (disk: Disk, state: Links, path: string): Promise<readonly string[] | undefined> => {
	const place = followed(path, state.links);
	if (place === undefined) return undefined;
	demandAccess(state, `${place}/`, path);
	const found = await inspectOnDisk(disk, place);
	if (found?.leadsTo !== 'folder') return undefined;
	const links = Object.keys(state.links).filter((link) => posix.dirname(link) === place);
	return [
		...((await disk.files.list(disk.root + place)) ?? []),
		...links.map((link) => posix.basename(link)),
	];
};

/** The simulated machine's files, by its own paths, with the links of its state. */
export const machineFiles = (disk: Disk, state: Links): FileAccess => ({
	readFile: async (path, options) => {
		const place = followed(path, state.links);
		if (place === undefined) return undefined;
		if (place === nullDevice.realPath) return '';
		// What is in a file lies below it, as what is in a folder does.
		demandAccess(state, `${place}/`, path);
		const [found, text] = await Promise.all([
			inspectOnDisk(disk, place),
			disk.files.readFile(disk.root + place, options),
		]);
		return found?.realPath === undefined ? undefined : text;
	},
	inspect: (path) => inspectInMachine(disk, state, path),
	list: (path) => list(disk, state, path),
	writeFile: async (path, content, mode) => {
		const place = followed(path, state.links);
		await disk.files.writeFile(await placeToChange(disk, place, path), content, mode);
		if (place !== undefined && isDropIn(place)) state.dropIns = [...new Set([...state.dropIns, place])];
	},
	move: async (from, to) => {
		const [old, place] = [withFolderFollowed(from, state.links), withFolderFollowed(to, state.links)];
		await disk.files.move(await placeToChange(disk, old, from), await placeToChange(disk, place, to));
	},
	deleteFile: (path) => deleteFile(disk, state, path),
	makeFolder: async (path, mode) =>
		disk.files.makeFolder(await placeToChange(disk, followed(path, state.links), path), mode),
	deleteFolder: async (path, options) => {
		if (options.withContents) return deleteFolder(disk, state, path);
		const place = withFolderFollowed(path, state.links) ?? path;
		if (Object.keys(state.links).some((link) => isBelow(link, place))) return;
		await disk.files.deleteFolder(await placeToChange(disk, place, path), options);
	},
});
