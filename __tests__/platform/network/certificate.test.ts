import {createPrivateKey, generateKeyPairSync, X509Certificate, type KeyObject} from 'node:crypto';
import {expect, test} from '@jest/globals';
import {
	belongTogether,
	covers,
	certificateNames,
	readCertificates,
	readPrivateKey,
	unservableKind,
	validityOf,
} from '../../../src/platform/network/certificate.ts';
import {authority, encryptedKey, namelessPair, ownPair, yearPair} from '../../support/certificates.ts';

const own = new X509Certificate(ownPair.certificate);
const asText = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');
const der = asText(own.raw);
const derKey = asText(createPrivateKey(ownPair.key).export({type: 'pkcs8', format: 'der'}));
const edKey = asText(
	generateKeyPairSync('ed25519', {
		privateKeyEncoding: {type: 'pkcs8', format: 'der'},
		publicKeyEncoding: {type: 'spki', format: 'der'},
	}).privateKey,
);
const damaged = (pem: string): string => pem.replace(/\n.{20}/u, '\nAAAAAAAAAAAAAAAAAAAA');
const oldEncrypted =
	'-----BEGIN EC PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nAAAA\n-----END EC PRIVATE KEY-----\n';

test.each([
	['binary', der],
	['other-half', ownPair.key],
	['other-half', encryptedKey],
	['nothing', ''],
	['nothing', '0 is how this text begins'],
	['nothing', '-----BEGIN CERTIFICATE-----\nand nothing more'],
	['damaged', damaged(ownPair.certificate)],
	['damaged', ownPair.certificate + damaged(authority)],
])('not a certificate, %s: %#', (why, text) => {
	expect(readCertificates(text)).toEqual({good: false, why});
});

test.each([
	['binary', derKey],
	['binary', edKey],
	['other-half', ownPair.certificate],
	['encrypted', encryptedKey],
	['encrypted', oldEncrypted],
	['encrypted', ownPair.certificate + encryptedKey],
	['nothing', '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----'],
	['damaged', damaged(ownPair.key)],
])('not a key, %s: %#', (why, text) => {
	expect(readPrivateKey(text)).toEqual({good: false, why});
});

test('a file may contain both, with text between them and Windows line endings', () => {
	const text = `Subject: CN=ci\n${ownPair.key}\n${ownPair.certificate}and\n${authority}`.replaceAll(
		'\n',
		'\r\n',
	);
	const certificates = readCertificates(text);
	const key = readPrivateKey(text);
	if (!certificates.good || !key.good) throw new Error('not read');
	expect(certificates.held.map((one) => belongTogether(one, key.held))).toEqual([true, false]);
});

test('of several keys the last one is used, as in Vira', () => {
	const key = readPrivateKey(yearPair.key + ownPair.key);
	expect(key.good && belongTogether(own, key.held)).toBe(true);
});

const [none, pkcs8] = [undefined, {type: 'pkcs8', format: 'pem'} as const];

test.each([
	['RSA', generateKeyPairSync('rsa', {modulusLength: 2048}), none],
	['P-256', generateKeyPairSync('ec', {namedCurve: 'P-256'}), none],
	['Ed25519', generateKeyPairSync('ed25519'), none],
	['Ed448', generateKeyPairSync('ed448'), none],
	['P-384', generateKeyPairSync('ec', {namedCurve: 'P-384'}), 'a P-384 key'],
	['P-521', generateKeyPairSync('ec', {namedCurve: 'P-521'}), 'a P-521 key'],
	['secp256k1', generateKeyPairSync('ec', {namedCurve: 'secp256k1'}), 'a secp256k1 key'],
	['brainpool', generateKeyPairSync('ec', {namedCurve: 'brainpoolP256r1'}), 'a brainpoolP256r1 key'],
	['RSA-PSS', generateKeyPairSync('rsa-pss', {modulusLength: 2048}), 'an RSA-PSS key'],
	['DSA', generateKeyPairSync('dsa', {modulusLength: 1024, divisorLength: 160}), 'a DSA key'],
	['X25519', generateKeyPairSync('x25519'), 'an X25519 key'],
])('Vira cannot serve a key of the kind %s: %#', (_, {privateKey}, kind) => {
	const key = readPrivateKey(privateKey.export(pkcs8).toString());
	expect(key.good && unservableKind(key.held)).toBe(kind);
});

test('Vira cannot serve older formats of such a key, but it can serve older formats of others', () => {
	const text = (key: KeyObject, type: 'sec1' | 'pkcs1'): string =>
		key.export({type, format: 'pem'}).toString();
	const kinds = [
		text(generateKeyPairSync('rsa', {modulusLength: 2048}).privateKey, 'pkcs1'),
		text(generateKeyPairSync('ec', {namedCurve: 'P-256'}).privateKey, 'sec1'),
		text(generateKeyPairSync('ec', {namedCurve: 'P-384'}).privateKey, 'sec1'),
	].map(readPrivateKey);
	expect(kinds.map((key) => key.good && unservableKind(key.held))).toEqual([none, none, 'a P-384 key']);
});

test.each([
	['ci.example.org', true],
	['CI.example.org.', true],
	['example.org', false],
	['a.builds.example.org', true],
	['a.b.builds.example.org', false],
	['bücher.example', true],
	['192.0.2.7', true],
	['192.0.2.8', false],
	['2001:db8::7', true],
	['2001:0db8:0::0007', true],
	['::1', false],
	['localhost', false],
])('%s is covered: %s', (host, expected) => {
	expect(covers(own, host)).toBe(expected);
});

test('a common name alone covers nothing, as in browsers', () => {
	const nameless = new X509Certificate(namelessPair.certificate);
	expect([nameless.subject, covers(nameless, 'localhost'), certificateNames(nameless)]).toEqual([
		'CN=localhost',
		false,
		[],
	]);
});

test('the names and dates', () => {
	const year = new X509Certificate(yearPair.certificate);
	expect(certificateNames(year)).toEqual(['localhost', '127.0.0.1', '0:0:0:0:0:0:0:1']);
	expect(validityOf(year)).toEqual({from: Date.UTC(2026, 0, 1), to: Date.UTC(2027, 0, 1)});
});
