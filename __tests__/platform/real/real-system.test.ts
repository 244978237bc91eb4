import {execFileSync} from 'node:child_process';
import {
	chmodSync,
	lstatSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	statSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from '@jest/globals';
import {fileSystemOf} from '../../../src/platform/real/inspect.ts';
import {realSystem} from '../../../src/platform/real/real-system.ts';
import type {Command, RunOptions, System} from '../../../src/platform/system.ts';
import {throwawayFolder} from '../../../src/simulator/files/disk-files.ts';
import {halfWrittenOf} from '../../../src/platform/real/text-files.ts';
import {marked} from '../../support/after-test.ts';
import {newFolder} from '../../support/new-folder.ts';
import {testWhere} from '../../support/where-installed.ts';

let system: System;
const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);

let folder: string;
let umask: number;
beforeEach(() => {
	const env = {...process.env, DBUS_SESSION_BUS_ADDRESS: 'unix:stale', LANG: 'de_DE.UTF-8', ...marked()};
	system = realSystem({platform: 'linux', pid: process.pid, env});
	folder = newFolder();
	umask = process.umask(0o077);
});
afterEach(() => {
	process.umask(umask);
});

test('a file gets the requested mode, whatever the umask, and replaces the old one completely', async () => {
	const path = join(folder, 'file');
	writeFileSync(path, 'a much longer text than the new one');
	await system.writeFile(path, 'new', 0o644);
	expect([readFileSync(path, 'utf8'), modeOf(path), readdirSync(folder)]).toEqual(['new', '644', ['file']]);
});

test('a file is written through a link, and a link that leads nowhere is replaced', async () => {
	writeFileSync(join(folder, 'target'), 'old');
	symlinkSync('target', join(folder, 'link'));
	symlinkSync('nowhere', join(folder, 'dangling'));
	await system.writeFile(join(folder, 'link'), 'new', 0o600);
	await system.writeFile(join(folder, 'dangling'), 'here', 0o600);
	expect(readdirSync(folder).toSorted()).toEqual(['dangling', 'link', 'target']);
	expect(readFileSync(join(folder, 'target'), 'utf8')).toBe('new');
	expect(lstatSync(join(folder, 'dangling')).isFile()).toBe(true);
});

test('a file half written by a killed run is removed with the next write, and with the file', async () => {
	const path = join(folder, 'file');
	writeFileSync(halfWrittenOf(path), 'half');
	await system.writeFile(path, 'whole', 0o600);
	expect(readdirSync(folder)).toEqual(['file']);
	writeFileSync(halfWrittenOf(path), 'half');
	await system.deleteFile(path);
	expect(readdirSync(folder)).toEqual([]);
});

test('a link placed where the new text is prepared is not followed', async () => {
	writeFileSync(join(folder, 'precious'), 'old');
	symlinkSync('precious', halfWrittenOf(join(folder, 'file')));
	await system.writeFile(join(folder, 'file'), 'new', 0o600);
	expect([readFileSync(join(folder, 'precious'), 'utf8'), readdirSync(folder)]).toEqual([
		'old',
		['file', 'precious'],
	]);
});

test('a failed write leaves no other file, and is reported by the name of the file', async () => {
	const path = join(folder, 'there', 'file');
	await expect(system.writeFile(path, 'text', 0o600)).rejects.toThrow(
		`ENOENT: no such file or directory, open '${path}'`,
	);
	mkdirSync(join(folder, 'a folder'));
	await expect(system.writeFile(join(folder, 'a folder'), 'text', 0o600)).rejects.toThrow('EISDIR');
	expect(readdirSync(folder)).toEqual(['a folder']);
});

test('a new folder gets the requested mode, and an existing one keeps its own', async () => {
	await system.makeFolder(join(folder, 'made'), 0o755);
	mkdirSync(join(folder, 'there'));
	chmodSync(join(folder, 'there'), 0o711);
	await system.makeFolder(join(folder, 'there'), 0o755);
	expect([modeOf(join(folder, 'made')), modeOf(join(folder, 'there'))]).toEqual(['755', '711']);
});

test('a folder that is not empty is only removed on request', async () => {
	const path = join(folder, 'full');
	mkdirSync(path);
	writeFileSync(join(path, 'precious'), '');
	await system.deleteFolder(path, {withContents: false});
	expect(readdirSync(folder)).toEqual(['full']);
	await system.deleteFolder(path, {withContents: true});
	expect(readdirSync(folder)).toEqual([]);
});

test('nothing is moved onto an existing path, not even a link that leads nowhere', async () => {
	writeFileSync(join(folder, 'file'), '');
	symlinkSync('nowhere', join(folder, 'dangling'));
	await expect(system.move(join(folder, 'file'), join(folder, 'dangling'))).rejects.toThrow(
		'dangling already exists.',
	);
	expect(readdirSync(folder).toSorted()).toEqual(['dangling', 'file']);
});

test('a file to be checked is created even if TMPDIR leads nowhere', async () => {
	const TMPDIR = join(folder, 'nonexistent');
	const there = realSystem({platform: 'linux', pid: process.pid, env: {TMPDIR}});
	expect(await there.withScratchFile('a', 'text', async (path) => readFileSync(path, 'utf8'))).toBe('text');
	await expect(throwawayFolder(TMPDIR)).rejects.toMatchObject({
		failure: {
			exit: 3,
			message: expect.stringContaining(`Cannot create a folder for the simulated machine in ${TMPDIR}.`),
		},
	});
});

test('a path whose name is too long does not exist', async () => {
	expect(await system.inspect(join(folder, 'x'.repeat(256)))).toBeUndefined();
	expect(await system.readFile(`/${'x/'.repeat(3000)}`)).toBeUndefined();
});

test('a link is distinguished from its target', async () => {
	symlinkSync('/nix/store/gone', join(folder, 'dangling'));
	symlinkSync(process.execPath, join(folder, 'node'));
	expect(await system.inspect(join(folder, 'dangling'))).toMatchObject({
		kind: 'link',
		linksTo: '/nix/store/gone',
		leadsTo: undefined,
		executable: false,
	});
	expect(await system.inspect(join(folder, 'node'))).toMatchObject({
		kind: 'link',
		leadsTo: 'file',
		executable: true,
	});
	expect(await system.inspect(join(folder, 'nothing'))).toBeUndefined();
});

test('the targets of the links in a folder are returned, and none for a folder that does not exist', async () => {
	symlinkSync('socket:[42]', join(folder, '3'));
	writeFileSync(join(folder, '4'), '');
	expect(await system.linksIn(folder)).toEqual(['socket:[42]']);
	expect(await system.linksIn(join(folder, 'none'))).toBeUndefined();
});

test('an address resolves to itself, and an unknown name to nothing', async () => {
	expect(await system.addressesOf('127.0.0.1')).toEqual(['127.0.0.1']);
	expect(await system.addressesOf('a..b')).toEqual([]);
});

test('a file is described with its owner and size, and a pipe as a pipe', async () => {
	writeFileSync(join(folder, 'file'), 'twelve bytes');
	expect(await system.inspect(join(folder, 'file'))).toMatchObject({owner: system.user.uid, size: 12});
	execFileSync('mkfifo', [join(folder, 'pipe')]);
	expect(await system.inspect(join(folder, 'pipe'))).toMatchObject({kind: 'other', leadsTo: 'other'});
});

test('the file system is described with its free space', async () => {
	const df = execFileSync('df', ['--block-size=1', '--output=avail', folder], {encoding: 'utf8'});
	const found = await system.fileSystemAt(folder);
	expect(found?.network).toBe(false);
	// Other programs write in the meantime.
	expect(Math.abs((found?.freeBytes ?? 0) - Number(df.split('\n')[1]))).toBeLessThan(2 ** 30);
	expect(await system.fileSystemAt(join(folder, 'nothing'))).toBeUndefined();
});

const hasMemoryDisk = readFileSync('/proc/mounts', 'utf8').includes(' /dev/shm tmpfs ');

testWhere(hasMemoryDisk, 'no tmpfs at /dev/shm')(
	'a file system in memory is distinguished from a permanent one',
	async () => {
		expect(await system.fileSystemAt('/dev/shm')).toMatchObject({
			kind: 'tmpfs',
			temporary: true,
			network: false,
		});
		expect(await system.fileSystemAt('/proc')).toMatchObject({
			kind: 'other',
			temporary: false,
			freeBytes: Infinity,
		});
	},
);

test('on a Mac, if mount does not respond, the kind of file system is unknown and its free space is known', async () => {
	const onMac = realSystem({platform: 'darwin', pid: process.pid, env: process.env});
	const found = await onMac.fileSystemAt(folder);
	expect(found).toEqual({kind: 'unknown', network: false, temporary: false, freeBytes: expect.any(Number)});
	expect(found?.freeBytes).toBeGreaterThan(0);
	expect(await onMac.fileSystemAt(join(folder, 'nothing'))).toBeUndefined();
});

test.each([
	[0x6969, {kind: 'nfs', network: true, temporary: false}],
	[0xff534d42, {kind: 'cifs', network: true, temporary: false}],
	[0xef53, {kind: 'other', network: false, temporary: false}],
	[0x9123683e, {kind: 'other', network: false, temporary: false}],
])('the file system with the number %d', (type, found) => {
	expect(fileSystemOf(type, 7)).toEqual({...found, freeBytes: 7});
});

test('a command sees our locale, no stale bus address, and the runtime folder that a session would have', async () => {
	const {stdout} = await system.run(['env']);
	const variables = stdout.split('\n');
	expect(variables).toEqual(
		expect.arrayContaining(['LC_ALL=C', `XDG_RUNTIME_DIR=/run/user/${system.user.uid}`]),
	);
	expect(variables.filter((line) => line.startsWith('DBUS_'))).toEqual([]);
});

test('a command sees only the absolute folders of PATH, and those of the system', async () => {
	const env = {...process.env, PATH: '.:bin:../sbin:/opt/own::./x'};
	const {stdout} = await realSystem({platform: 'linux', pid: process.pid, env}).run(['printenv', 'PATH']);
	expect(stdout).toBe('/opt/own:/usr/local/bin:/usr/bin:/bin:/run/current-system/sw/bin');
});

test.each([
	[
		['sh', '-c', 'echo out; echo err >&2; exit 3'],
		{exitCode: 3, stdout: 'out', stderr: 'err', timedOut: false, found: true},
	],
	[['printf', '%s|', '$HOME', 'a b', '"'], {exitCode: 0, stdout: '$HOME|a b|"|'}],
	[['no-such-program-here'], {exitCode: undefined, found: false}],
] as const)('%j', async (command, result) => {
	expect(await system.run(command)).toMatchObject(result);
});

testWhere(process.getuid?.() !== 0, 'no folder is closed to root')(
	'a program that does not exist is not found, even if a folder of PATH is not accessible',
	async () => {
		const closed = join(folder, 'closed');
		mkdirSync(closed, {mode: 0});
		const env = {...process.env, PATH: `${closed}:${process.env['PATH'] ?? ''}`};
		const there = realSystem({platform: 'linux', pid: process.pid, env});
		expect(await there.run(['no-such-program-here'])).toMatchObject({exitCode: undefined, found: false});
	},
);

test('a command runs in its own session, without a terminal and without input', async () => {
	const {stdout} = await system.run(['sh', '-c', 'cat; cut -d " " -f 6 /proc/$$/stat; echo $$']);
	const [session, pid] = stdout.split('\n');
	expect([session, Number(pid) > 0]).toEqual([pid, true]);
});

test('a command whose child processes hold its output is stopped with them', async () => {
	const began = Date.now();
	expect(await system.run(['sh', '-c', 'sleep 20; echo late'], {timeoutMs: 100})).toMatchObject({
		timedOut: true,
	});
	expect(Date.now() - began).toBeLessThan(10_000);
});

test('a command that does not exit is stopped at its time limit', async () => {
	expect(await system.run(['sleep', '60'], {timeoutMs: 100})).toMatchObject({
		exitCode: undefined,
		timedOut: true,
	});
});

test('a command that is ended early can clean up', async () => {
	const ending = new AbortController();
	const said: string[] = [];
	const script = "trap 'echo tidied >&2; exit 3' TERM; echo ready >&2; while :; do sleep 0.1; done";
	const result = await system.run(['sh', '-c', script], {
		timeoutMs: 60_000,
		signal: ending.signal,
		onLine: (line) => {
			said.push(line);
			ending.abort();
		},
	});
	expect([result.exitCode, said.at(0), said.at(-1)]).toEqual([3, 'ready', 'tidied']);
});

/** The pieces of a command's output, joined; and its result. */
const handedOver = async (command: Command, options: RunOptions = {}) => {
	const pieces: Uint8Array[] = [];
	const result = await system.run(command, {...options, onOutput: (bytes) => void pieces.push(bytes)});
	return {result, bytes: Buffer.concat(pieces)};
};

test('the output of a command is passed on byte by byte, and not kept', async () => {
	const printed = ['printf', String.raw`a\033[31m\377\n\nb\n\n`] as const;
	const {result, bytes} = await handedOver(printed);
	expect(bytes).toEqual(Buffer.from('a\u001B[31m\u00FF\n\nb\n\n', 'latin1'));
	expect(result).toMatchObject({exitCode: 0, stdout: '', timedOut: false});
});

test('its standard error and exit status are reported as usual', async () => {
	const {result} = await handedOver(['sh', '-c', 'echo out; echo err >&2; exit 3']);
	expect(result).toMatchObject({exitCode: 3, stdout: '', stderr: 'err'});
});

test('each piece is passed on as soon as it is printed, and the next one waits until it is taken', async () => {
	const ending = new AbortController();
	const seen: string[] = [];
	let busy = 0;
	await system.run(['sh', '-c', 'while :; do echo x; done'], {
		timeoutMs: Infinity,
		signal: ending.signal,
		onOutput: async (bytes) => {
			busy += 1;
			expect(busy).toBe(1);
			await new Promise((resolve) => setImmediate(resolve));
			busy -= 1;
			seen.push(Buffer.from(bytes).toString());
			if (seen.length === 20) ending.abort();
		},
	});
	expect(seen.join('')).toMatch(/^(?:x\n)+x?$/u);
});

test('without a time limit a command ends with its signal, and with all its child processes', async () => {
	const ending = new AbortController();
	const running = handedOver(['sh', '-c', 'echo begun; sleep 1000 & wait'], {
		timeoutMs: Infinity,
		signal: ending.signal,
	});
	ending.abort();
	expect((await running).result).toMatchObject({exitCode: undefined, timedOut: false});
});
