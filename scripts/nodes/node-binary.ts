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

/**
 * Path of Node in that version, downloaded from the registry that npm is configured with the first time.
 * Throws if the package is not exactly the one that releases.ts lists.
 */
export const nodeBinary = (version: string, target: Target = 'linux-x64'): string => {
	const folder = join(cacheFolder, 'nodes', `${version}-${target}`);
	const node = join(folder, 'package', 'bin', 'node');
	if (existsSync(node)) return node;
	mkdirSync(cacheFolder, {recursive: true});
	const work = mkdtempSync(join(cacheFolder, 'download-'));
	try {
		const tarball = download(`${packageFor(target)}@${version}`, work);
		execFileSync('tar', ['-xzf', tarball, '-C', work, 'package/bin/node']);
		rmSync(tarball);
		mkdirSync(join(cacheFolder, 'nodes'), {recursive: true});
		// Whole or not at all: two tests may download it at the same time.
		if (!existsSync(folder)) renameSync(work, folder);
	} finally {
		rmSync(work, {recursive: true, force: true});
	}
	return node;
};
