import {isWithin} from '../paths.ts';
import type {FileSystem} from '../system.ts';

/** The network file systems of a Mac (mount(8), "-t"). */
const ofNetwork = new Set(['afpfs', 'cifs', 'ftp', 'nfs', 'smbfs', 'webdav']);

/** Parses `//a@nas/work on /Volumes/work (smbfs, nodev, mounted by a)`. Only names have blanks before a bracket. */
const mountIn = (line: string): readonly [place: string, kind: string] | undefined => {
	const [, place, kind] = /^.*? on (\/.*) \(([^,)]+)/u.exec(line) ?? [];
	return place === undefined || kind === undefined ? undefined : [place, kind];
};

/**
 * The file system of a path without links, from the output of mount(8) (undefined: it failed). statfs(2) on a Mac names
 * the kind, but Node only passes on its number, which has no meaning there.
 */
export const fileSystemIn = (mounts: string | undefined, path: string, freeBytes: number): FileSystem => {
	// Every path is on some file system: if none matches, the list is incomplete.
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
