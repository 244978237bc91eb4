import type {StatsFs} from 'node:fs';
import {access, constants, lstat, readdir, readlink, realpath, stat, statfs} from 'node:fs/promises';
import {join} from 'node:path';
import {answerOf} from '../run-result.ts';
import type {FileSystem, Inspected, FileKind, System} from '../system.ts';
import {macMountsIn, mountOf} from '../paths.ts';

/** The network file systems of a Mac (mount(8), "-t"). */
const ofNetwork = new Set(['afpfs', 'cifs', 'ftp', 'nfs', 'smbfs', 'webdav']);

/**
 * The file system of a path without links, from the output of mount(8) (undefined: it failed). statfs(2) on a Mac names
 * the kind, but Node only passes on its number, which has no meaning there.
 */
export const fileSystemIn = (mounts: string | undefined, path: string, freeBytes: number): FileSystem => {
	// Every path is on some file system: if none matches, the list is incomplete.
	const kind = mountOf(path, macMountsIn(mounts ?? ''))?.type ?? 'unknown';
	return {
		kind: kind.includes('fuse') ? 'fuse' : kind,
		network: ofNetwork.has(kind),
		temporary: kind === 'tmpfs',
		freeBytes,
	};
};

/** A name that is too long cannot exist. */
const notThere: readonly string[] = ['ENOENT', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG'];

/** The result; undefined if the path does not exist. */
export const unlessMissing = async <T>(looking: Promise<T>, codes = notThere): Promise<T | undefined> => {
	try {
		return await looking;
	} catch (error) {
		if (codes.includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
		throw error;
	}
};

const fileKindOf = (stats: {
	isFile(): boolean;
	isDirectory(): boolean;
	isSymbolicLink(): boolean;
}): FileKind => {
	if (stats.isSymbolicLink()) return 'link';
	if (stats.isDirectory()) return 'folder';
	return stats.isFile() ? 'file' : 'other';
};

const isAllowed = (path: string, what: number): Promise<boolean> =>
	access(path, what).then(
		() => true,
		() => false,
	);

/** See System.inspect. */
export const inspect = async (path: string): Promise<Inspected | undefined> => {
	// In parallel: each call spends most of its time waiting.
	const [itself, target, realPath, executable, readable, writable] = await Promise.all([
		unlessMissing(lstat(path)),
		unlessMissing(stat(path)),
		unlessMissing(realpath(path)),
		isAllowed(path, constants.X_OK),
		isAllowed(path, constants.R_OK),
		isAllowed(path, constants.W_OK),
	]);
	if (!itself) return undefined;
	const {mode, uid, size} = target ?? itself;
	return {
		kind: fileKindOf(itself),
		mode: mode & 0o7777,
		owner: uid,
		size,
		linksTo: itself.isSymbolicLink() ? await readlink(path) : undefined,
		realPath,
		leadsTo: target && fileKindOf(target),
		executable: executable && target?.isFile() === true,
		readable,
		writable,
	};
};

/** The targets of the links in a folder; links that were removed meanwhile and other files are skipped. */
export const readLinks = async (path: string): Promise<readonly string[] | undefined> => {
	// If a process ends meanwhile, its folder does not exist any more (proc(5)).
	const names = await unlessMissing(readdir(path), ['ENOENT', 'ESRCH']);
	if (!names) return undefined;
	const targets = await Promise.all(names.map((name) => readlink(join(path, name)).catch(() => undefined)));
	return targets.filter((target) => target !== undefined);
};

const temporary = (kind: string) => ({kind, network: false, temporary: true});
const network = (kind: string) => ({kind, network: true, temporary: false});
const lasting = (kind: string) => ({kind, network: false, temporary: false});

/** The numbers of statfs(2), "Filesystem types constants", that matter for a database. */
const kinds: ReadonlyMap<number, Omit<FileSystem, 'freeBytes'>> = new Map([
	[0x0102_1994, temporary('tmpfs')],
	[0x8584_58f6, temporary('ramfs')],
	[0x0000_6969, network('nfs')],
	[0x0000_517b, network('smb')],
	[0xff53_4d42, network('cifs')],
	[0xfe53_4d42, network('smb2')],
	[0x5346_414f, network('afs')],
	[0x00c3_6400, network('ceph')],
	[0x0102_1997, network('9p')],
	[0x6573_5546, lasting('fuse')],
]);

/** The kind of file system that a number of statfs(2) stands for. */
export const fileSystemOf = (type: number, freeBytes: number): FileSystem => ({
	...(kinds.get(type) ?? lasting('other')),
	freeBytes,
});

/** File systems without blocks, such as some FUSE ones, report 0 for all of them. */
const freeBytesOf = ({blocks, bavail, bsize}: StatsFs): number => (blocks === 0 ? Infinity : bavail * bsize);

/** See System.fileSystemAt, on Linux. */
export const fileSystemAt = async (path: string): Promise<FileSystem | undefined> => {
	const stats = await unlessMissing(statfs(path));
	return stats && fileSystemOf(stats.type, freeBytesOf(stats));
};

/** See System.fileSystemAt, on macOS, where only mount(8) names the kind. */
export const macFileSystemAt =
	(run: System['run']): System['fileSystemAt'] =>
	async (path) => {
		const [stats, real] = await Promise.all([unlessMissing(statfs(path)), unlessMissing(realpath(path))]);
		if (!stats || real === undefined) return undefined;
		const mounts = answerOf(await run(['/sbin/mount'], {timeoutMs: 5000}));
		return fileSystemIn(mounts, real, freeBytesOf(stats));
	};
