/** Expands `~` and `~/…`; other paths stay unchanged. */
export const expandHome = (path: string, home: string): string =>
	path === '~' ? home : path.startsWith('~/') ? home + path.slice(1) : path;
