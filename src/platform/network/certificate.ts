import {createPrivateKey, X509Certificate, type KeyObject} from 'node:crypto';
import {isIP} from 'node:net';
import {domainToASCII} from 'node:url';

export type Certificate = X509Certificate;
export type PrivateKey = KeyObject;

/** Why a file is not the expected kind. */
export type PemTrouble =
	/** It seems to be in a binary format (DER, PKCS#12). */
	| 'binary'
	/** A key instead of a certificate, or the other way round. */
	| 'other-half'
	/** A key that needs a passphrase. */
	| 'encrypted'
	| 'nothing'
	| 'damaged';

export type ReadPem<T> =
	{readonly good: true; readonly held: T} | {readonly good: false; readonly why: PemTrouble};

interface Block {
	readonly label: string;
	/** Includes its first and last line. */
	readonly text: string;
}

/** RFC 7468, section 2: text between the blocks is ignored. */
const blocksOf = (text: string): readonly Block[] =>
	[...text.matchAll(/-----BEGIN ([A-Z\d ]+)-----[\s\S]*?-----END \1-----/gu)].map(([block, label = '']) => ({
		label,
		text: block,
	}));

const isCertificate = ({label}: Block): boolean => /^(?:X509 |TRUSTED )?CERTIFICATE$/u.test(label);
const isKey = ({label}: Block): boolean => /(?:^| )PRIVATE KEY$/u.test(label);

/** RFC 1421, section 4.6.1.1, and RFC 5958, section 3: the older and the newer way. */
const isEncrypted = ({label, text}: Block): boolean =>
	label === 'ENCRYPTED PRIVATE KEY' || /^Proc-Type: *4, *ENCRYPTED/mu.test(text);

/** DER begins with the tag of a sequence, `0`, and its length (X.690, 8.1): from 128 bytes on that is no UTF-8. */
const isBinary = (text: string): boolean => /^0(?:\uFFFD|.\u0002\u0001)/su.test(text);

const troubleWithout = (text: string, blocks: readonly Block[]): PemTrouble => {
	if (blocks.length > 0) return 'other-half';
	return isBinary(text) ? 'binary' : 'nothing';
};

const reading = <T>(read: () => T): ReadPem<T> => {
	try {
		return {good: true, held: read()};
	} catch {
		return {good: false, why: 'damaged'};
	}
};

/** The certificates in a PEM file, in order: the server's own first, then the chain. */
export const readCertificates = (text: string): ReadPem<readonly Certificate[]> => {
	const blocks = blocksOf(text);
	const certificates = blocks.filter(isCertificate);
	if (certificates.length === 0) return {good: false, why: troubleWithout(text, blocks.filter(isKey))};
	return reading(() => certificates.map((block) => new X509Certificate(block.text)));
};

/** The private key in a PEM file. Of several, Vira's TLS library takes the last (crypton-x509-store, readKeyFile). */
export const readPrivateKey = (text: string): ReadPem<PrivateKey> => {
	const blocks = blocksOf(text);
	const key = blocks.findLast((block) => isKey(block) && !isEncrypted(block));
	if (key) return reading(() => createPrivateKey(key.text));
	if (blocks.some(isEncrypted)) return {good: false, why: 'encrypted'};
	return {good: false, why: troubleWithout(text, blocks.filter(isCertificate))};
};

/** The only curve that works, and names for others that are better known than OpenSSL's (RFC 8422, appendix A). */
const served = 'prime256v1';
const curveNames: Readonly<Record<string, string>> = {secp384r1: 'P-384', secp521r1: 'P-521'};

const unservedCurve = (curve: string | undefined): string | undefined => {
	if (curve === served) return undefined;
	return curve === undefined ? 'an EC key of an unnamed curve' : `a ${curveNames[curve] ?? curve} key`;
};

const unservedType = (type: string): string =>
	/^(?:rsa|x)/u.test(type) ? `an ${type.toUpperCase()} key` : `a ${type.toUpperCase()} key`;

/**
 * The kind of a key that Vira's TLS library does not support; undefined for a supported one. Measured on Vira: RSA,
 * P-256, Ed25519 and Ed448 work; with other curves every handshake fails, and RSA-PSS makes Vira exit.
 */
export const unservableKind = (key: PrivateKey): string | undefined => {
	const {asymmetricKeyType: type = 'unknown', asymmetricKeyDetails: details} = key;
	if (type === 'rsa' || type === 'ed25519' || type === 'ed448') return undefined;
	return type === 'ec' ? unservedCurve(details?.namedCurve) : unservedType(type);
};

export const belongTogether = (certificate: Certificate, key: PrivateKey): boolean =>
	certificate.checkPrivateKey(key);

/** Begin and end of its validity, milliseconds since 1970. */
export const validityOf = ({
	validFrom,
	validTo,
}: Certificate): {readonly from: number; readonly to: number} => ({
	from: Date.parse(validFrom),
	to: Date.parse(validTo),
});

/** Whether a browser accepts it for the host; the common name does not count (RFC 9525, 2). */
export const covers = (certificate: Certificate, host: string): boolean => {
	if (isIP(host) > 0) return certificate.checkIP(host) !== undefined;
	return certificate.checkHost(domainToASCII(host.replace(/\.$/u, '')), {subject: 'never'}) !== undefined;
};

/** The value for openssl that makes a certificate cover a host (x509v3_config(5), Subject Alternative Name). */
export const altNameFor = (host: string): string => `${isIP(host) > 0 ? 'IP' : 'DNS'}:${host}`;

/** The names and addresses it was issued for; empty without the list that browsers require. */
export const certificateNames = ({subjectAltName}: Certificate): readonly string[] =>
	[...(subjectAltName ?? '').matchAll(/(?:DNS|IP Address):([^,"]+)/gu)].map(([, name = '']) => name);
