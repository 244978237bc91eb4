import {createServer as createPlain, type Server} from 'node:http';
import {createServer as createSecure} from 'node:https';
import type {AddressInfo} from 'node:net';
import {networkInterfaces} from 'node:os';
import {expect, test} from '@jest/globals';
import {askUrl} from '../../../src/platform/real/ask-url.ts';
import {afterTest} from '../../support/after-test.ts';
import {testWhere} from '../../support/where-installed.ts';
import {fixtureCertificate, fixtureKey} from '../../support/vira/fixture-pair.ts';

const hasIpv6 = Object.values(networkInterfaces()).some((all) => all?.some(({address}) => address === '::1'));

const listen = async (server: Server, address = '127.0.0.1'): Promise<number> => {
	afterTest(() => {
		server.close();
		server.closeAllConnections();
	});
	await new Promise<void>((resolve) => server.listen(0, address, resolve));
	return (server.address() as AddressInfo).port;
};

const secure = (address?: string): Promise<number> =>
	listen(
		createSecure({cert: fixtureCertificate, key: fixtureKey}, (_, response) => response.writeHead(204).end()),
		address,
	);

const own = {timeoutMs: 5000, ownAddresses: ['127.0.0.1']};

test('a self-signed certificate is accepted from this machine', async () => {
	expect(await askUrl(`https://127.0.0.1:${await secure()}/`, own)).toEqual({answered: true, status: 204});
});

const ipv6 = [hasIpv6, 'this machine has no IPv6'] as const;
/** Of 127.0.0.0/8, a Mac has only the first address. */
const allLoopback = [process.platform === 'linux', 'only Linux has all of 127.0.0.0/8'] as const;

testWhere(...ipv6)(
	'a self-signed certificate is accepted from an address of one of our interfaces',
	async () => {
		const answer = await askUrl(`https://[::1]:${await secure('::1')}/`, {...own, ownAddresses: ['::1']});
		expect(answer).toEqual({answered: true, status: 204});
	},
);

testWhere(...allLoopback)(
	'a self-signed certificate is accepted from all of 127.0.0.0/8, which no interface lists',
	async () => {
		const [host, port] = ['127.0.0.5', await secure('127.0.0.5')];
		expect(await askUrl(`https://${host}:${port}/`, own)).toEqual({answered: true, status: 204});
	},
);

testWhere(...allLoopback)(
	"a self-signed certificate is accepted under the machine's own name, which Debian resolves to 127.0.1.1",
	async () => {
		const [at, port] = ['127.0.1.1', await secure('127.0.1.1')];
		const answer = await askUrl(`https://machine:${port}/`, {...own, at});
		expect(answer).toEqual({answered: true, status: 204});
	},
);

// An address that no interface has, outside of 127.0.0.0/8.
testWhere(...ipv6)('a self-signed certificate is refused from any other machine', async () => {
	const answer = await askUrl(`https://[::1]:${await secure('::1')}/`, own);
	expect(answer).toEqual({answered: false, why: expect.stringContaining('certificate is not trusted')});
});

test('plain HTTP is supported too', async () => {
	const port = await listen(createPlain((_, response) => response.writeHead(503).end()));
	expect(await askUrl(`http://127.0.0.1:${port}/`, own)).toEqual({answered: true, status: 503});
});

test('the beginning of a page is returned on request', async () => {
	const port = await listen(
		createPlain((_, response) => response.writeHead(200).end('page'.repeat(100_000))),
	);
	const url = `http://127.0.0.1:${port}/`;
	expect(await askUrl(url, {...own, bodyBytes: 6})).toEqual({answered: true, status: 200, body: 'pagepa'});
	expect(await askUrl(url, own)).toEqual({answered: true, status: 200});
});

test('a truncated page is not returned', async () => {
	const port = await listen(
		createPlain((_, response) => {
			response.writeHead(200, {'content-length': '9'}).write('half');
			setTimeout(() => response.destroy(), 50);
		}),
	);
	expect(await askUrl(`http://127.0.0.1:${port}/`, {...own, bodyBytes: 6})).toMatchObject({answered: false});
});

test('many silent servers, one after the other, each time out', async () => {
	const port = await listen(createPlain(() => undefined));
	const url = `http://127.0.0.1:${port}/`;
	const {signal} = new AbortController();
	const askAll = async (): Promise<void> => {
		for (let count = 0; count < 40; count += 1)
			expect(await askUrl(url, {...own, timeoutMs: 20, signal})).toMatchObject({answered: false});
	};
	await Promise.all([askAll(), askAll(), askAll(), askAll()]);
});

test('a silent server times out', async () => {
	const port = await listen(createPlain(() => undefined));
	const answer = await askUrl(`http://127.0.0.1:${port}/`, {...own, timeoutMs: 100});
	expect(answer).toEqual({answered: false, why: 'no response within 0.1 s'});
});

test('if no program listens, the reason is reported', async () => {
	const answer = await askUrl('http://127.0.0.1:1/', own);
	expect(answer).toEqual({answered: false, why: expect.stringContaining('ECONNREFUSED')});
});

test('a request to a given address does not resolve the host name, and sends it unchanged', async () => {
	const asked: unknown[] = [];
	const port = await listen(
		createPlain(({headers}, response) => {
			asked.push(headers.host);
			response.writeHead(204).end();
		}),
	);
	const answer = await askUrl(`http://vira.invalid:${port}/`, {...own, at: '127.0.0.1'});
	expect([answer, asked]).toEqual([{answered: true, status: 204}, [`vira.invalid:${port}`]]);
});
