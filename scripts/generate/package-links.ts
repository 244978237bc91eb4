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
 * OWNER/NAME of the repository on GitHub; undefined without a repository.
 * Throws if the repository is not on GitHub.
 */
export const nameOnGitHub = ({repository}: Links): string | undefined => {
	if (repository === undefined) return undefined;
	const name = onGitHub.exec(typeof repository === 'string' ? repository : (repository.url ?? ''))?.[1];
	if (name === undefined) throw new Error('The repository in package.json must be github:OWNER/NAME.');
	return name;
};

/**
 * The same package file with the links that follow from its repository; without a repository it has none.
 * Throws if the repository is not on GitHub.
 */
export const withLinks = (file: Links): Links => {
	const name = nameOnGitHub(file);
	const rest = Object.fromEntries(
		Object.entries(file).filter(([name]) => !['homepage', 'bugs'].includes(name)),
	);
	if (name === undefined) return rest;
	const url = `https://github.com/${name}`;
	return {...rest, homepage: `${url}#readme`, bugs: `${url}/issues`};
};

/** What stands for the repository until package.json names one. */
export const unnamed = 'OWNER/NAME';

/** The same text with `now` in place of `before`, each as OWNER/NAME, wherever a command or a URL names the repository. */
export const withRepository = (text: string, before: string, now: string): string =>
	text.replaceAll(
		new RegExp(
			String.raw`(github\.com/|github:|--repo )${before.replaceAll('.', String.raw`\.`)}(?![\w-])`,
			'gu',
		),
		(_, start: string) => `${start}${now}`,
	);

/** install.sh for that version and repository (OWNER/NAME); undefined: for no release yet. */
export const installScript = (text: string, version: string, name?: string): string =>
	text
		.replace(/^repository=.*$/mu, `repository='${name === undefined ? '' : `https://github.com/${name}`}'`)
		.replace(/^version=.*$/mu, `version='${version}'`);
