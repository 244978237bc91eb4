import {lookup} from 'node:dns/promises';

/** As getaddrinfo(3) gives them, in its order: that of a server which binds the first of them. */
export const addressesOf = async (host: string): Promise<readonly string[]> => {
	const found = await lookup(host, {all: true, verbatim: true}).catch(() => []);
	return [...new Set(found.map(({address}) => address))];
};
