import {execFileSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import {integrities, packageFor, type Target} from './releases.ts';

/** Downloads and what is built of them; `npm ci` empties it, and npm keeps what it downloaded in its own cache. */
export const cacheFolder = join(import.meta.dirname, '..', '..', 'node_modules', '.cache', 'vira-setup');

const download = (name: string, folder: string): string => {
	const expected = integrities[name];
	if (expected === undefined) throw new Error(`scripts/nodes/releases.ts has no integrity of ${name}.`);
	execFileSync('npm', ['pack', '--silent', '--pack-destination', folder, name], {
		stdio: ['ignore', 'ignore', 'inherit'],
	});
	const [file = ''] = readdirSync(folder);
	const tarball = join(folder, file);
	const actual = `sha512-${createHash('sha512').update(readFileSync(tarball)).digest('base64')}`;
	if (actual !== expected) throw new Error(`${name} is ${actual} instead of ${expected}.`);
	return tarball;
};

/** Folder of the package with `bin/node` and the `LICENSE` of Node and of all that is in it, downloaded once. */
const nodePackage = (version: string, target: Target): string => {
	const folder = join(cacheFolder, 'licensed-nodes', `${version}-${target}`);
	const found = join(folder, 'package');
	if (existsSync(found)) return found;
	mkdirSync(cacheFolder, {recursive: true});
	const work = mkdtempSync(join(cacheFolder, 'download-'));
	try {
		const tarball = download(`${packageFor(target)}@${version}`, work);
		execFileSync('tar', ['-xzf', tarball, '-C', work, 'package/bin/node', 'package/LICENSE']);
		rmSync(tarball);
		mkdirSync(join(cacheFolder, 'licensed-nodes'), {recursive: true});
		// Whole or not at all: two tests may download it at the same time.
		if (!existsSync(folder)) renameSync(work, folder);
	} finally {
		rmSync(work, {recursive: true, force: true});
	}
	return found;
};

/**
 * Path of Node in that version, downloaded from the registry that npm is configured with the first time.
 * Throws if the package is not exactly the one that releases.ts lists.
 */
export const nodeBinary = (version: string, target: Target = 'linux-x64'): string =>
	join(nodePackage(version, target), 'bin', 'node');

/** Path of the licence of the same Node, which comes with every copy of it. Throws as `nodeBinary` does. */
export const nodeLicence = (version: string, target: Target): string =>
	join(nodePackage(version, target), 'LICENSE');
