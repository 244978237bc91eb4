import {execFileSync} from 'node:child_process';
import {createPrivateKey, generateKeyPairSync, X509Certificate} from 'node:crypto';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, test} from '@jest/globals';
import type {MachineState} from '../../../src/simulator/machine-state.ts';
import {simulate, type Simulation} from '../../support/simulated-linux.ts';
import {afterTest} from '../../support/after-test.ts';
import {authority, encryptedKey, namelessPair, ownPair, yearPair} from '../../support/certificates.ts';
import {putEntry} from '../../support/disks.ts';
import {putBytes} from '../../support/in-folder.ts';
import {refusedWith, run} from '../../support/run-command.ts';
import {testWith} from '../../support/where-installed.ts';
import {warned as asWarning} from '../../support/notices.ts';

type Content = string | Uint8Array;

const flags = ['--tls-cert', '~/c.pem', '--tls-key', '~/k.pem'];

const machineWith = async (
	[certificate, key]: readonly [Content, Content],
	{state = {}, keyMode = 0o600}: {state?: Partial<MachineState>; keyMode?: number} = {},
): Promise<Simulation> => {
	const machine = await simulate(state);
	putBytes(machine, '/home/alice/c.pem', {content: certificate, mode: 0o644});
	putBytes(machine, '/home/alice/k.pem', {content: key, mode: keyMode});
	return machine;
};

const der = new X509Certificate(ownPair.certificate).raw;
const derKey = createPrivateKey(ownPair.key).export({type: 'pkcs8', format: 'der'});
const damaged = (pem: string): string => pem.replace(/\n.{20}/u, '\nAAAAAAAAAAAAAAAAAAAA');
const home = '/home/alice';
const orNone = 'Use a PEM file, or set neither certificate nor key: Vira then creates its own.';
const addresses = ['127.0.0.1', '::1', '192.0.2.7', '2001:db8::7', '192.0.2.8'];
const exchanged = 'The certificate and the key are swapped. Exchange the two paths.';

test.each<readonly [string, readonly [Content, Content], readonly string[]]>([
	[
		'two empty files',
		['', ''],
		[`--tls-cert: ${home}/c.pem is empty. ${orNone}`, `--tls-key: ${home}/k.pem is empty. ${orNone}`],
	],
	[
		'two files with other content',
		['hello', '#!/bin/sh'],
		[
			`--tls-cert: ${home}/c.pem contains no certificate: a PEM file has a line -----BEGIN CERTIFICATE-----.`,
			`--tls-key: ${home}/k.pem contains no private key: a PEM file has a line -----BEGIN PRIVATE KEY-----.`,
		],
	],
	[
		'both in binary',
		[der, derKey],
		[
			`--tls-cert: ${home}/c.pem is in a binary format, but Vira needs PEM. Convert it, and use the new file as the certificate: openssl x509 -inform der -in ${home}/c.pem -out ${home}/c.pem.crt.pem`,
			`--tls-key: ${home}/k.pem is in a binary format, but Vira needs PEM. Convert it, and use the new file as the key: openssl pkey -inform der -in ${home}/k.pem -out ${home}/k.pem.key.pem`,
		],
	],
	['exchanged', [ownPair.key, ownPair.certificate], [`--tls-cert: ${exchanged}`, `--tls-key: ${exchanged}`]],
	[
		'the key twice',
		[ownPair.key, ownPair.key],
		[
			`--tls-cert: ${home}/c.pem contains a private key, not a certificate. Use the certificate that was issued for it.`,
		],
	],
	[
		'the certificate twice',
		[ownPair.certificate, ownPair.certificate],
		[
			`--tls-key: ${home}/k.pem contains a certificate, not a private key. Use the key that it was issued for.`,
		],
	],
	[
		'a key with a passphrase',
		[ownPair.certificate, encryptedKey],
		[
			`--tls-key: The key in ${home}/k.pem has a passphrase, which no one can type when Vira starts. Remove the passphrase, and use the new file: openssl pkey -in ${home}/k.pem -out ${home}/k.pem.plain`,
		],
	],
	[
		'both damaged',
		[damaged(ownPair.certificate), damaged(ownPair.key)],
		[
			`--tls-cert: The certificate in ${home}/c.pem is damaged. Get a new copy from its issuer.`,
			`--tls-key: The private key in ${home}/k.pem is damaged. Use the one that the certificate was issued for.`,
		],
	],
	[
		"another's key",
		[ownPair.certificate + authority, yearPair.key],
		[
			`--tls-key: The key in ${home}/k.pem does not match the certificate in ${home}/c.pem. Use two files that were created together.`,
		],
	],
	[
		'a chain that starts at its end',
		[authority + ownPair.certificate, ownPair.key],
		[
			`--tls-cert: The certificate for this key is number 2 in ${home}/c.pem. Put it first, followed by its issuers.`,
		],
	],
	[
		'a file of 3 MiB',
		[`${ownPair.certificate}${'\n'.repeat(3 * 2 ** 20 - 2000)}`, ownPair.key],
		[`--tls-cert: ${home}/c.pem is too large for a PEM file (3 MiB). ${orNone}`],
	],
])('%s: refused, and nothing changes', async (_, files, said) => {
	expect(await refusedWith(await machineWith(files), ...flags)).toEqual({status: 2, said, changed: false});
});

const curveKey = generateKeyPairSync('ec', {namedCurve: 'P-384'}).privateKey;
const unservable = curveKey.export({type: 'pkcs8', format: 'pem'}).toString();

const commandIn = (message: string): string => /openssl .*/u.exec(message)?.[0] ?? '';

test('a key that Vira cannot serve: refused, with the command that creates a pair for this host', async () => {
	const machine = await machineWith([ownPair.certificate, unservable], {state: {addresses}});
	expect(await refusedWith(machine, ...flags, '--hostname', '192.0.2.7')).toEqual({
		status: 2,
		said: [
			`--tls-key: The key in ${home}/k.pem is a P-384 key, which Vira cannot use for HTTPS. Use a certificate with an RSA, P-256, Ed25519 or Ed448 key. To create a self-signed pair: openssl req -x509 -newkey rsa:2048 -nodes -days 365 -subj /CN=192.0.2.7 -addext subjectAltName=IP:192.0.2.7 -keyout ${home}/vira-rsa.key.pem -out ${home}/vira-rsa.crt.pem`,
		],
		changed: false,
	});
});

testWith('openssl')('the pair that this command creates is accepted without a warning', async () => {
	const machine = await machineWith([ownPair.certificate, unservable], {state: {clock: Date.now()}});
	const {said} = await refusedWith(machine, ...flags);
	const folder = mkdtempSync(join(tmpdir(), 'vira-setup-pair-'));
	afterTest(() => rmSync(folder, {recursive: true}));
	const [program = '', ...words] = commandIn(said.join('')).replaceAll(home, folder).split(' ');
	execFileSync(program, words, {stdio: 'pipe'});
	for (const name of ['vira-rsa.crt.pem', 'vira-rsa.key.pem'])
		putBytes(machine, `${home}/${name}`, {content: readFileSync(join(folder, name))});
	const made = ['--tls-cert', '~/vira-rsa.crt.pem', '--tls-key', '~/vira-rsa.key.pem'];
	expect(await refusedWith(machine, ...made)).toMatchObject({status: 0, changed: true});
	expect(await warningsOf(machine, ...made)).toEqual([]);
});

const copy = (path: string): string =>
	`Vira runs under your account. To create a copy that it can read: sudo install -o alice -m 0600 ${path} /home/alice/k.pem`;

test.each([
	['/no/such', `/no/such does not exist. ${orNone}`],
	['/home/alice', '/home/alice is a folder. Use a file.'],
	['/dev/null', `/dev/null is not a regular file. ${orNone}`],
	['/home/alice/lost', `/home/alice/lost is a link to /gone, which does not exist. ${orNone}`],
	['/home/alice/lost/k.pem', `/home/alice/lost/k.pem does not exist. ${orNone}`],
	[
		'/etc/roots/k.pem',
		`Cannot read /etc/roots/k.pem: permission denied (owned by root). ${copy('/etc/roots/k.pem')}`,
	],
	[
		'/etc/ssl/private/k.pem',
		`Cannot read /etc/ssl/private: permission denied (owned by root). ${copy('/etc/ssl/private/k.pem')}`,
	],
])('the key %s: refused, and nothing changes', async (path, message) => {
	const machine = await machineWith([ownPair.certificate, ''], {
		state: {links: {'/home/alice/lost': '/gone'}, unreadable: ['/etc/ssl/private', '/etc/roots/k.pem']},
	});
	for (const place of ['/etc/ssl/private/k.pem', '/etc/roots/k.pem'])
		putBytes(machine, place, {content: ownPair.key});
	expect(await refusedWith(machine, '--tls-cert', '~/c.pem', '--tls-key', path)).toEqual({
		status: 2,
		said: [`--tls-key: ${message}`],
		changed: false,
	});
});

test('a pipe is not opened', async () => {
	const machine = await simulate();
	putEntry(machine.folder, '/home/alice/pipe', {kind: 'other', mode: 0o644, content: ''});
	const words = ['--tls-cert', '~/pipe', '--tls-key', '~/pipe'];
	expect(await machine.inspect('/home/alice/pipe')).toMatchObject({leadsTo: 'other'});
	const request = run(machine, ...words);
	await expect(request).rejects.toThrow('/home/alice/pipe is not a regular file.');
});

test('a file that ends in .p12 is to be split', async () => {
	const machine = await machineWith([ownPair.certificate, ownPair.key]);
	putBytes(machine, '/home/alice/both.p12', {content: der});
	const {said} = await refusedWith(machine, '--tls-cert', '~/both.p12', '--tls-key', '~/both.p12');
	expect(said.map((line) => /openssl.*$/u.exec(line)?.[0])).toEqual([
		'openssl pkcs12 -nokeys -in /home/alice/both.p12 -out /home/alice/both.p12.crt.pem',
		'openssl pkcs12 -nocerts -nodes -in /home/alice/both.p12 -out /home/alice/both.p12.key.pem',
	]);
});

const warningsOf = async (machine: Simulation, ...words: readonly string[]): Promise<unknown> => {
	const {code, document} = await run(machine, '--dry-run', ...flags, ...words);
	const told = document['warnings'] as readonly {readonly code: string}[];
	return code === 0 && told.filter(({code: one}) => /^(?:certificate|key)-/u.test(one));
};

const renew = ['Renew it, then restart Vira to load the new files.'];
const yearMachine = (clock: number): Promise<Simulation> =>
	machineWith([yearPair.certificate, yearPair.key], {state: {clock}});

test.each([
	[
		Date.UTC(2025, 11, 30, 12),
		asWarning({
			code: 'certificate-not-yet-valid',
			setting: 'tlsCert',
			message: 'The certificate is not valid until 1 January 2026, in 1 day. Browsers reject it until then.',
			fixes: ["Wait until then, or correct this machine's clock if it is wrong."],
		}),
	],
	[Date.UTC(2026, 11, 1, 12), undefined],
	[
		Date.UTC(2026, 11, 2, 12),
		asWarning({
			code: 'certificate-expires-soon',
			setting: 'tlsCert',
			message: 'The certificate expires on 1 January 2027, in 29 days. Browsers will then reject it.',
			fixes: renew,
		}),
	],
	[
		Date.UTC(2026, 11, 31, 12),
		{
			message: 'The certificate expires on 1 January 2027, in less than a day. Browsers will then reject it.',
		},
	],
	[
		Date.UTC(2027, 1, 1),
		asWarning({
			code: 'certificate-expired',
			setting: 'tlsCert',
			message: 'The certificate expired on 1 January 2027, 31 days ago. Browsers reject it.',
			fixes: renew,
		}),
	],
])('at %d, with a certificate for 2026', async (clock, warning) => {
	expect(await warningsOf(await yearMachine(clock))).toMatchObject(warning ? [warning] : []);
});

test.each([
	['192.0.2.7', undefined],
	['2001:db8::7', undefined],
	['0.0.0.0', undefined],
	['::', undefined],
	[
		'192.0.2.8',
		asWarning({
			code: 'certificate-other-host',
			setting: 'tlsCert',
			message:
				'The certificate is for ci.example.org, *.builds.example.org, 192.0.2.7, and 2 more, not for 192.0.2.8: browsers show a warning there.',
			fixes: ['Use a certificate for 192.0.2.8, or open Vira with a name that this one covers.'],
		}),
	],
	['localhost', {code: 'certificate-other-host'}],
])('a certificate for other names, at %s', async (hostname, warning) => {
	const machine = await machineWith([ownPair.certificate, ownPair.key], {state: {addresses}});
	expect(await warningsOf(machine, '--hostname', hostname)).toMatchObject(warning ? [warning] : []);
});

test('a certificate without names', async () => {
	expect(await warningsOf(await machineWith([namelessPair.certificate, namelessPair.key]))).toEqual([
		asWarning({
			code: 'certificate-other-host',
			setting: 'tlsCert',
			message: 'The certificate names no host: browsers show a warning for localhost.',
			fixes: ['Use a certificate with localhost as a subject alternative name.'],
		}),
	]);
});

const warned = (mode: string, path: string, fixes: string) => [
	asWarning({
		code: 'key-readable-by-others',
		setting: 'tlsKey',
		message: `Other users of this machine can read or change the key ${path} (mode ${mode}).`,
		fixes: [fixes],
	}),
];

test.each([
	['~/k.pem', 0o600, []],
	['~/k.pem', 0o640, warned('0640', '/home/alice/k.pem', 'chmod 600 /home/alice/k.pem')],
	['~/its k.pem', 0o604, warned('0604', '/home/alice/its k.pem', "chmod 600 '/home/alice/its k.pem'")],
	['/etc/k.pem', 0o640, []],
	['/etc/k.pem', 0o644, warned('0644', '/etc/k.pem', 'sudo chmod o-rwx /etc/k.pem')],
	[
		'/nix/store/k.pem',
		0o444,
		warned('0444', '/nix/store/k.pem', 'Keep it outside the Nix store, which every user can read.'),
	],
])('a key %s with mode %d', async (path, mode, warnings) => {
	const machine = await machineWith([yearPair.certificate, '']);
	putBytes(machine, path.replace('~', home), {content: yearPair.key, mode});
	expect(await warningsOf(machine, '--tls-key', path)).toEqual(warnings);
});

test('without HTTPS the certificate is not checked', async () => {
	const machine = await machineWith(['', '']);
	expect(await refusedWith(machine, ...flags, '--no-https')).toMatchObject({status: 0});
});

test('three errors in three options are reported together', async () => {
	const machine = await machineWith([ownPair.certificate, yearPair.key], {
		state: {listeners: [{port: 7000, program: 'python3'}]},
	});
	expect(await refusedWith(machine, ...flags, '--port', '7000', '--state-dir', '/srv/vira')).toEqual({
		status: 2,
		said: [
			'--port: Port 7000 is in use by python3 (PID 900). Stop that program, or use port 7001, which is free.',
			expect.stringMatching(/^--tls-key: The key in .* does not match the certificate/u),
			expect.stringMatching(/^--state-dir: Cannot write to \//u),
		],
		changed: false,
	});
});
