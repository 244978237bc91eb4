/** `~` and `~/…` in the person's home folder; every other path as it is. */
export const expandHome = (path: string, home: string): string =>
	path === '~' ? home : path.startsWith('~/') ? home + path.slice(1) : path;
