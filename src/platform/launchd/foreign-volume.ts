import type {FileSystem} from '../system.ts';

/** A volume other than the startup disk: an external disk, a second partition, or a network volume. */
export interface ForeignVolume {
	/** As the Finder shows it; if it is mounted elsewhere, the kind of its file system. */
	readonly name: string;
	/** Whether it is on another machine. */
	readonly network: boolean;
}

/** macOS mounts other volumes below /Volumes; the startup disk is a link to `/` there. */
const nameIn = (realPath: string): string | undefined => /^\/Volumes\/([^/]+)/u.exec(realPath)?.[1];

/** The foreign volume of a path without links, whether or not it is mounted. */
export const foreignVolumeOf = (
	realPath: string,
	{kind, network}: Pick<FileSystem, 'kind' | 'network'> = {kind: 'other', network: false},
): ForeignVolume | undefined => {
	const name = nameIn(realPath);
	return name === undefined && !network ? undefined : {name: name ?? kind, network};
};
