import {execFileSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, test} from '@jest/globals';
import {describeWith} from '../where-installed.ts';
import {getPage} from './get-page.ts';
import {accepting, begin, freePort, run} from './processes.ts';
import {openWorkshop, type Workshop} from './workshop.ts';

let workshop: Workshop;

beforeAll(async () => {
	workshop = await openWorkshop();
});
afterAll(() => workshop.remove());

/** A key and a certificate of its own for it. */
const pairOf = (keyOptions: string) => {
	const folder = workshop.newFolder();
	const [key, certificate] = [join(folder, 'k.pem'), join(folder, 'c.pem')];
	execFileSync('openssl', ['genpkey', ...keyOptions.split(' '), '-out', key], {stdio: 'pipe'});
	const subject = ['-subj', '/CN=localhost', '-days', '30'];
	execFileSync('openssl', ['req', '-new', '-x509', '-key', key, '-out', certificate, ...subject]);
	return {certificate, given: ['--tls-cert', certificate, '--tls-key', key]};
};

const curve = (name: string): string => `-algorithm EC -pkeyopt ec_paramgen_curve:${name}`;

/** Serves with a pair, and reports whether a page responds. */
const answerWith = async (keyOptions: string): Promise<string> => {
	const {certificate, given} = pairOf(keyOptions);
	const [host, port] = ['127.0.0.1', (await freePort('127.0.0.1')) ?? 0];
	const line = ['--state-dir', workshop.newFolder(), 'web', '--host', host, '--port', String(port), ...given];
	await accepting({host, port}, begin(workshop.vira, line));
	const page = getPage(`https://localhost:${port}/`, readFileSync(certificate, 'utf8'));
	return page.then(
		() => 'answered',
		() => 'no handshake',
	);
};

describeWith('openssl')('a given key', () => {
	test.each([
		['RSA', '-algorithm RSA', 'answered'],
		['P-256', curve('prime256v1'), 'answered'],
		['Ed25519', '-algorithm ED25519', 'answered'],
		['P-384', curve('secp384r1'), 'no handshake'],
		['P-521', curve('secp521r1'), 'no handshake'],
		['secp256k1', curve('secp256k1'), 'no handshake'],
	])('of %s (%s): %s', async (_, options, outcome) => {
		expect(await answerWith(options)).toBe(outcome);
	});

	test.each([
		['RSA-PSS', '-algorithm RSA-PSS'],
		['brainpool', curve('brainpoolP256r1')],
	])('of %s (%s): it exits', async (_, options) => {
		const line = ['--state-dir', workshop.newFolder(), 'web', ...pairOf(options).given];
		expect(await run(workshop.vira, line)).toMatchObject({status: 1, stderr: 'vira: no keys found\n'});
	});
});
