import {posix} from 'node:path';

type Links = Readonly<Record<string, string>>;

/** As many links as the kernel follows for one path (path_resolution(7)). */
const mostLinks = 40;

const checked = (path: string): string => {
	if (!posix.isAbsolute(path)) throw new Error(`${path}: must be an absolute path`);
	const normal = posix.normalize(path);
	return normal.length > 1 && normal.endsWith('/') ? normal.slice(0, -1) : normal;
};

const firstLink = (path: string, links: Links): string | undefined =>
	Object.keys(links)
		.filter((link) => path === link || path.startsWith(`${link}/`))
		.toSorted((one, other) => one.length - other.length)[0];

/** Where a path leads once every link of the machine is followed; undefined for links that go round in a circle. */
export const followed = (path: string, links: Links): string | undefined => {
	let current = checked(path);
	for (let count = 0; count <= mostLinks; count += 1) {
		const link = firstLink(current, links);
		if (link === undefined) return current;
		const target = posix.resolve(posix.dirname(link), links[link] ?? '');
		current = checked(`${target}${current.slice(link.length)}`);
	}
	return undefined;
};

/** The path with every link in its folders followed, but not what lies at the path itself. */
export const withFolderFollowed = (path: string, links: Links): string | undefined => {
	const whole = checked(path);
	const folder = followed(posix.dirname(whole), links);
	return folder === undefined ? undefined : posix.join(folder, posix.basename(whole));
};
