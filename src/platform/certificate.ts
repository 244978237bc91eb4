import {createPrivateKey, X509Certificate, type KeyObject} from 'node:crypto';
import {isIP} from 'node:net';
import {domainToASCII} from 'node:url';

export type Certificate = X509Certificate;
export type PrivateKey = KeyObject;

/** Why a file is not what it was given for. */
export type PemTrouble =
	/** It looks like the same in binary (DER, PKCS#12). */
	| 'binary'
	/** A key where a certificate was expected, or the other way round. */
	| 'other-half'
	/** A key that opens with a passphrase only. */
	| 'encrypted'
	| 'nothing'
	| 'damaged';

export type ReadPem<T> =
	{readonly good: true; readonly held: T} | {readonly good: false; readonly why: PemTrouble};

interface Block {
	readonly label: string;
	/** With its first and last line. */
	readonly text: string;
}

/** RFC 7468, section 2: what stands between the blocks is of no account. */
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

/** The certificates in a PEM file, in its order: first the server's own, then those that vouch for it. */
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

/** The one curve that works, and those that have better names than OpenSSL's own (RFC 8422, appendix A). */
const served = 'prime256v1';
const curveNames: Readonly<Record<string, string>> = {secp384r1: 'P-384', secp521r1: 'P-521'};

const unservedCurve = (curve: string | undefined): string | undefined => {
	if (curve === served) return undefined;
	return curve === undefined ? 'an EC key of an unnamed curve' : `a ${curveNames[curve] ?? curve} key`;
};

const unservedType = (type: string): string =>
	/^(?:rsa|x)/u.test(type) ? `an ${type.toUpperCase()} key` : `a ${type.toUpperCase()} key`;

/**
 * What kind of key it is, where Vira's TLS library does not serve it; undefined where it does. Measured on Vira: RSA,
 * P-256, Ed25519 and Ed448 work; with other curves every handshake fails, and RSA-PSS ends Vira.
 */
export const unservableKind = (key: PrivateKey): string | undefined => {
	const {asymmetricKeyType: type = 'unknown', asymmetricKeyDetails: details} = key;
	if (type === 'rsa' || type === 'ed25519' || type === 'ed448') return undefined;
	return type === 'ec' ? unservedCurve(details?.namedCurve) : unservedType(type);
};

export const belongTogether = (certificate: Certificate, key: PrivateKey): boolean =>
	certificate.checkPrivateKey(key);

/** From when until when it is valid, milliseconds since 1970. */
export const validityOf = ({
	validFrom,
	validTo,
}: Certificate): {readonly from: number; readonly to: number} => ({
	from: Date.parse(validFrom),
	to: Date.parse(validTo),
});

/** Whether a browser that was sent to the host accepts its names; the common name is none of them (RFC 9525, 2). */
export const covers = (certificate: Certificate, host: string): boolean => {
	if (isIP(host) > 0) return certificate.checkIP(host) !== undefined;
	return certificate.checkHost(domainToASCII(host.replace(/\.$/u, '')), {subject: 'never'}) !== undefined;
};

/** How openssl is told to have a certificate cover a host (x509v3_config(5), Subject Alternative Name). */
export const altNameFor = (host: string): string => `${isIP(host) > 0 ? 'IP' : 'DNS'}:${host}`;

/** The names and addresses it was issued for; none where it has no such list, which browsers ask for. */
export const namesIn = ({subjectAltName}: Certificate): readonly string[] =>
	[...(subjectAltName ?? '').matchAll(/(?:DNS|IP Address):([^,"]+)/gu)].map(([, name = '']) => name);
