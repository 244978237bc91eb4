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

/** Folders that macOS opens only to programs with permission from the user (System Settings > Privacy & Security). */
const guarded = [
	['Desktop', 'on the Desktop'],
	['Documents', 'in Documents'],
	['Downloads', 'in Downloads'],
	['Library/Mobile Documents', 'in iCloud Drive'],
	['Library/CloudStorage', 'in a cloud storage folder'],
] as const;

/** Which of them contains a path, as the end of a sentence. Both paths are without links. */
export const guardedPlaceOf = (real: string, home: string): string | undefined => {
	// The disk of a Mac is case-insensitive.
	const [place, above] = [real.toLowerCase(), home.toLowerCase()];
	return guarded.find(([name]) => `${place}/`.startsWith(`${above}/${name.toLowerCase()}/`))?.[1];
};
