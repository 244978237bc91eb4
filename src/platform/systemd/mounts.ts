/** A line of /proc/self/mounts (proc(5), fstab(5)). */
export interface Mount {
	readonly device: string;
	readonly folder: string;
	readonly type: string;
	readonly options: readonly string[];
}

/** Spaces and similar characters are written as `\040` (fstab(5)). */
const unescaped = (text: string): string =>
	text.replaceAll(/\\([0-7]{3})/gu, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));

/** The mounts listed in the text of /proc/self/mounts. */
export const parseMounts = (text: string): readonly Mount[] =>
	text.split('\n').flatMap((line) => {
		const [device, folder, type, options = ''] = line.split(' ').map(unescaped);
		return type === undefined || device === undefined || folder === undefined
			? []
			: [{device, folder, type, options: options.split(',')}];
	});

const isAbove = (folder: string, path: string): boolean =>
	folder === path || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);

/** The mount that an absolute path is on. If mounts are stacked, the last one counts. */
export const mountOf = (path: string, mounts: readonly Mount[]): Mount | undefined =>
	mounts
		.filter(({folder}) => isAbove(folder, path))
		.toSorted((one, other) => one.folder.length - other.folder.length)
		.at(-1);
