import {execFileSync} from 'node:child_process';
import {existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {codeOf, Failure, reasonOf} from './failure.ts';
import {fixtureCertificate, fixtureKey} from './fixture-pair.ts';

export interface TlsPair {
	readonly cert: string;
	readonly key: string;
}

const names = 'subjectAltName=DNS:localhost,IP:127.0.0.1,IP:::1';

const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '3650'];

const makePair = (certificate: string, key: string): void => {
	const subject = ['-subj', '/CN=localhost', '-addext', names];
	try {
		execFileSync('openssl', ['req', '-x509', ...newKey, ...subject, '-keyout', key, '-out', certificate], {
			stdio: 'pipe',
		});
	} catch (error) {
		if (codeOf(error) !== 'ENOENT') throw new Failure(`No TLS pair could be made: ${reasonOf(error)}`);
		writeFileSync(certificate, fixtureCertificate);
		writeFileSync(key, fixtureKey, {mode: 0o600});
	}
};

/** Reads the pair of the state folder, made when it is not there. */
export const ownPair = (stateFolder: string): TlsPair => {
	const folder = join(stateFolder, 'tls');
	const certificate = join(folder, 'server.crt');
	const key = join(folder, 'server.key');
	mkdirSync(folder, {recursive: true, mode: 0o700});
	if (!existsSync(certificate) || !existsSync(key)) makePair(certificate, key);
	return readPair(certificate, key);
};

export const readPair = (certificate: string, key: string): TlsPair => {
	try {
		return {cert: readFileSync(certificate, 'utf8'), key: readFileSync(key, 'utf8')};
	} catch (error) {
		throw new Failure(`The TLS pair cannot be read: ${reasonOf(error)}`);
	}
};
