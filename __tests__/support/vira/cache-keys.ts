import {generateKeyPairSync} from 'node:crypto';
import {existsSync, mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';

/** Makes the keys that sign the binary cache, when they are not there. */
export const makeCacheKeys = (stateFolder: string): void => {
	const folder = join(stateFolder, 'cache-keys');
	if (existsSync(folder)) return;
	const {publicKey, privateKey} = generateKeyPairSync('ed25519');
	mkdirSync(folder, {mode: 0o700});
	writeFileSync(join(folder, 'public.key'), publicKey.export({type: 'spki', format: 'pem'}));
	writeFileSync(join(folder, 'secret.key'), privateKey.export({type: 'pkcs8', format: 'pem'}), {mode: 0o600});
};
