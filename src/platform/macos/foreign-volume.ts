import type {FileSystem} from '../system.ts';

/** A volume that is not the Mac's own disk: one that is plugged in, a second partition, or another machine's. */
export interface ForeignVolume {
	/** As the Finder shows it; of one that is mounted elsewhere, the kind of its file system. */
	readonly name: string;
	/** Whether another machine keeps it. */
	readonly network: boolean;
}

/** macOS mounts below /Volumes whatever it has not started from; there, its own disk is a link to `/`. */
const nameIn = (realPath: string): string | undefined => /^\/Volumes\/([^/]+)/u.exec(realPath)?.[1];

/** The foreign volume that a path without links in it lies on, whether or not it is mounted now. */
export const foreignVolumeOf = (
	realPath: string,
	{kind, network}: Pick<FileSystem, 'kind' | 'network'> = {kind: 'other', network: false},
): ForeignVolume | undefined => {
	const name = nameIn(realPath);
	return name === undefined && !network ? undefined : {name: name ?? kind, network};
};
