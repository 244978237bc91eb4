import {get as getPlain, type ClientRequest, type IncomingMessage} from 'node:http';
import {get as getSecure} from 'node:https';
import {isIPv6, createServer, type LookupFunction, type Socket} from 'node:net';
import type {TLSSocket} from 'node:tls';
import {isThisMachine, noResponseWithin} from '../network/address.ts';
import type {Answer, AskOptions, ListenTrouble} from '../system.ts';
import {lookup} from 'node:dns/promises';

interface Options extends AskOptions {
	readonly ownAddresses: readonly string[];
}

/** The beginning of the body as UTF-8; a character cut at the end is replaced. */
const beginningOf = async (response: IncomingMessage, bytes: number): Promise<string> => {
	const parts: Buffer[] = [];
	let size = 0;
	for await (const part of response as AsyncIterable<Buffer>) {
		parts.push(part);
		size += part.length;
		if (size >= bytes) break;
	}
	return Buffer.concat(parts).subarray(0, bytes).toString('utf8');
};

const answerIn = async (response: IncomingMessage, bodyBytes: number | undefined): Promise<Answer> => {
	const status = response.statusCode ?? 0;
	if (bodyBytes === undefined) return {answered: true, status};
	try {
		return {answered: true, status, body: await beginningOf(response, bodyBytes)};
	} catch (error) {
		return {answered: false, why: (error as Error).message};
	}
};

const isTls = (socket: Socket): socket is TLSSocket => 'authorized' in socket;

/**
 * Connects to one address, whatever the name resolves to; the name stays in the Host header and in the TLS handshake.
 * With several addresses, Node would use the first that responds (net.connect, autoSelectFamily).
 */
const pinnedTo = (address: string): {readonly lookup: LookupFunction; readonly autoSelectFamily: false} => ({
	lookup: (_host, _options, done) => done(null, address, isIPv6(address) ? 6 : 4),
	autoSelectFamily: false,
});

const requestInterrupted = 'the request was interrupted';

/** Ends a request to another machine whose certificate is not trusted. */
const demandVouched = (socket: Socket, request: ClientRequest, ownAddresses: readonly string[]): void => {
	socket.once('secureConnect', () => {
		const isVouched =
			!isTls(socket) || socket.authorized || isThisMachine(socket.remoteAddress ?? '', ownAddresses);
		if (!isVouched)
			request.destroy(new Error(`Its certificate is not trusted: ${String(socket.authorizationError)}`));
	});
};

/**
 * GETs a URL and returns its status. An untrusted certificate is accepted only if the other end is this machine: Vira's
 * own certificate is self-signed.
 */
export const askUrl = (
	url: string,
	{timeoutMs, signal, at, bodyBytes, ownAddresses}: Options,
): Promise<Answer> =>
	new Promise((resolve) => {
		if (!URL.canParse(url)) {
			resolve({answered: false, why: 'it is not a valid URL'});
			return;
		}
		const get = url.startsWith('https:') ? getSecure : getPlain;
		const request = get(
			url,
			{
				rejectUnauthorized: false,
				agent: false,
				...(signal && {signal}),
				...(at !== undefined && pinnedTo(at)),
			},
			(response) => settle(answerIn(response, bodyBytes).finally(() => request.destroy())),
		);
		// Not AbortSignal.timeout(): within AbortSignal.any() it can be garbage-collected before it fires (Node 20).
		const limit = setTimeout(() => request.destroy(new Error(noResponseWithin(timeoutMs))), timeoutMs);
		const settle = (answer: Answer | Promise<Answer>): void =>
			resolve(Promise.resolve(answer).finally(() => clearTimeout(limit)));
		request.on('socket', (socket) => demandVouched(socket, request, ownAddresses));
		request.on('error', (error: NodeJS.ErrnoException) => {
			const why =
				error.name === 'AbortError' ? requestInterrupted : error.message || (error.code ?? error.name);
			settle({answered: false, why});
		});
	});

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
