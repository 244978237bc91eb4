import {lookup} from 'node:dns/promises';
import {createServer} from 'node:net';
import type {ListenTrouble} from '../system.ts';

/** Errors of listen(2), bind(2) and getaddrinfo(3) that a setting can cause. */
const troubles: Readonly<Record<string, ListenTrouble>> = {
	EADDRINUSE: 'in-use',
	EACCES: 'not-allowed',
	EADDRNOTAVAIL: 'not-ours',
	// A link-local address without its interface, and IPv6 where there is none (ipv6(7), socket(2)).
	EINVAL: 'not-ours',
	EAFNOSUPPORT: 'not-ours',
	ENOTFOUND: 'unknown-name',
	EAI_AGAIN: 'unknown-name',
};

/** Listens for a moment, and returns what prevents it; undefined: nothing, or nothing known. */
export const tryListen = (host: string, port: number): Promise<ListenTrouble | undefined> =>
	new Promise((resolve) => {
		const server = createServer();
		server.once('error', ({code}: NodeJS.ErrnoException) => resolve(troubles[code ?? '']));
		server.listen({host, port, exclusive: true}, () => {
			server.close(() => resolve(undefined));
		});
	});

/** In the order of getaddrinfo(3), as for a server that binds the first one. */
export const addressesOf = async (host: string): Promise<readonly string[]> => {
	const found = await lookup(host, {all: true, verbatim: true}).catch(() => []);
	return [...new Set(found.map(({address}) => address))];
};
