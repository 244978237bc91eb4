import {makeFolders, writeWithFolders, type Machine} from '../machine.ts';

/** A file that Vira makes at its first start, below its state folder. */
interface Made {
	readonly path: string;
	readonly mode: number;
}

/** As nix-store(1) makes them. */
const cacheKeys: readonly Made[] = [
	{path: 'cache-keys/secret-key', mode: 0o600},
	{path: 'cache-keys/public-key', mode: 0o644},
];

/** As openssl(1) makes them. */
const ownCertificate: readonly Made[] = [
	{path: 'tls/server.key', mode: 0o600},
	{path: 'tls/openssl.conf', mode: 0o644},
	{path: 'tls/server.crt', mode: 0o644},
];

/** What lies in them is read by nobody here. */
const make = async (machine: Machine, stateFolder: string, files: readonly Made[]): Promise<boolean> => {
	const found = await Promise.all(files.map(({path}) => machine.files.inspect(`${stateFolder}/${path}`)));
	if (found.every((file) => file !== undefined)) return false;
	for (const {path, mode} of files)
		await writeWithFolders(machine, `${stateFolder}/${path}`, {content: `A simulated ${path}\n`, mode});
	return true;
};

/** Makes the keys that sign the binary cache; answers whether they were missing. */
export const makeCacheKeys = (machine: Machine, stateFolder: string): Promise<boolean> =>
	make(machine, stateFolder, cacheKeys);

/** Makes the certificate of Vira's own; answers whether it was missing. */
export const makeCertificate = (machine: Machine, stateFolder: string): Promise<boolean> =>
	make(machine, stateFolder, ownCertificate);

/** Makes the folder that jobs run in. */
export const makeWorkspace = (machine: Machine, stateFolder: string): Promise<void> =>
	makeFolders(machine, `${stateFolder}/workspace`);
