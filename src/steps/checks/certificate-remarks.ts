import type {Fix} from '../../notice.ts';
import {
	covers,
	validityOf,
	type Certificate,
	certificateNames,
	altNameFor,
	unservableKind,
	type PrivateKey,
} from '../../platform/network/certificate.ts';
import {modeText} from '../../platform/paths.ts';
import {commandText} from '../../platform/command-text.ts';
import type {Inspected, System, User, Command} from '../../platform/system.ts';
import {isEverywhere, type Warning} from '../../settings/warning.ts';
import type {Subject} from '../../platform/service-manager/check.ts';

/** RSA, which every openssl can create with these options, also that of LibreSSL (openssl-req(1)). */
const makePair = ({settings: {hostname}, facts: {user}}: Pick<Subject, 'settings' | 'facts'>): string => {
	// No one opens a wildcard address in a browser.
	const host = isEverywhere(hostname) ? 'localhost' : hostname;
	const files = ['-keyout', `${user.home}/vira-rsa.key.pem`, '-out', `${user.home}/vira-rsa.crt.pem`];
	const subject = ['-subj', `/CN=${host}`, '-addext', `subjectAltName=${altNameFor(host)}`];
	const key = ['-newkey', 'rsa:2048', '-nodes', '-days', '365'];
	return commandText(['openssl', 'req', '-x509', ...key, ...subject, ...files]);
};

/** Vira starts with a key that it cannot use, and then fails for every browser; undefined: it can use this one. */
export const keyKindProblem = (
	key: PrivateKey,
	path: string,
	subject: Pick<Subject, 'settings' | 'facts'>,
): string | undefined => {
	const kind = unservableKind(key);
	return kind === undefined
		? undefined
		: `The key in ${path} is ${kind}, which Vira cannot use for HTTPS. Use a certificate with an RSA, P-256, Ed25519 or Ed448 key. To create a self-signed pair: ${makePair(subject)}`;
};

const dayMs = 24 * 60 * 60 * 1000;

/** When timers usually renew certificates that are valid for 90 days. */
const soonDays = 30;

const dateText = (ms: number): string =>
	new Intl.DateTimeFormat('en-GB', {dateStyle: 'long', timeZone: 'UTC'}).format(ms);

const daysText = (ms: number): string => {
	const days = Math.floor(ms / dayMs);
	if (days === 0) return 'less than a day';
	return days === 1 ? '1 day' : `${days} days`;
};

const renew: readonly Fix[] = [{say: 'Renew it, then restart Vira to load the new files.'}];

const datesOf = (certificate: Certificate, now: number): readonly Warning[] => {
	const {from, to} = validityOf(certificate);
	const told = (code: Warning['code'], message: string, fixes: readonly Fix[]): readonly Warning[] => [
		{code, option: 'tlsCert', message, fixes},
	];
	if (now > to)
		return told(
			'certificate-expired',
			`The certificate expired on ${dateText(to)}, ${daysText(now - to)} ago. Browsers reject it.`,
			renew,
		);
	if (now < from)
		return told(
			'certificate-not-yet-valid',
			`The certificate is not valid until ${dateText(from)}, in ${daysText(from - now)}. Browsers reject it until then.`,
			[{say: "Wait until then, or correct this machine's clock if it is wrong."}],
		);
	if (to - now >= soonDays * dayMs) return [];
	return told(
		'certificate-expires-soon',
		`The certificate expires on ${dateText(to)}, in ${daysText(to - now)}. Browsers will then reject it.`,
		renew,
	);
};

const hostOf = (certificate: Certificate, hostname: string): readonly Warning[] => {
	const host = hostname.replace(/^\[(.*)\]$/u, '$1');
	if (isEverywhere(host) || covers(certificate, host)) return [];
	const names = certificateNames(certificate);
	const few = names.slice(0, 3).join(', ') + (names.length > 3 ? `, and ${names.length - 3} more` : '');
	return [
		{
			code: 'certificate-other-host',
			option: 'tlsCert',
			message:
				names.length === 0
					? `The certificate names no host: browsers show a warning for ${host}.`
					: `The certificate is for ${few}, not for ${host}: browsers show a warning there.`,
			fixes: [
				names.length === 0
					? {say: `Use a certificate with ${host} as a subject alternative name.`}
					: {say: `Use a certificate for ${host}, or open Vira with a name that this one covers.`},
			],
		},
	];
};

/** What browsers will report about the certificate. `now`: milliseconds since 1970. */
export const certificateWarnings = (
	certificate: Certificate,
	{hostname, now}: {readonly hostname: string; readonly now: number},
): readonly Warning[] => [...datesOf(certificate, now), ...hostOf(certificate, hostname)];

interface KeyFile {
	readonly path: string;
	readonly found: Inspected;
}

const fixForKey = ({path, found}: KeyFile, user: User): Fix => {
	if ((found.realPath ?? path).startsWith('/nix/store/'))
		return {say: 'Keep it outside the Nix store, which every user can read.'};
	if (found.owner === user.uid) return {say: '', command: commandText(['chmod', '600', path])};
	return {say: '', command: commandText(['sudo', 'chmod', 'o-rwx', path])};
};

/** A key of root that a group can read is intended: that is how the user can read it. */
export const keyWarnings = (key: KeyFile, user: User): readonly Warning[] => {
	const {mode, owner} = key.found;
	const tooMany = owner === user.uid ? 0o077 : 0o007;
	if ((mode & tooMany) === 0) return [];
	return [
		{
			code: 'key-readable-by-others',
			option: 'tlsKey',
			message: `Other users of this machine can read or change the key ${key.path} (mode ${modeText(mode)}).`,
			fixes: [fixForKey(key, user)],
		},
	];
};

/** Vira runs as the user, with the same permissions. */
export const copyOf = (path: string, {user}: System): string => {
	const copy = `${user.home}/${path.slice(path.lastIndexOf('/') + 1)}`;
	const install = ['sudo', 'install', '-o', user.name, '-m', '0600', path, copy] as const;
	return `Vira runs under your account. To create a copy that it can read: ${commandText(install)}`;
};

export type Opened =
	| {readonly good: true; readonly text: string; readonly found: Inspected}
	| {readonly good: false; readonly message: string};

export const isPkcs12 = (path: string): boolean => /\.(?:p12|pfx)$/iu.test(path);

/** A PKCS#12 file contains both: the suffixes differ so that they become two files. */
export const converted = (path: string, words: Command, half: 'certificate' | 'key'): string => {
	const into = `${path}.${half === 'key' ? 'key' : 'crt'}.pem`;
	return `${path} is in a binary format, but Vira needs PEM. Convert it, and use the new file as the ${half}: ${commandText([...words, '-in', path, '-out', into])}`;
};
