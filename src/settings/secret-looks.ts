import {isSecretName} from './secret-names.ts';

/** What stands on a screen in place of a secret. */
export const maskText = '••••••';

/** The same, on as many lines as the secret has. */
export const maskFor = (secret: string): string => maskText + '\n'.repeat(secret.split('\n').length - 1);

const passwordInUrl = /^[a-z][a-z0-9+.\-]*:\/\/[^\s\/@:]*:([^\s\/@]+)@/iu;
/** A token can stand where the name of a user does: long, or with the beginning that its maker gives it. */
const tokenInUrl = /^https?:\/\/((?:gh[a-z]_|github_pat_|glpat-)[^\s\/@:]+|[^\s\/@:]{20,})@/iu;

/** In the query: `?private_token=…`. */
const anyInQuery = /[?&]([A-Za-z][\w.\-]*)=([^\s&#"'\\]+)/gu;

/** The parts of a URL that nobody else should see. */
export const secretsInUrl = (url: string): readonly string[] => {
	const inFront = passwordInUrl.exec(url)?.[1] ?? tokenInUrl.exec(url)?.[1];
	const inQuery = [...url.matchAll(anyInQuery)].flatMap(([, name = '', value = '']) =>
		isSecretName(name) ? [value] : [],
	);
	return [...(inFront === undefined ? [] : [inFront]), ...inQuery];
};

/** As above, anywhere in a text, whether or not it is one of the settings. */
const anyPasswordInUrl = /(:\/\/[^\s\/@:]*:)[^\s\/@]+@/gu;
const anyTokenInUrl = /(https?:\/\/)(?:(?:gh[a-z]_|github_pat_|glpat-)[^\s\/@:]+|[^\s\/@:]{20,})@/giu;

/** Tokens of GitHub, GitLab and Slack, which their makers made to be recognised. */
const anyToken = /(?<![A-Za-z0-9])(?:gh[pousr]_|github_pat_|glpat-|xox[a-z]-)[A-Za-z0-9_\-]{6,}/gu;

/** PEM (RFC 7468). Its line breaks may be written in another way; what was cut off has no end. */
const anyPrivateKey =
	/-----BEGIN ([A-Z0-9 ]*)PRIVATE KEY-----(?:[^\-]+-----END \1PRIVATE KEY-----|(?:\s|\\[a-z0-9]{1,3})*[A-Za-z0-9+\/]{16}.*)/gu;

/** Hides what looks like a secret, whatever the settings are. */
export const maskLooks = (text: string): string =>
	text
		.replaceAll(anyPrivateKey, maskFor)
		.replaceAll(anyPasswordInUrl, `$1${maskText}@`)
		.replaceAll(anyTokenInUrl, `$1${maskText}@`)
		.replaceAll(anyInQuery, (whole, name: string) =>
			isSecretName(name) ? `${whole[0] ?? ''}${name}=${maskText}` : whole,
		)
		.replaceAll(anyToken, maskText);

/** Masks lines that belong together: a secret can go over several. */
export const maskLines = (lines: readonly string[], mask: (text: string) => string): readonly string[] =>
	lines.length === 0 ? [] : mask(lines.join('\n')).split('\n');
