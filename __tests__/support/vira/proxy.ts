import {createServer, request as ask} from 'node:http';
import type {AddressInfo} from 'node:net';
import type {ProxyRule} from '../../../src/platform/network/address.ts';
import {afterTest} from '../after-test.ts';

/** Starts a proxy that follows one rule and does nothing else; returns its URL. */
export const startProxy = async ({path, to}: ProxyRule): Promise<string> => {
	const proxy = createServer((request, response) => {
		const url = request.url ?? '/';
		if (!url.startsWith(path)) {
			response.writeHead(404).end();
			return;
		}
		const passedOn = ask(new URL(url.slice(path.length), to), (answer) => {
			response.writeHead(answer.statusCode ?? 502, answer.headers);
			answer.pipe(response);
		});
		passedOn.on('error', () => response.writeHead(502).end());
		request.pipe(passedOn);
	});
	await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
	afterTest(() => proxy.close());
	return `http://127.0.0.1:${(proxy.address() as AddressInfo).port}/`;
};
