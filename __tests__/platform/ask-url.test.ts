import {createServer as createPlain, type Server} from 'node:http';
import {createServer as createSecure} from 'node:https';
import type {AddressInfo} from 'node:net';
import {expect, test} from '@jest/globals';
import {askUrl} from '../../src/platform/ask-url.ts';
import {afterTest} from '../support/after-test.ts';
import {fixtureCertificate, fixtureKey} from '../support/vira/fixture-pair.ts';

const listen = async (server: Server): Promise<number> => {
	afterTest(() => {
		server.close();
		server.closeAllConnections();
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return (server.address() as AddressInfo).port;
};

const secure = (): Promise<number> =>
	listen(
		createSecure({cert: fixtureCertificate, key: fixtureKey}, (_, response) => response.writeHead(204).end()),
	);

const own = {timeoutMs: 5000, ownAddresses: ['127.0.0.1']};

test('a self-signed certificate is accepted from this machine', async () => {
	expect(await askUrl(`https://127.0.0.1:${await secure()}/`, own)).toEqual({answered: true, status: 204});
});

test('a self-signed certificate is refused from any other machine', async () => {
	const answer = await askUrl(`https://127.0.0.1:${await secure()}/`, {...own, ownAddresses: []});
	expect(answer).toEqual({answered: false, why: expect.stringContaining('certificate is not trusted')});
});

test('plain HTTP is asked as well', async () => {
	const port = await listen(createPlain((_, response) => response.writeHead(503).end()));
	expect(await askUrl(`http://127.0.0.1:${port}/`, own)).toEqual({answered: true, status: 503});
});

test('the beginning of a page is given to who asks for it', async () => {
	const port = await listen(
		createPlain((_, response) => response.writeHead(200).end('page'.repeat(100_000))),
	);
	const url = `http://127.0.0.1:${port}/`;
	expect(await askUrl(url, {...own, bodyBytes: 6})).toEqual({answered: true, status: 200, body: 'pagepa'});
	expect(await askUrl(url, own)).toEqual({answered: true, status: 200});
});

test('a page that is cut off is no answer to who asks for it', async () => {
	const port = await listen(
		createPlain((_, response) => {
			response.writeHead(200, {'content-length': '9'}).write('half');
			setTimeout(() => response.destroy(), 50);
		}),
	);
	expect(await askUrl(`http://127.0.0.1:${port}/`, {...own, bodyBytes: 6})).toMatchObject({answered: false});
});

test('many servers that say nothing, one after the other, are each given up in time', async () => {
	const port = await listen(createPlain(() => undefined));
	const url = `http://127.0.0.1:${port}/`;
	const {signal} = new AbortController();
	const askAll = async (): Promise<void> => {
		for (let count = 0; count < 40; count += 1)
			expect(await askUrl(url, {...own, timeoutMs: 20, signal})).toMatchObject({answered: false});
	};
	await Promise.all([askAll(), askAll(), askAll(), askAll()]);
});

test('a server that says nothing is given up in time', async () => {
	const port = await listen(createPlain(() => undefined));
	const answer = await askUrl(`http://127.0.0.1:${port}/`, {...own, timeoutMs: 100});
	expect(answer).toEqual({answered: false, why: 'no answer in time'});
});

test('where nobody listens, the reason is told', async () => {
	const answer = await askUrl('http://127.0.0.1:1/', own);
	expect(answer).toEqual({answered: false, why: expect.stringContaining('ECONNREFUSED')});
});

test('asked at an address, a name is not looked up, and stays the name that is asked for', async () => {
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
