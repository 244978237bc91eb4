import {generateKeyPairSync} from 'node:crypto';
import {existsSync, mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';

const write = (path: string, key: Buffer, mode: number): void =>
	writeFileSync(path, `cache:${key.toString('base64')}`, {mode});

/** Creates the keys that sign the binary cache, as nix-store(1) does; false if they exist. */
export const makeCacheKeys = (stateFolder: string): boolean => {
	const folder = join(stateFolder, 'cache-keys');
	const secretKey = join(folder, 'secret-key');
	const publicKey = join(folder, 'public-key');
	if (existsSync(secretKey) && existsSync(publicKey)) return false;
	const {d = '', x = ''} = generateKeyPairSync('ed25519').privateKey.export({format: 'jwk'});
	const point = Buffer.from(x, 'base64url');
	mkdirSync(folder, {recursive: true});
	write(secretKey, Buffer.concat([Buffer.from(d, 'base64url'), point]), 0o600);
	write(publicKey, point, 0o644);
	return true;
};
