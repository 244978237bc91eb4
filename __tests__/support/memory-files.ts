import {posix} from 'node:path';
import type {FileAccess} from '../../src/simulator/files/machine-files.ts';
import type {Inspected, ReadOptions} from '../../src/platform/system.ts';
import {decodeText} from '../../src/platform/real/text-files.ts';

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
	EINVAL: 'invalid argument',
	ERR_FS_EISDIR: 'Path is a directory',
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

/** Nothing can lie below a file. */
const demandNoFileAbove = (entries: Entries, call: string, path: string): void => {
	const folder = posix.dirname(path);
	if (folder === '/') return;
	demandNoFileAbove(entries, call, folder);
	if ((entries.get(folder)?.kind ?? 'folder') !== 'folder') fail('ENOTDIR', call, path);
};

const demandFolderOf = (entries: Entries, call: string, path: string): void => {
	demandNoFileAbove(entries, call, path);
	if (!entries.has(posix.dirname(path))) fail('ENOENT', call, path);
};

const move = (entries: Entries, from: string, to: string): void => {
	if (entries.has(to)) throw new Error(`${to} already exists.`);
	// In the kernel's order: the folders of both, then what is moved.
	for (const path of [from, to]) demandFolderOf(entries, 'rename', path);
	const entry = entries.get(from) ?? fail('ENOENT', 'rename', from);
	if (to.startsWith(`${from}/`)) fail('EINVAL', 'rename', from);
	for (const path of below(entries, from)) {
		const inside = entries.get(path);
		entries.delete(path);
		if (inside) entries.set(`${to}${path.slice(from.length)}`, inside);
	}
	entries.delete(from);
	entries.set(to, entry);
};

const readText = (entries: Entries, path: string, options: ReadOptions = {}): string | undefined => {
	const entry = entries.get(path);
	if (!entry) return undefined;
	if (entry.kind === 'folder') return fail('EISDIR', 'read', path);
	if ((entry.mode & 0o400) === 0) return fail('EACCES', 'open', path);
	return typeof entry.content === 'string' ? entry.content : decodeText(path, entry.content, options);
};

const writeText = (entries: Entries, path: string, file: File): void => {
	demandFolderOf(entries, 'open', path);
	if (entries.get(path)?.kind === 'folder') fail('EISDIR', 'rename', path);
	entries.set(path, file);
};

const makeFolder = (entries: Entries, path: string, mode: number): boolean => {
	if (entries.has(path)) return false;
	// The folder of a machine has no parent.
	if (entries.size > 0) demandFolderOf(entries, 'mkdir', path);
	entries.set(path, {kind: 'folder', mode});
	return true;
};

const deleteFolder = (entries: Entries, path: string, withContents: boolean): void => {
	const inside = below(entries, path);
	demandNoFileAbove(entries, 'rmdir', path);
	if (!withContents && entries.get(path)?.kind === 'file') fail('ENOTDIR', 'rmdir', path);
	if (inside.length > 0 && !withContents) return;
	for (const one of [...inside, path]) entries.delete(one);
};

/** A machine asks for its own `/` with a slash at the end. */
const plain = (path: string): string => (path.endsWith('/') ? path.slice(0, -1) : path);

const list = (entries: Entries, folder: string): readonly string[] | undefined => {
	const entry = entries.get(folder);
	if (!entry) return undefined;
	if (entry.kind !== 'folder') return fail('ENOTDIR', 'scandir', folder);
	const names = below(entries, folder).map((path) => path.slice(folder.length + 1));
	return names.filter((name) => !name.includes('/')).toSorted();
};

/**
 * Files of simulated machines as `stageFiles` stores them, but in memory, which takes a tenth of the time. They contain no
 * links: those of a simulated machine are in its state.
 */
export const memoryFiles = (entries: Entries): FileAccess => ({
	readFile: async (path, options) => readText(entries, plain(path), options),
	inspect: async (path) => {
		const entry = entries.get(plain(path));
		return entry && inspected(plain(path), entry);
	},
	list: async (path) => list(entries, plain(path)),
	writeFile: async (path, content, mode) => writeText(entries, plain(path), {kind: 'file', mode, content}),
	move: async (from, to) => move(entries, plain(from), plain(to)),
	deleteFile: async (path) => {
		demandNoFileAbove(entries, 'rm', path);
		if (entries.get(plain(path))?.kind === 'folder') fail('ERR_FS_EISDIR', 'rm', path);
		entries.delete(plain(path));
	},
	makeFolder: async (path, mode) => makeFolder(entries, plain(path), mode),
	deleteFolder: async (path, {withContents}) => deleteFolder(entries, plain(path), withContents),
});
