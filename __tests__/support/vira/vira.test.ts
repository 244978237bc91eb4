import {spawnSync} from 'node:child_process';
import {existsSync, readFileSync, symlinkSync, writeFileSync} from 'node:fs';
import {createServer, type AddressInfo} from 'node:net';
import {join} from 'node:path';
import {afterAll, afterEach, beforeAll, describe, expect, test} from '@jest/globals';
import {fixtureCertificate, fixtureKey} from './fixture-pair.ts';
import {afterTest} from '../after-test.ts';
import {testWith} from '../where-installed.ts';
import {getPage} from './get-page.ts';
import {accepting, begin, freePort, run, saying, type Running, type Start} from './processes.ts';
import {openWorkshop, type Workshop} from './workshop.ts';

let workshop: Workshop;
let web: Running | undefined;

beforeAll(async () => {
	workshop = await openWorkshop();
});
afterEach(async () => {
	await web?.stop('SIGKILL');
	web = undefined;
});
afterAll(() => workshop.remove());

interface Serving extends Start {
	readonly globals?: readonly string[];
	readonly given: readonly string[];
	readonly host?: string;
	readonly program?: string;
}

// Starts the web command on a free port and waits until it is there.
const serving = async ({given, globals = [], host = '127.0.0.1', ...start}: Serving) => {
	const state = workshop.newFolder();
	const port = (await freePort(host)) ?? 0;
	const line = ['--state-dir', state, ...globals, 'web', '--host', host, '--port', String(port), ...given];
	web = await accepting({host, port}, begin(start.program ?? workshop.vira, line, start));
	return {state, port, web};
};

const certificateIn = (state: string): string => readFileSync(join(state, 'tls', 'server.crt'), 'utf8');

describe('HTTPS', () => {
	testWith('openssl')('with a pair made by openssl, and kept for the next start', async () => {
		const {state, port} = await serving({given: []});
		const certificate = certificateIn(state);
		expect(certificate).not.toBe(fixtureCertificate);
		expect(web?.output().stdout).toBe(`Launching at https://127.0.0.1:${port}\n`);
		expect((await getPage(`https://127.0.0.1:${port}/`, certificate)).status).toBe(200);
		expect((await getPage(`https://localhost:${port}/r`, certificate)).status).toBe(200);
		await web?.stop();
		const line = ['--state-dir', state, 'web', '--host', '127.0.0.1', '--port', String(port)];
		web = await accepting({host: '127.0.0.1', port}, begin(workshop.vira, line));
		expect(certificateIn(state)).toBe(certificate);
	});

	test('with the fixture pair on a machine without openssl', async () => {
		const {state, port} = await serving({given: [], environment: {PATH: workshop.newFolder()}});
		expect(certificateIn(state)).toBe(fixtureCertificate);
		expect((await getPage(`https://127.0.0.1:${port}/`, fixtureCertificate)).status).toBe(200);
	});

	test('with a given pair', async () => {
		const folder = workshop.newFolder();
		writeFileSync(join(folder, 'c.pem'), fixtureCertificate);
		writeFileSync(join(folder, 'k.pem'), fixtureKey);
		const given = ['--tls-cert', join(folder, 'c.pem'), '--tls-key', join(folder, 'k.pem')];
		const {state, port} = await serving({given});
		expect(existsSync(join(state, 'tls'))).toBe(false);
		expect((await getPage(`https://127.0.0.1:${port}/`, fixtureCertificate)).status).toBe(200);
	});

	test('not with a pair that is not there or is none', async () => {
		const folder = workshop.newFolder();
		const line = [
			'--state-dir',
			folder,
			'web',
			'--tls-cert',
			join(folder, 'c'),
			'--tls-key',
			join(folder, 'c'),
		];
		expect(await run(workshop.vira, line)).toMatchObject({status: 1, stdout: ''});
		writeFileSync(join(folder, 'c'), 'no certificate');
		expect(await run(workshop.vira, line)).toMatchObject({status: 1, stdout: ''});
	});
});

test('HTTP pages name the user and the base path, and start at / all the same', async () => {
	const file = join(workshop.newFolder(), 'repositories.json');
	writeFileSync(file, '{"repositories": {"one": "https://one"}}');
	const given = ['--no-https', '--base-path', '/ci/', '--import', file];
	const {port, state} = await serving({given, environment: {USER: 'ada <3'}});
	const at = async (path: string) => getPage(`http://127.0.0.1:${port}${path}`);
	expect(web?.output().stdout).toBe(`Launching at http://127.0.0.1:${port}\n`);
	expect((await at('/')).body).toMatch(/<base href="\/ci\/">[^]*User: ada &#60;3/);
	expect((await at('/r?x')).body).toContain('one: https://one');
	expect((await at('/cache')).body).toContain('StoreDir: /nix/store');
	expect((await at('/ci/')).status).toBe(404);
	expect(existsSync(join(state, 'cache-keys'))).toBe(true);
});

const hasIpv6 = (await freePort('::1')) !== undefined;

test.each(['localhost', '0.0.0.0', ...(hasIpv6 ? ['::1', '::'] : [])])('listens on %s', async (host) => {
	const {port} = await serving({given: ['--no-https'], host});
	expect(web?.output().stdout).toBe(`Launching at http://${host}:${port}\n`);
	const name = host.includes(':') ? '[::1]' : 'localhost';
	expect((await getPage(`http://${name}:${port}/`)).status).toBe(200);
});

test('a port in use, an unknown host: a message and exit status 1', async () => {
	const other = createServer();
	afterTest(() => other.close());
	await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
	const {port} = other.address() as AddressInfo;
	const line = ['--state-dir', workshop.newFolder(), 'web', '--no-https', '--port', String(port), '--host'];
	const taken = await run(workshop.vira, [...line, '127.0.0.1']);
	expect(taken).toMatchObject({status: 1, stderr: expect.stringContaining('Address already in use')});
	expect((await run(workshop.vira, [...line, '[::1]'])).status).toBe(1);
});

test('SIGTERM ends it with a request still open', async () => {
	const program = workshop.viraThat({mode: 'hangs-on-request'});
	const {port, state} = await serving({globals: ['--log-level', 'debug'], given: ['--no-https'], program});
	const unanswered = expect(getPage(`http://127.0.0.1:${port}/r`)).rejects.toThrow('socket hang up');
	await new Promise<void>((resolve) => {
		web?.process.stderr?.on('data', () => {
			if (web?.output().stderr.includes('GET /r')) resolve();
		});
	});
	expect((await web?.stop())?.status).toBe(0);
	await unanswered;
	expect(existsSync(join(state, 'ViraState', 'checkpoint.json'))).toBe(true);
});

describe('a Vira that misbehaves', () => {
	const inNewState = (): string[] => ['--state-dir', workshop.newFolder(), 'web', '--no-https'];

	test('exits at once with two lines, in web alone', async () => {
		const program = workshop.viraThat({mode: 'exits-at-once'});
		const {status, stderr} = await run(program, inNewState());
		expect({status, lines: stderr.trim().split('\n').length}).toEqual({status: 1, lines: 2});
		expect((await run(program, ['info'])).status).toBe(0);
	});

	test('dies after a second of serving', async () => {
		const {port} = await serving({
			given: ['--no-https'],
			program: workshop.viraThat({mode: 'dies-after-a-second'}),
		});
		expect((await getPage(`http://127.0.0.1:${port}/`)).status).toBe(200);
		expect(await web?.ended).toMatchObject({status: 1, stderr: expect.stringMatching(/^vira: .*\n$/)});
	});

	test('runs and never answers', async () => {
		const port = (await freePort('127.0.0.1')) ?? 0;
		const line = [...inNewState(), '--port', String(port)];
		web = await saying('Launching', begin(workshop.viraThat({mode: 'never-answers'}), line));
		await expect(getPage(`http://127.0.0.1:${port}/`)).rejects.toThrow('ECONNREFUSED');
		expect((await web.stop()).status).toBe(0);
	});

	test('leaves its arguments and environment where they can be read, also when started by a link', async () => {
		const dump = join(workshop.newFolder(), 'dump.json');
		const link = join(workshop.newFolder(), 'vira');
		symlinkSync(workshop.viraThat({mode: 'exits-at-once', dumpTo: dump}), link);
		await run(link, ['info']);
		expect(existsSync(dump)).toBe(false);
		await run(link, ['web', '--base-path', '/a b'], {environment: {GIT_SSH_COMMAND: 'ssh -i "k"'}});
		expect(JSON.parse(readFileSync(dump, 'utf8'))).toMatchObject({
			argv: [link, 'web', '--base-path', '/a b'],
			environment: {GIT_SSH_COMMAND: 'ssh -i "k"'},
		});
	});

	test('says so when its behaviour file holds a slip', async () => {
		const program = workshop.viraThat({mod: 'exits-at-once'} as object);
		expect(await run(program, ['info'])).toMatchObject({
			status: 1,
			stderr: expect.stringContaining('mod: "exits-at-once" is not understood'),
		});
	});
});

test.each(['module', 'commonjs'])('runs by itself in a folder of type %s', (type) => {
	const program = workshop.viraThat({});
	writeFileSync(join(program, '..', 'package.json'), JSON.stringify({type}));
	expect(spawnSync(program, ['--version'], {encoding: 'utf8'})).toMatchObject({
		status: 0,
		stdout: 'vira 0.1.0\n',
	});
});
