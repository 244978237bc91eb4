import type {FileSystem} from '../system.ts';

/** The kinds of file system of a Mac by which another machine keeps the files (mount(8), "-t"). */
const ofNetwork = new Set(['afpfs', 'cifs', 'ftp', 'nfs', 'smbfs', 'webdav']);

const isWithin = (path: string, folder: string): boolean =>
	path === folder || path.startsWith(folder.replace(/\/?$/u, '/'));

/** Of a line such as `//a@nas/work on /Volumes/work (smbfs, nodev, mounted by a)`. Only names have blanks before a bracket. */
const mountIn = (line: string): readonly [place: string, kind: string] | undefined => {
	const [, place, kind] = /^.*? on (\/.*) \(([^,)]+)/u.exec(line) ?? [];
	return place === undefined || kind === undefined ? undefined : [place, kind];
};

/**
 * The file system that a path without links in it lies on, by what mount(8) prints (undefined: it did not answer):
 * statfs(2) of a Mac names the kind, and Node passes on its number alone, which means nothing there.
 */
export const fileSystemIn = (mounts: string | undefined, path: string, freeBytes: number): FileSystem => {
	// Every path lies on something: a list without it is no whole answer.
	const [, kind = 'unknown'] =
		(mounts ?? '')
			.split('\n')
			.map(mountIn)
			.filter((mount) => mount !== undefined)
			.filter(([place]) => isWithin(path, place))
			.toSorted(([one], [other]) => other.length - one.length)[0] ?? [];
	return {
		kind: kind.includes('fuse') ? 'fuse' : kind,
		network: ofNetwork.has(kind),
		temporary: kind === 'tmpfs',
		freeBytes,
	};
};
