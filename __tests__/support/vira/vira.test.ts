import {spawnSync} from 'node:child_process';
import {X509Certificate} from 'node:crypto';
import {lookup} from 'node:dns/promises';
import {existsSync, readFileSync, symlinkSync, writeFileSync} from 'node:fs';
import {createServer, type AddressInfo} from 'node:net';
import {join} from 'node:path';
import {afterAll, afterEach, beforeAll, describe, expect, test} from '@jest/globals';
import {fixtureCertificate, fixtureKey} from './fixture-pair.ts';
import {afterTest} from '../after-test.ts';
import {testWith} from '../where-installed.ts';
import {getPage} from './get-page.ts';
import {accepting, begin, freePort, isAccepted, run, saying, type Running, type Start} from './processes.ts';
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

// Starts the web command on a free port and waits until it responds.
const serving = async ({given, globals = [], host = '127.0.0.1', ...start}: Serving) => {
	const state = workshop.newFolder();
	const port = (await freePort(host)) ?? 0;
	const line = ['--state-dir', state, ...globals, 'web', '--host', host, '--port', String(port), ...given];
	web = await accepting({host, port}, begin(start.program ?? workshop.vira, line, start));
	return {state, port, web};
};

const certificateIn = (state: string): string => readFileSync(join(state, 'tls', 'server.crt'), 'utf8');

describe('HTTPS', () => {
	testWith('openssl')('with a pair created by openssl, and kept for the next start', async () => {
		const {state, port} = await serving({given: []});
		const certificate = certificateIn(state);
		const {subject, subjectAltName, publicKey} = new X509Certificate(certificate);
		expect(subject).toMatch(/O=Vira Development\n.*\nCN=localhost$/);
		expect(subjectAltName).toBe(undefined);
		expect(publicKey.asymmetricKeyDetails).toMatchObject({modulusLength: 2048});
		expect((await getPage(`https://localhost:${port}/r`, certificate)).status).toBe(200);
		await web?.stop();
		const line = ['--state-dir', state, 'web', '--host', '127.0.0.1', '--port', String(port)];
		web = await accepting({host: '127.0.0.1', port}, begin(workshop.vira, line));
		expect(web.output().stdout).toContain(`Using existing TLS certificates from ${state}/tls/\n`);
		expect(certificateIn(state)).toBe(certificate);
	});

	test('with the fixture pair on a machine without openssl', async () => {
		const {state, port} = await serving({given: [], environment: {PATH: workshop.newFolder()}});
		expect(certificateIn(state)).toBe(fixtureCertificate);
		expect((await getPage(`https://localhost:${port}/`, fixtureCertificate)).status).toBe(200);
	});

	test('with a given pair', async () => {
		const folder = workshop.newFolder();
		writeFileSync(join(folder, 'c.pem'), fixtureCertificate);
		writeFileSync(join(folder, 'k.pem'), fixtureKey);
		const given = ['--tls-cert', join(folder, 'c.pem'), '--tls-key', join(folder, 'k.pem')];
		const {state, port} = await serving({given});
		expect(existsSync(join(state, 'tls'))).toBe(false);
		expect((await getPage(`https://localhost:${port}/`, fixtureCertificate)).status).toBe(200);
	});

	test('not with a pair that does not exist or is invalid', async () => {
		const folder = workshop.newFolder();
		const file = join(folder, 'c');
		const line = ['--state-dir', folder, 'web', '--tls-cert', file, '--tls-key', file];
		expect(await run(workshop.vira, line)).toMatchObject({
			status: 1,
			stderr: `vira: ${file}: withBinaryFile: does not exist (No such file or directory)\n`,
		});
		writeFileSync(file, 'no certificate');
		expect(await run(workshop.vira, line)).toMatchObject({status: 1, stderr: 'vira: no keys found\n'});
	});
});

test('HTTP pages name the user and the base path, with a style next to them, and start at /', async () => {
	const file = join(workshop.newFolder(), 'repositories.json');
	writeFileSync(file, '{"repositories": {"one": "https://one"}}');
	const given = ['--no-https', '--base-path', '/ci/', '--import', file];
	const {port} = await serving({given, environment: {USER: 'ada <3'}});
	const at = async (path: string) => getPage(`http://127.0.0.1:${port}${path}`);
	const {body} = await at('/');
	expect(body).toMatch(/<base href="\/ci\/">[^]*href="tailwind\.css"[^]*User: ada &lt;3/);
	expect((await at('/r?x')).body).toContain('one: https://one');
	expect((await at('/cache')).body).toContain('<html>');
	expect((await at('/cache/nix-cache-info')).body).toContain('StoreDir: /nix/store');
	expect((await at('/tailwind.css')).status).toBe(200);
	expect((await at('/ci/')).status).toBe(404);
});

const hasIpv6 = (await freePort('::1')) !== undefined;

test.each(['localhost', '0.0.0.0', ...(hasIpv6 ? ['::1', '::'] : [])])('listens on %s', async (host) => {
	const {port} = await serving({given: ['--no-https'], host});
	expect(web?.output().stdout).toContain(`Launching at http://${host}:${port}\n`);
	const name = host.includes(':') ? '[::1]' : 'localhost';
	expect((await getPage(`http://${name}:${port}/`)).status).toBe(200);
});

test('listens on the first free address of localhost, and on no other', async () => {
	const [first = {address: ''}, ...more] = await lookup('localhost', {all: true, verbatim: true});
	const {port} = await serving({given: ['--no-https'], host: 'localhost'});
	const answered = await Promise.all([first, ...more].map(({address}) => isAccepted(address, port)));
	expect(answered).toEqual([true, ...more.map(() => false)]);
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

test.each(['SIGTERM', 'SIGINT'] as const)('%s ends it with a request still open', async (signal) => {
	const program = workshop.viraThat({mode: 'hangs-on-request'});
	const {port, state} = await serving({given: ['--no-https'], program});
	const unanswered = expect(getPage(`http://127.0.0.1:${port}/r`)).rejects.toThrow(
		/socket hang up|ECONNRESET/,
	);
	await isAccepted('127.0.0.1', port);
	await web?.stop(signal);
	expect(web?.process.signalCode).toBe(signal);
	await unanswered;
	expect(existsSync(join(state, 'ViraState', 'checkpoint.json'))).toBe(signal === 'SIGINT');
});

describe('a Vira that misbehaves', () => {
	const inNewState = (): string[] => ['--state-dir', workshop.newFolder(), 'web', '--no-https'];

	test('exits immediately with two lines, only in web', async () => {
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

	test('runs and never responds', async () => {
		const port = (await freePort('127.0.0.1')) ?? 0;
		const line = [...inNewState(), '--port', String(port)];
		web = await saying('Launching', begin(workshop.viraThat({mode: 'never-answers'}), line));
		await expect(getPage(`http://127.0.0.1:${port}/`)).rejects.toThrow('ECONNREFUSED');
		expect((await web.stop()).status).toBe(null);
	});

	test('writes its arguments and environment where they can be read, even when started through a link', async () => {
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

	test('says so when its behavior file contains a typo', async () => {
		const program = workshop.viraThat({mod: 'exits-at-once'} as object);
		expect(await run(program, ['info'])).toMatchObject({
			status: 1,
			stderr: expect.stringContaining('mod: "exits-at-once" is not understood'),
		});
	});
});

test.each(['module', 'commonjs'])('runs standalone in a folder of type %s', (type) => {
	const program = workshop.viraThat({});
	writeFileSync(join(program, '..', 'package.json'), JSON.stringify({type}));
	expect(spawnSync(program, ['--version'], {encoding: 'utf8'})).toMatchObject({
		status: 0,
		stdout: '0.1.0.0\n',
	});
});
