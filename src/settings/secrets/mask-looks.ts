import {forEachMatch, replaceRanges, type Range} from './find-texts.ts';
import {assignedSecrets, isPlainlySecret, isSecretName} from './assigned-secrets.ts';

/** What stands on a screen in place of a secret. */
export const maskText = '••••••';

/** The same, on as many lines as the secret has. */
export const maskLike = (secret: string): string => maskText + '\n'.repeat(secret.split('\n').length - 1);

/** The secrets in a text, as one of the ways to tell them sees them. */
type Look = (text: string) => readonly Range[];

/**
 * Finds `secret`, which stands behind `before`; where there is a `name`, it has to be that of a secret. Most texts do
 * not have what is `needed`, and are passed over at once.
 */
const lookFor =
	(needed: string, pattern: RegExp, isSecret = isSecretName): Look =>
	(text) => {
		const found: Range[] = [];
		if (!text.includes(needed)) return found;
		forEachMatch(pattern, text, ({index, groups = {}}) => {
			const {before = '', secret = '', name} = groups;
			const from = index + before.length;
			if (name === undefined || isSecret(name)) found.push([from, from + secret.length]);
		});
		return found;
	};

/** Up to the last `@` before the host, as Git and curl take it: RFC 3986, 3.2, with what people do not encode. */
const passwordInUrl = lookFor(
	'@',
	/(?<before>:\/\/[^\s\/:?#"'<>]*:)(?<secret>[^\s\/@]+(?:@[^\s\/@?#"'<>]+)*)@/gu,
);

/** A token can stand where the name of a user does: long, or with the beginning that its maker gives it. */
const tokenInUrl = lookFor(
	'@',
	/(?<before>https?:\/\/)(?<secret>(?:(?:gh[a-z]_|github_pat_|glpat-)[^\s\/@:]+|[^\s\/@:]{20,})(?:@[^\s\/@:?#"'<>]+)*)@/giu,
);

/** In the query, as `?private_token=…`, or behind `#`. */
const secretInQuery = lookFor('=', /(?<before>[?&#](?<name>[A-Za-z][\w.\-]*)=)(?<secret>[^\s&#"'\\<]+)/gu);

const inUrl: readonly Look[] = [passwordInUrl, tokenInUrl, secretInQuery];

/** Tokens of GitHub, GitLab, Slack, npm and PyPI, which their makers made to be recognised, and those of RFC 7519. */
const madeToken = lookFor(
	'',
	/(?<![A-Za-z0-9])(?<secret>(?:gh[pousr]_|github_pat_|glpat-|xox[a-z]-)[A-Za-z0-9_\-]{6,}|(?:npm_|pypi-)[A-Za-z0-9_\-]{20,}|(?<![_\-])eyJ[A-Za-z0-9_\-]{8,}\.[A-Za-z0-9_\-]{8,}(?:\.[A-Za-z0-9_\-]*)?)/gu,
);

/** PEM (RFC 7468). Its line breaks may be written in another way; what was cut off has no end. */
const privateKey = lookFor(
	'PRIVATE KEY-----',
	/(?<secret>-----BEGIN (?<kind>[A-Z0-9 ]*)PRIVATE KEY-----(?:[^\-]+-----END \k<kind>PRIVATE KEY-----|(?:\s|\\[a-z0-9]{1,3})*[A-Za-z0-9+\/]{16}.*))/gu,
);

/** A blank, as it is or as a shell, systemd or a URL may have it. */
const blankPattern = String.raw`(?:[ \t]|\\ |\\x20|\\s|%20)`;

/** Of HTTP: RFC 9110, 11.6.2. The schemes at its end have several parts. */
const header = lookFor(
	':',
	new RegExp(
		String.raw`(?<![\w\-])(?<before>(?<name>Authorization|[A-Za-z]\w*-[\w\-]*):${blankPattern}{0,9}(?:(?:Bearer|Basic|Token|ApiKey|Negotiate)${blankPattern}{1,9})?)(?<secret>(?:Digest|OAuth|AWS4-HMAC-SHA256)[ \t][^\n]+|[^\s"'\\<,]+)`,
		'giu',
	),
	(name) => /^(?:Proxy-)?Authorization$/iu.test(name) || (name.includes('-') && isPlainlySecret(name)),
);

/** RFC 6265: several, up to the end of the header. */
const cookies = lookFor(
	':',
	/(?<![\w\-])(?<before>(?:Set-)?Cookie:[ \t]{0,9})(?<secret>[^\s"'\\<][^"'\\<\n]*)/giu,
);

/** The same without the header before it: what has a digit, a `=` or letters of both kinds is no word. */
const bearer = lookFor(
	'B',
	/(?<![\w\-])(?<before>(?:Bearer|Basic)[ \t]+)(?<secret>(?=[A-Za-z]*(?:[a-z][A-Z]|[\d=._~+\/\-][\w.~+\/=\-]))[\w.~+\/\-]{8,}=*)/gu,
);

/** What one look finds within what the other does. */
const within =
	(outer: Look, inner: Look): Look =>
	(text) =>
		outer(text).flatMap(([start, end]) =>
			inner(text.slice(start, end)).map(([from, to]) => [start + from, start + to] as const),
		);

/** `curl -u USER:PASSWORD` and `sshpass -p PASSWORD`: of other programs, these letters mean something else. */
const forPrograms = within(
	lookFor('', /(?<secret>\b(?:curl|sshpass)\b[^\n]*)/gu),
	lookFor(
		'-',
		/(?<=\s)(?<before>(?:-[uU]|--(?:proxy-)?user)[ \t=]*["']?[^\s:"'\-][^\s:"']*:|-p(?<=sshpass[ \t]+-p)[ \t]*["']?)(?<secret>(?:[^\s"'\\]|\\(?!["'n]))+)/gu,
	),
);

/** Of nix.conf(5), as in NIX_CONFIG or behind `--option`: `HOST=TOKEN`, several with blanks between them. */
const accessTokens = within(
	lookFor('access-tokens', /(?<before>access-tokens[ \t=]+["']?)(?<secret>[^\n"'\\]+)/gu),
	lookFor('=', /(?<!\S)(?<before>[^\s=]+=)(?<secret>[^\s,]+)/gu),
);

/** systemd.exec(5): `ID:DATA`, where the service finds DATA in a file of that name; in a unit, and in JSON. */
const credential = lookFor(
	'SetCredential',
	/(?<before>\bSetCredential(?:Encrypted)?=[^:\n"]{0,255}:)(?<secret>[^\n]+)/gu,
);
const credentialInJson = lookFor(
	'"SetCredential',
	/(?<before>"SetCredential(?:Encrypted)?"\s{0,9}:\s{0,9}"[^:\n"]{0,255}:)(?<secret>[^"\n]+)/gu,
);

const looks: readonly Look[] = [
	...inUrl,
	madeToken,
	privateKey,
	header,
	cookies,
	bearer,
	forPrograms,
	accessTokens,
	credential,
	credentialInJson,
	assignedSecrets,
];

/** Everything in a text that looks like a secret, whatever the settings are. */
export const secretLooks: Look = (text) => looks.flatMap((look) => look(text));

/** The secret parts of a URL. */
export const secretsInUrl = (url: string): readonly string[] =>
	inUrl.flatMap((look) => look(url)).map(([from, to]) => url.slice(from, to));

/** Hides what looks like a secret, whatever the settings are. */
export const maskLooks = (text: string): string => replaceRanges(text, secretLooks(text), maskLike);

/** Masks lines that belong together: a secret can go over several. */
export const maskLines = (lines: readonly string[], mask: (text: string) => string): readonly string[] =>
	lines.length === 0 ? [] : mask(lines.join('\n')).split('\n');
