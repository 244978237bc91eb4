import {lookup} from 'node:dns/promises';

/** In the order of getaddrinfo(3), as for a server that binds the first one. */
export const addressesOf = async (host: string): Promise<readonly string[]> => {
	const found = await lookup(host, {all: true, verbatim: true}).catch(() => []);
	return [...new Set(found.map(({address}) => address))];
};
