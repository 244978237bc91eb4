import {execFileSync} from 'node:child_process';
import {createPrivateKey} from 'node:crypto';
import {existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {codeOf, Failure, reasonOf} from './failure.ts';
import {fixtureCertificate, fixtureKey} from './fixture-pair.ts';
import {opensslConfig} from './openssl-config.ts';

export interface TlsPair {
	readonly cert: string;
	readonly key: string;
	/** Whether Vira's TLS library can serve it: if not, every handshake fails. */
	readonly isServable: boolean;
}

const makePair = (folder: string, certificate: string, key: string): void => {
	const config = join(folder, 'openssl.conf');
	const openssl = (...given: readonly string[]): void =>
		void execFileSync('openssl', given, {stdio: ['ignore', 'inherit', 'inherit']});
	writeFileSync(config, opensslConfig);
	try {
		openssl('genrsa', '-out', key, '2048');
		openssl('req', '-new', '-x509', '-key', key, '-out', certificate, '-days', '3650', '-config', config);
	} catch (error) {
		// In Vira openssl is compiled in by its path, so that it is always there.
		if (codeOf(error) !== 'ENOENT') throw new Failure(`vira: callProcess: ${reasonOf(error)}`);
		writeFileSync(certificate, fixtureCertificate);
		writeFileSync(key, fixtureKey, {mode: 0o600});
	}
};

const pathsIn = (folder: string): readonly [certificate: string, key: string] => [
	join(folder, 'server.crt'),
	join(folder, 'server.key'),
];

/** Whether the state folder has a pair from an earlier start. */
export const hasOwnPair = (stateFolder: string): boolean =>
	pathsIn(join(stateFolder, 'tls')).every((path) => existsSync(path));

/** Reads the pair of the state folder, made when it is not there. */
export const ownPair = (stateFolder: string): TlsPair => {
	const folder = join(stateFolder, 'tls');
	const [certificate, key] = pathsIn(folder);
	mkdirSync(folder, {recursive: true});
	if (!hasOwnPair(stateFolder)) makePair(folder, certificate, key);
	return readPair(certificate, key);
};

const textOf = (path: string): string => {
	try {
		return readFileSync(path, 'utf8');
	} catch {
		throw new Failure(`vira: ${path}: withBinaryFile: does not exist (No such file or directory)`);
	}
};

/** The curves, by OpenSSL's names, of keys that the library reads. */
const readCurves = ['prime256v1', 'secp384r1', 'secp521r1', 'secp256k1'];

/** Whether it can be served; fails for a key that the library does not read. */
const judge = (key: string): boolean => {
	const {asymmetricKeyType, asymmetricKeyDetails} = keyIn(key);
	const curve = asymmetricKeyDetails?.namedCurve;
	if (asymmetricKeyType === 'rsa-pss' || (curve !== undefined && !readCurves.includes(curve)))
		throw new Failure('vira: no keys found');
	return curve === undefined || curve === 'prime256v1';
};

const keyIn = (key: string) => {
	try {
		return createPrivateKey(key);
	} catch {
		throw new Failure('vira: no keys found');
	}
};

export const readPair = (certificate: string, key: string): TlsPair => {
	const pair = {cert: textOf(certificate), key: textOf(key)};
	return {...pair, isServable: judge(pair.key)};
};
