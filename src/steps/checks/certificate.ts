import {
	belongTogether,
	readCertificates,
	readPrivateKey,
	type Certificate,
	type PemTrouble,
	type PrivateKey,
	type ReadPem,
} from '../../platform/network/certificate.ts';
import {commandText} from '../../platform/command-text.ts';
import {expandHome} from '../../settings/value.ts';
import type {Inspected, System} from '../../platform/system.ts';
import {
	certificateWarnings,
	keyWarnings,
	keyKindProblem,
	copyOf,
	type Opened,
	isPkcs12,
	converted,
} from './certificate-remarks.ts';
import {
	nothing,
	problem,
	together,
	type Check,
	type Remarks,
	type Subject,
} from '../../platform/service-manager/check.ts';
import {
	doesNotExist,
	isFolderNotFile,
	cannotRead,
	findExisting,
	reasonAgainst,
	type ExistingPath,
} from '../../platform/paths.ts';

/** One of the two files: what is read from it, and the messages if that fails. */
interface Half<T> {
	readonly option: 'tlsCert' | 'tlsKey';
	readonly read: (text: string) => ReadPem<T>;
	readonly messages: (path: string) => Readonly<Record<PemTrouble, string>>;
	/** The problem of one that could be read. */
	readonly problem?: (held: T, path: string, subject: Subject) => string | undefined;
}

const noCertificate = (path: string): string => `${path} contains no certificate`;

const certificateHalf: Half<readonly Certificate[]> = {
	option: 'tlsCert',
	read: readCertificates,
	messages: (path) => ({
		binary: converted(
			path,
			isPkcs12(path) ? ['openssl', 'pkcs12', '-nokeys'] : ['openssl', 'x509', '-inform', 'der'],
			'certificate',
		),
		'other-half': `${path} contains a private key, not a certificate. Use the certificate that was issued for it.`,
		encrypted: `${noCertificate(path)}.`,
		nothing: `${noCertificate(path)}: a PEM file has a line -----BEGIN CERTIFICATE-----.`,
		damaged: `The certificate in ${path} is damaged. Get a new copy from its issuer.`,
	}),
};

const keyHalf: Half<PrivateKey> = {
	option: 'tlsKey',
	read: readPrivateKey,
	messages: (path) => ({
		binary: converted(
			path,
			isPkcs12(path) ? ['openssl', 'pkcs12', '-nocerts', '-nodes'] : ['openssl', 'pkey', '-inform', 'der'],
			'key',
		),
		'other-half': `${path} contains a certificate, not a private key. Use the key that it was issued for.`,
		encrypted: `The key in ${path} has a passphrase, which no one can type when Vira starts. Remove the passphrase, and use the new file: ${commandText(['openssl', 'pkey', '-in', path, '-out', `${path}.plain`])}`,
		nothing: `${path} contains no private key: a PEM file has a line -----BEGIN PRIVATE KEY-----.`,
		damaged: `The private key in ${path} is damaged. Use the one that the certificate was issued for.`,
	}),
	problem: keyKindProblem,
};

type HalfSeen<T> =
	| {readonly good: true; readonly path: string; readonly found: Inspected; readonly held: T}
	| {
			readonly good: false;
			readonly option: Half<T>['option'];
			readonly message: string;
			readonly why?: PemTrouble;
	  };

/** No certificate chain is that long: a larger file is the wrong one. */
const mostBytes = 2 ** 20;

const giveAnother = 'Use a PEM file, or set neither certificate nor key: Vira then creates its own.';

const absent = ({nearest, found}: ExistingPath, path: string): string =>
	nearest === path && found.linksTo !== undefined
		? `${path} is a link to ${found.linksTo}, which does not exist. ${giveAnother}`
		: `${doesNotExist(path)} ${giveAnother}`;

const wrongKind = (path: string, {leadsTo, size}: Inspected): string | undefined => {
	if (leadsTo === 'folder') return isFolderNotFile(path);
	if (leadsTo !== 'file') return `${path} is not a regular file. ${giveAnother}`;
	if (size === 0) return `${path} is empty. ${giveAnother}`;
	return size > mostBytes
		? `${path} is too large for a PEM file (${Math.ceil(size / mostBytes)} MiB). ${giveAnother}`
		: undefined;
};

/** The text of a PEM file, or why it cannot be read. A pipe is not opened: reading could block forever. */
const openPem = async (system: System, path: string): Promise<Opened> => {
	const place = await findExisting(system, path);
	const {nearest, found, hidden, missing} = place;
	if (hidden) {
		const why = await reasonAgainst(system, found, 0o100);
		return {good: false, message: `${cannotRead(nearest, why)} ${copyOf(path, system)}`};
	}
	if (missing.length > 0 || found.leadsTo === undefined) return {good: false, message: absent(place, path)};
	const wrong = wrongKind(path, found);
	if (wrong !== undefined) return {good: false, message: wrong};
	if (!found.readable) {
		const why = await reasonAgainst(system, found, 0o400);
		return {good: false, message: `${cannotRead(path, why)} ${copyOf(path, system)}`};
	}
	return {good: true, text: (await system.readFile(path, {lossy: true, mostBytes})) ?? '', found};
};

const readHalf = async <T>(subject: Subject, half: Half<T>): Promise<HalfSeen<T> | undefined> => {
	const {system, settings, facts} = subject;
	const {option} = half;
	const given = settings[option];
	if (given === undefined) return undefined;
	const path = expandHome(given, facts.user.home);
	const opened = await openPem(system, path);
	if (!opened.good) return {good: false, option, message: opened.message};
	const read = half.read(opened.text);
	if (!read.good) return {good: false, option, message: half.messages(path)[read.why], why: read.why};
	const message = half.problem?.(read.held, path, subject);
	if (message !== undefined) return {good: false, option, message};
	return {good: true, path, found: opened.found, held: read.held};
};

const unreadRemarks = (seen: readonly (HalfSeen<unknown> | undefined)[]): Remarks => {
	const wrong = seen.filter((one) => one?.good === false);
	const exchanged = wrong.length === 2 && wrong.every(({why}) => why === 'other-half');
	return together(
		wrong.map(({option, message}) =>
			problem(
				option,
				exchanged ? 'The certificate and the key are swapped. Exchange the two paths.' : message,
				'certificate-unusable',
			),
		),
	);
};

type Good<T> = Extract<HalfSeen<T>, {good: true}>;

const pairProblem = (
	certificates: Good<readonly Certificate[]>,
	key: Good<PrivateKey>,
): Remarks | undefined => {
	const place = certificates.held.findIndex((one) => belongTogether(one, key.held));
	if (place === 0) return undefined;
	return place < 0
		? problem(
				'tlsKey',
				`The key in ${key.path} does not match the certificate in ${certificates.path}. Use two files that were created together.`,
				'certificate-unusable',
			)
		: problem(
				'tlsCert',
				`The certificate for this key is number ${place + 1} in ${certificates.path}. Put it first, followed by its issuers.`,
				'certificate-unusable',
			);
};

/** Whether Vira can serve HTTPS with the certificate, and browsers will accept it. Not checked without HTTPS. */
export const checkCertificate: Check = async (subject) => {
	const {settings, facts} = subject;
	if (!settings.https) return nothing;
	const [certificates, key] = await Promise.all([
		readHalf(subject, certificateHalf),
		readHalf(subject, keyHalf),
	]);
	if (!certificates?.good || !key?.good) return unreadRemarks([certificates, key]);
	const wrong = pairProblem(certificates, key);
	if (wrong) return wrong;
	const [own] = certificates.held;
	const warnings = own
		? certificateWarnings(own, {hostname: settings.hostname, now: Date.parse(facts.now)})
		: [];
	return {problems: [], warnings: [...warnings, ...keyWarnings(key, facts.user)]};
};
