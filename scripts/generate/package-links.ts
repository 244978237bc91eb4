/** What package.json says about where the project is. */
interface Links {
	/** Filled in by whoever publishes it: `npm pkg set repository=github:OWNER/NAME`. */
	readonly repository?: string | {readonly url?: string};
	readonly homepage?: string;
	readonly bugs?: string;
	readonly [other: string]: unknown;
}

/** The short form of npm, and the URL that `npm pkg fix` makes of it. */
const onGitHub = /^(?:github:|(?:git\+)?https:\/\/github\.com\/)([\w.-]+\/[\w.-]+?)(?:\.git)?$/u;

/**
 * The same package file with the links that follow from its repository; without a repository it has none.
 * Throws if the repository is not on GitHub.
 */
export const withLinks = (file: Links): Links => {
	const {repository} = file;
	const rest = Object.fromEntries(
		Object.entries(file).filter(([name]) => !['homepage', 'bugs'].includes(name)),
	);
	if (repository === undefined) return rest;
	const name = onGitHub.exec(typeof repository === 'string' ? repository : (repository.url ?? ''))?.[1];
	if (name === undefined) throw new Error('The repository in package.json must be github:OWNER/NAME.');
	const url = `https://github.com/${name}`;
	return {...rest, homepage: `${url}#readme`, bugs: `${url}/issues`};
};
