import {chmodSync, lstatSync, mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import type {FileAccess} from '../../src/simulator/files/machine-files.ts';
import {diskFiles} from '../../src/simulator/files/disk-files.ts';
import {memoryFiles, type Entries, type Entry} from './memory-files.ts';

/** By the folder that a machine takes itself to be kept in. */
const disks = new Map<string, Entries>();

const inMemory = '/in-memory-';

let made = 0;

/** A folder in memory only; no other process can find it. */
export const folderInMemory = (entries: Entries = new Map()): string => {
	made += 1;
	const folder = `${inMemory}${made}`;
	disks.set(folder, entries);
	return folder;
};

const renamed = (entries: Entries, from: string, to: string): Entries =>
	new Map([...entries].map(([path, entry]) => [`${to}${path.slice(from.length)}`, entry]));

/** A copy of a folder in memory. */
export const copyOf = (folder: string): string => {
	const entries = disks.get(folder);
	if (!entries) throw new Error(`${folder} is not in memory.`);
	const copy = folderInMemory();
	disks.set(copy, renamed(entries, folder, copy));
	return copy;
};

export const isInMemory = (folder: string): boolean => disks.has(folder);

/** How the files of a machine in a folder are reached. */
export const filesOf = (folder: string): FileAccess => {
	const entries = disks.get(folder);
	if (entries) return memoryFiles(entries);
	if (folder.startsWith(inMemory)) throw new Error(`${folder} was forgotten.`);
	return diskFiles;
};

const entryOnDisk = (path: string): Entry => {
	const stats = lstatSync(path);
	const mode = stats.mode & 0o7777;
	if (stats.isDirectory()) return {kind: 'folder', mode};
	return {kind: 'file', mode, content: readFileSync(path)};
};

const onDisk = (root: string, path = ''): readonly (readonly [string, Entry])[] =>
	readdirSync(`${root}${path}` || '/').flatMap((name) => {
		const inside = `${path}/${name}`;
		const entry = entryOnDisk(join(root, inside));
		return [[inside, entry] as const, ...(entry.kind === 'folder' ? onDisk(root, inside) : [])];
	});

/** Everything in the folder, by its paths there. */
export const entriesIn = (folder: string): readonly (readonly [string, Entry])[] => {
	const entries = disks.get(folder);
	if (!entries) return onDisk(folder);
	return [...entries]
		.filter(([path]) => path !== folder)
		.map(([path, entry]) => [path.slice(folder.length), entry]);
};

const putOnDisk = (place: string, entry: Exclude<Entry, {kind: 'folder'}>): void => {
	mkdirSync(dirname(place), {recursive: true});
	writeFileSync(place, entry.content);
	chmodSync(place, entry.mode);
};

/** Puts a file on a machine's disk unchanged, whatever the machine itself would allow. */
export const putEntry = (folder: string, path: string, entry: Exclude<Entry, {kind: 'folder'}>): void => {
	const entries = disks.get(folder);
	if (!entries) {
		putOnDisk(join(folder, path), entry);
		return;
	}
	const parts = path.split('/').slice(1, -1);
	for (const count of parts.keys()) {
		const above = `${folder}/${parts.slice(0, count + 1).join('/')}`;
		if (!entries.has(above)) entries.set(above, {kind: 'folder', mode: 0o755});
	}
	entries.set(`${folder}${path}`, entry);
};

/** Changes the permission bits of what is on a machine's disk, as root can. */
export const setMode = (folder: string, path: string, mode: number): void => {
	const entries = disks.get(folder);
	const entry = entries?.get(`${folder}${path}`);
	if (!entries) chmodSync(join(folder, path), mode);
	else if (entry) entries.set(`${folder}${path}`, {...entry, mode});
	else throw new Error(`There is no ${path}.`);
};

/** Frees what a folder in memory takes. */
export const forget = (folder: string): void => {
	disks.delete(folder);
};
