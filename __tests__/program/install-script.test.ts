import {afterAll, beforeAll, beforeEach, describe, expect, test} from '@jest/globals';
import {execFileSync, spawn, spawnSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {
	chmodSync,
	mkdirSync,
	readFileSync,
	readdirSync,
	readlinkSync,
	realpathSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import {createServer, type Server} from 'node:https';
import type {AddressInfo} from 'node:net';
import {join} from 'node:path';
import {newFolder} from '../support/new-folder.ts';

const script = join(import.meta.dirname, '..', '..', 'install.sh');
const version = /^version='(.+)'$/mu.exec(readFileSync(script, 'utf8'))?.[1] ?? '';
const target = `${process.platform}-${process.arch}`;

/** What the program of a release would print, by a script that needs no Node. */
const program = (says: string): string => `#!/bin/sh\necho ${says}\n`;

const executable = `vira-setup-${target}.tar.gz`;

const executableOf = (text: string): Buffer => {
	const folder = newFolder();
	const inside = `vira-setup-${target}`;
	mkdirSync(join(folder, inside));
	writeFileSync(join(folder, inside, 'vira-setup'), text, {mode: 0o755});
	return execFileSync('tar', ['-C', folder, '-czf', '-', inside]);
};

/** The files of a release, by their names. */
const releaseOf = (says: string): Record<string, Buffer> => {
	const folder = newFolder();
	mkdirSync(join(folder, 'package', 'dist'), {recursive: true});
	writeFileSync(join(folder, 'package', 'dist', 'entry.cjs'), program(says), {mode: 0o755});
	const tarball = execFileSync('tar', ['-C', folder, '-czf', '-', 'package']);
	return {[`vira-setup-${version}.tgz`]: tarball, [executable]: executableOf(program(says))};
};

const sumsOf = (files: Record<string, Buffer>): Buffer =>
	Buffer.from(
		Object.entries(files)
			.map(([name, bytes]) => `${createHash('sha256').update(bytes).digest('hex')}  ${name}\n`)
			.join(''),
	);

const tls = newFolder();
let server: Server;
let url = '';
let files: Record<string, Buffer> = {};
/** Whether the server sends only the beginning of a file, and then nothing. */
let stalls = false;
let asked: string[] = [];

beforeAll(async () => {
	const [key, cert] = [join(tls, 'key.pem'), join(tls, 'cert.pem')];
	const words = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost'];
	const name = ['-addext', 'subjectAltName=DNS:localhost'];
	execFileSync('openssl', [...words, ...name, '-keyout', key, '-out', cert], {stdio: 'ignore'});
	server = createServer({key: readFileSync(key), cert: readFileSync(cert)}, (request, response) => {
		const path = request.url?.split(`/v${version}/`)[1] ?? '';
		asked.push(path);
		const bytes = files[path];
		response.writeHead(bytes ? 200 : 404, {'content-length': bytes?.length ?? 0});
		if (stalls && path !== 'SHA256SUMS') response.write(bytes?.subarray(0, 10));
		else response.end(bytes);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	url = `https://localhost:${(server.address() as AddressInfo).port}`;
	writeFileSync(join(tls, 'wgetrc'), `ca_certificate = ${cert}\ntimeout = 2\n`);
});
afterAll(() => {
	server.closeAllConnections();
	server.close();
});
beforeEach(() => {
	files = releaseOf(version);
	files['SHA256SUMS'] = sumsOf(files);
	stalls = false;
	asked = [];
});

/** A PATH with these programs only, each as it is on this machine or a script. */
const pathWith = (own: Readonly<Record<string, string>>, without: readonly string[] = []): string => {
	const folder = newFolder();
	const usual = [
		'sh',
		'awk',
		'sed',
		'cat',
		'cut',
		'tar',
		'gzip',
		'mktemp',
		'mkdir',
		'rmdir',
		'mv',
		'rm',
		'ln',
		'chmod',
		'dirname',
		'readlink',
		'uname',
		'getconf',
		'sha256sum',
		'curl',
		'wget',
	];
	for (const name of usual.filter((one) => !without.includes(one) && !(one in own)))
		symlinkSync(
			execFileSync('sh', ['-c', 'command -v "$1"', 'sh', name], {encoding: 'utf8'}).trim(),
			join(folder, name),
		);
	for (const [name, text] of Object.entries(own)) {
		writeFileSync(join(folder, name), `#!/bin/sh\n${text}\n`);
		chmodSync(join(folder, name), 0o755);
	}
	return folder;
};

const environment = (home: string, path: string): NodeJS.ProcessEnv => ({
	HOME: home,
	PATH: path,
	VIRA_SETUP_RELEASES: url,
	CURL_CA_BUNDLE: join(tls, 'cert.pem'),
	WGETRC: join(tls, 'wgetrc'),
});

/** Runs the script without stopping the server of the same process. */
const run = async (home: string, words: readonly string[] = [], path = pathWith({}), options = {}) => {
	const child = spawn('/bin/sh', [script, ...words], {...options, env: environment(home, path)});
	let output = '';
	for (const stream of [child.stdout, child.stderr])
		stream.on('data', (part: Buffer) => (output += part.toString()));
	const status = await new Promise<number | null>((resolve) => child.on('close', resolve));
	return {status, output};
};

/** Everything below a folder; links with where they lead. */
const treeOf = (folder: string): readonly string[] =>
	readdirSync(folder, {recursive: true, withFileTypes: true})
		.filter((one) => !one.isDirectory())
		.map((one) => {
			const path = join(one.parentPath, one.name);
			const short = path.slice(folder.length + 1);
			return one.isSymbolicLink() ? `${short} -> ${readlinkSync(path)}` : short;
		})
		.toSorted();

const node = (found: string) => ({node: `echo v${found}`});

describe('it installs for one account, and runs what it installed', () => {
	test.each<[string, string, string, string]>([
		['the package, where there is Node', '20.17.0', 'dist/entry.cjs', `vira-setup-${version}.tgz`],
		['the package on a newer Node', '26.1.0', 'dist/entry.cjs', `vira-setup-${version}.tgz`],
		[
			'the package, where no executable is for the processor',
			'22.1.0',
			'dist/entry.cjs',
			`vira-setup-${version}.tgz`,
		],
		['the executable, where Node is too old', '20.16.0', 'vira-setup', executable],
	])('%s', async (_, found, start, file) => {
		const home = newFolder();
		const other = found.startsWith('22') ? {uname: 'test "$1" = -s && echo Linux || echo riscv64'} : {};
		const {status, output} = await run(home, [], pathWith({...node(found), ...other}));
		expect([status, output]).toEqual([0, expect.stringContaining(`${home}/.local/bin/vira-setup`)]);
		expect(asked).toEqual(['SHA256SUMS', file]);
		expect(treeOf(join(home, '.local'))).toEqual([
			`bin/vira-setup -> ../lib/vira-setup/${start}`,
			'lib/vira-setup/.from-install.sh',
			`lib/vira-setup/${start}`,
		]);
		const installed = spawnSync(join(home, '.local', 'bin', 'vira-setup'), {encoding: 'utf8'});
		expect(installed.stdout).toBe(`${version}\n`);
	});

	test('to another folder, by wget, again over itself, and it removes what it installed', async () => {
		const home = newFolder();
		const path = pathWith({}, ['curl']);
		const words = ['--prefix', join(home, 'a b')];
		expect((await run(home, words, path)).status).toBe(0);
		const before = treeOf(home);
		expect((await run(home, words, path)).status).toBe(0);
		expect(treeOf(home)).toEqual(before);
		expect((await run(home, [...words, '--uninstall'], path)).output).toContain('vira-setup is removed');
		expect(treeOf(home)).toEqual([]);
	});

	test('says what to type: the name on PATH, else the whole path as a shell reads it', async () => {
		const prefix = join(newFolder(), "alice's");
		const bin = join(prefix, 'bin');
		const path = pathWith({});
		const quoted = `'${bin.replace("'", String.raw`'\''`)}/vira-setup'\n`;
		const typed = async (before: string): Promise<string> =>
			(await run('', ['--prefix', `${prefix}/`], `${before}${path}`)).output;
		const said = await typed('');
		for (const text of [quoted, `add ${bin} to your PATH`]) expect(said).toContain(text);
		expect(await typed(`${bin}:`)).toMatch(/^ {2}vira-setup\n\n$/mu);
		const other = pathWith({'vira-setup': 'true'});
		expect(await typed(`${other}:${bin}:`)).toContain(`starts ${other}/vira-setup, which is before it`);
	});

	test.each(['shasum', 'openssl'])('with %s instead of sha256sum', async (name) => {
		const tool = execFileSync('sh', ['-c', 'command -v "$1"', 'sh', name], {encoding: 'utf8'}).trim();
		const path = pathWith({[name]: `exec ${tool} "$@"`}, ['sha256sum']);
		symlinkSync('/usr/bin/perl', join(path, 'perl'));
		expect((await run(newFolder(), [], path)).status).toBe(0);
	});
});

describe('a failure leaves nothing behind', () => {
	const name = executable;
	const leaveOut = (left: string) => {
		files = Object.fromEntries(Object.entries(files).filter(([one]) => one !== left));
	};
	test.each<[string, () => void, string, Readonly<Record<string, string>>]>([
		[
			'a file that was changed',
			() => (files[name] = executableOf(program('evil'))),
			'is not the file of the release',
			{},
		],
		[
			'a file that was cut off',
			() => (files[name] = files[name]?.subarray(0, 20) ?? Buffer.of()),
			'is not the file of the release',
			{},
		],
		['a file that is missing', () => leaveOut(name), 'Could not download', {}],
		['checksums that are missing', () => leaveOut('SHA256SUMS'), 'Could not download', {}],
		['checksums without the file', () => (files['SHA256SUMS'] = Buffer.of()), 'do not name', {}],
		['another system', () => undefined, 'only for Linux and macOS', {uname: 'echo FreeBSD'}],
		[
			'another processor',
			() => undefined,
			'riscv64',
			{uname: 'test "$1" = -s && echo Linux || echo riscv64'},
		],
		['another libc', () => undefined, 'glibc 2.28', {getconf: 'exit 1'}],
		[
			'an older macOS',
			() => undefined,
			'macOS 13.5',
			{uname: 'test "$1" = -s && echo Darwin || echo arm64', sw_vers: 'echo 12.7', sysctl: 'echo 1'},
		],
	])('%s', async (_, change, says, tools) => {
		change();
		const home = newFolder();
		const {status, output} = await run(home, [], pathWith(tools));
		expect([status, output]).toEqual([1, expect.stringContaining(says)]);
		expect(readdirSync(home)).toEqual([]);
	});

	test('neither curl nor wget', async () => {
		const home = newFolder();
		const {output} = await run(home, [], pathWith({}, ['curl', 'wget']));
		expect([output, readdirSync(home)]).toEqual([expect.stringContaining('curl or wget is needed'), []]);
	});

	test('a program that says another version', async () => {
		files = releaseOf('9.9.9');
		files['SHA256SUMS'] = sumsOf(files);
		const home = newFolder();
		const {output} = await run(home);
		expect([output, readdirSync(home)]).toEqual([expect.stringContaining('is version 9.9.9'), []]);
	});

	test.each([
		[
			"its system's loader misses a library",
			'error while loading shared libraries: libatomic.so.1',
			'libatomic1',
		],
		['it cannot run here', 'Exec format error', 'does not start on this machine'],
	])('a program that does not start: %s', async (_, says, advice) => {
		files[name] = executableOf(`#!/bin/sh\necho '${says}' >&2\nexit 127\n`);
		files['SHA256SUMS'] = sumsOf(files);
		const home = newFolder();
		const {status, output} = await run(home);
		expect([status, readdirSync(home)]).toEqual([1, []]);
		for (const text of [says, advice]) expect(output).toContain(text);
	});

	test('no folder to install to', async () => {
		for (const [home, words] of [
			['', []],
			[newFolder(), ['--prefix', '']],
		] as const)
			expect(await run(home, words)).toEqual({status: 1, output: expect.stringContaining('HOME is not set')});
	});

	test('a last step that fails, with and without an earlier version', async () => {
		const home = newFolder();
		const mv = `case $1$2 in -f*link) exit 1 ;; esac; exec /bin/mv "$@"`;
		expect((await run(home, [], pathWith({mv}))).status).toBe(1);
		expect(readdirSync(home)).toEqual([]);
		expect((await run(home)).status).toBe(0);
		const mark = join(home, '.local', 'lib', 'vira-setup', 'earlier');
		writeFileSync(mark, '');
		const before = treeOf(home);
		expect((await run(home, [], pathWith({mv}))).status).toBe(1);
		expect(treeOf(home)).toEqual(before);
	});

	test('a signal after each command that it runs: nothing, or all of it', async () => {
		const log = join(newFolder(), 'log');
		const endingAt = (count: number): string => {
			const path = pathWith({});
			for (const tool of readdirSync(path).filter((one) => one !== 'sh')) {
				const real = realpathSync(join(path, tool));
				rmSync(join(path, tool));
				const after = `set -- $?; echo ${tool} >>${log}; i=0; while read -r _; do i=$((i + 1)); done <${log}`;
				const text = `#!/bin/sh\n${real} "$@"\n${after}\n[ $i -ne ${count} ] || kill -TERM 0\nexit $1\n`;
				writeFileSync(join(path, tool), text, {mode: 0o755});
			}
			return path;
		};
		const outcomes = new Set<string>();
		for (let count = 1; ; count += 1) {
			const home = newFolder();
			writeFileSync(log, '');
			const {status} = await run(home, [], endingAt(count), {detached: true});
			if (readFileSync(log, 'utf8').split('\n').length <= count) break;
			outcomes.add(`${status}: ${treeOf(home).length} files, ${readdirSync(home).length} folders`);
		}
		expect([...outcomes]).toEqual(['143: 0 files, 0 folders', '0: 3 files, 1 folders']);
	}, 120_000);

	test('an interruption', async () => {
		stalls = true;
		const home = newFolder();
		const child = spawn('/bin/sh', [script], {env: environment(home, pathWith({})), detached: true});
		const ended = new Promise((resolve) => child.on('close', resolve));
		while (!asked.includes(name)) await new Promise((resolve) => setTimeout(resolve, 20));
		process.kill(-(child.pid ?? 0), 'SIGINT');
		expect([await ended, readdirSync(home)]).toEqual([130, []]);
	});

	test('what the person has there stays, and the earlier version too', async () => {
		const home = newFolder();
		expect((await run(home)).status).toBe(0);
		const before = treeOf(home);
		files[name] = executableOf(program('evil'));
		expect((await run(home)).status).toBe(1);
		expect(treeOf(home)).toEqual(before);
		const other = newFolder();
		mkdirSync(join(other, '.local', 'bin'), {recursive: true});
		writeFileSync(join(other, '.local', 'bin', 'vira-setup'), 'mine');
		expect((await run(other)).output).toContain('is not from this script');
		expect(readFileSync(join(other, '.local', 'bin', 'vira-setup'), 'utf8')).toBe('mine');
	});
});

test('an option that it does not know is an error, and so is a script without a release', async () => {
	const home = newFolder();
	expect((await run(home, ['--nothing'])).output).toContain('Unknown option: --nothing');
	const env = {...environment(home, pathWith({})), VIRA_SETUP_RELEASES: ''};
	const text = readFileSync(script, 'utf8').replace(/^repository=.*$/mu, "repository=''");
	const {status, stderr} = spawnSync('/bin/sh', {env, input: text, encoding: 'utf8'});
	expect([status, stderr]).toEqual([1, expect.stringContaining('belongs to no release')]);
});

test('a script that was cut off on its way does nothing', () => {
	const text = readFileSync(script, 'utf8');
	const home = newFolder();
	const lengths = [0.3, 0.6, 0.9].map((part) => Math.floor(text.length * part));
	for (const length of lengths) {
		const env = environment(home, pathWith({}));
		spawnSync('/bin/sh', {env, input: text.slice(0, length), encoding: 'utf8'});
		expect(readdirSync(home)).toEqual([]);
	}
});
