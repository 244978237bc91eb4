import {execFile, execFileSync} from 'node:child_process';
import {createReadStream, existsSync, mkdtempSync, rmSync, statSync} from 'node:fs';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {tmpdir} from 'node:os';
import {basename, join} from 'node:path';
import {promisify} from 'node:util';
import {spawn} from '@lydell/node-pty';
import packageFile from '../package.json' with {type: 'json'};
import {Screen} from './terminal/screen.ts';

/**
 * Measures the ways of docs/installing.md: from nothing to the first screen of the wizard, in an empty home with empty
 * caches. The files are those of `npm run release -- --dry-run`, from a server on this machine; `npm ci` asks the registry.
 */
const root = join(import.meta.dirname, '..');
const release = join(root, 'build', 'release');
const tarball = join(release, `vira-setup-${packageFile.version}.tgz`);
const run = promisify(execFile);

if (!existsSync(tarball)) throw new Error('First: npm run release -- --dry-run');

const server = createServer(({url = ''}, response) => {
	const file = join(release, basename(url));
	response.writeHead(existsSync(file) ? 200 : 404);
	if (existsSync(file)) createReadStream(file).pipe(response);
	else response.end();
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const releases = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

interface Way {
	readonly name: string;
	/** Commands before the last one, each a list of words. */
	readonly first: readonly (readonly string[])[];
	/** The program that shows the wizard, and its words. */
	readonly last: readonly [string, ...string[]];
	/** Bytes that come over the network; absent: what npm keeps of it. */
	readonly bytes?: number;
	/** Where the last command runs, below the home. */
	readonly folder?: string;
}

const bytesBelow = (folder: string): number =>
	existsSync(folder)
		? Number(execFileSync('du', ['-s', '-k', folder], {encoding: 'utf8'}).split('\t')[0]) * 1024
		: 0;

const installed = (kind: string, file: string): Way => ({
	name: `install.sh ${kind}`,
	first: [['sh', join(release, 'install.sh'), kind]],
	last: ['.local/bin/vira-setup'],
	bytes: statSync(join(release, file)).size,
});

const ways: readonly Way[] = [
	{
		name: 'checkout',
		first: [
			['git', 'clone', '--quiet', '--depth', '1', `file://${root}`, 'checkout'],
			['npm', 'ci', '--prefix', 'checkout'],
		],
		last: ['npm', 'start', '--'],
		folder: 'checkout',
	},
	{
		name: 'npx',
		first: [],
		last: ['npx', '--yes', '--package', tarball, 'vira-setup'],
		bytes: statSync(tarball).size,
	},
	installed('--package', basename(tarball)),
	installed('--executable', `vira-setup-${process.platform}-${process.arch}.tar.gz`),
];

const measure = async ({name, first, last, bytes, folder = '.'}: Way): Promise<void> => {
	const home = mkdtempSync(join(tmpdir(), 'vira-setup-way-'));
	const cache = join(home, '.npm');
	const env = {...process.env, HOME: home, VIRA_SETUP_RELEASES: releases, npm_config_cache: cache};
	const began = performance.now();
	for (const [program = '', ...words] of first) await run(program, words, {cwd: home, env});
	const [program, ...words] = [...last, '--simulate', 'linux'] as const;
	const from = join(home, folder);
	const file = program.includes('/') ? join(from, program) : program;
	const pty = spawn(file, words, {name: 'xterm-256color', cols: 80, rows: 24, cwd: from, env});
	await new Screen(pty).shows('Turn it on');
	const seconds = (performance.now() - began) / 1000;
	pty.kill('SIGKILL');
	const inMegabytes = (count: number): string => (count / 1e6).toFixed(1);
	const fetched = inMegabytes(bytes ?? bytesBelow(cache));
	console.log(
		`${name}: ${fetched} MB to download, ${inMegabytes(bytesBelow(home))} MB on disk, ${seconds.toFixed(1)} s`,
	);
	rmSync(home, {recursive: true, force: true});
};

for (const way of ways) await measure(way);
server.close();
