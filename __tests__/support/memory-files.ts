import {posix} from 'node:path';
import type {FileAccess} from '../../src/platform/rehearsal/machine-files.ts';
import type {Inspected} from '../../src/platform/system.ts';

interface File {
	readonly kind: 'file' | 'other';
	readonly mode: number;
	readonly content: string | Uint8Array;
}

export type Entry = File | {readonly kind: 'folder'; readonly mode: number};

/** What is kept in memory: entries by their paths, each after the folder that it is in. */
export type Entries = Map<string, Entry>;

const messages = {
	ENOENT: 'no such file or directory',
	ENOTDIR: 'not a directory',
	EISDIR: 'illegal operation on a directory',
	EACCES: 'permission denied',
} as const;

/** As Node throws it. */
const fail = (code: keyof typeof messages, call: string, path: string): never => {
	throw Object.assign(new Error(`${code}: ${messages[code]}, ${call} '${path}'`), {
		code,
		syscall: call,
		path,
	});
};

const sizeOf = (entry: Entry): number => (entry.kind === 'folder' ? 0 : Buffer.byteLength(entry.content));

/** Permission bits count as for the owner, who is not root. */
const inspected = (path: string, entry: Entry): Inspected => ({
	kind: entry.kind,
	mode: entry.mode,
	owner: 1000,
	size: sizeOf(entry),
	linksTo: undefined,
	realPath: path,
	leadsTo: entry.kind,
	executable: entry.kind === 'file' && (entry.mode & 0o100) !== 0,
	readable: (entry.mode & 0o400) !== 0,
	writable: (entry.mode & 0o200) !== 0,
});

const below = (entries: Entries, folder: string): readonly string[] =>
	[...entries.keys()].filter((path) => path.startsWith(`${folder}/`));

const demandFolderOf = (entries: Entries, call: string, path: string): void => {
	const folder = entries.get(posix.dirname(path));
	if (!folder) fail('ENOENT', call, path);
	else if (folder.kind !== 'folder') fail('ENOTDIR', call, path);
};

const move = (entries: Entries, from: string, to: string): void => {
	if (entries.has(to)) throw new Error(`${to} is there already.`);
	const entry = entries.get(from) ?? fail('ENOENT', 'rename', from);
	demandFolderOf(entries, 'rename', to);
	for (const path of below(entries, from)) {
		const inside = entries.get(path);
		entries.delete(path);
		if (inside) entries.set(`${to}${path.slice(from.length)}`, inside);
	}
	entries.delete(from);
	entries.set(to, entry);
};

const readText = (entries: Entries, path: string): string | undefined => {
	const entry = entries.get(path);
	if (!entry) return undefined;
	if (entry.kind === 'folder') return fail('EISDIR', 'read', path);
	if ((entry.mode & 0o400) === 0) return fail('EACCES', 'open', path);
	return typeof entry.content === 'string' ? entry.content : Buffer.from(entry.content).toString();
};

const writeText = (entries: Entries, path: string, file: File): void => {
	demandFolderOf(entries, 'open', path);
	if (entries.get(path)?.kind === 'folder') fail('EISDIR', 'rename', path);
	entries.set(path, file);
};

const makeFolder = (entries: Entries, path: string, mode: number): boolean => {
	if (entries.has(path)) return false;
	// The folder that a machine is kept in stands by itself.
	if (entries.size > 0) demandFolderOf(entries, 'mkdir', path);
	entries.set(path, {kind: 'folder', mode});
	return true;
};

const deleteFolder = (entries: Entries, path: string, withContents: boolean): void => {
	const inside = below(entries, path);
	if (!withContents && entries.get(path)?.kind === 'file') fail('ENOTDIR', 'rmdir', path);
	if (inside.length > 0 && !withContents) return;
	for (const one of [...inside, path]) entries.delete(one);
};

/**
 * Files of simulated machines as `stageFiles` keeps them, but in memory, which takes a tenth of the time. There are no
 * links in them: those of a simulated machine are in its state.
 */
export const memoryFiles = (entries: Entries): FileAccess => ({
	readFile: async (path) => readText(entries, path),
	inspect: async (path) => {
		const entry = entries.get(path);
		return entry && inspected(path, entry);
	},
	list: async (path) => {
		const entry = entries.get(path);
		if (!entry) return undefined;
		if (entry.kind !== 'folder') return fail('ENOTDIR', 'scandir', path);
		const names = below(entries, path).map((one) => one.slice(path.length + 1));
		return names.filter((name) => !name.includes('/')).toSorted();
	},
	writeFile: async (path, content, mode) => writeText(entries, path, {kind: 'file', mode, content}),
	move: async (from, to) => move(entries, from, to),
	deleteFile: async (path) => {
		if (entries.get(path)?.kind === 'folder') fail('EISDIR', 'rm', path);
		entries.delete(path);
	},
	makeFolder: async (path, mode) => makeFolder(entries, path, mode),
	deleteFolder: async (path, {withContents}) => deleteFolder(entries, path, withContents),
});
