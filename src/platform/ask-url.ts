import {get as getPlain, type IncomingMessage} from 'node:http';
import {get as getSecure} from 'node:https';
import {isIPv6, type LookupFunction, type Socket} from 'node:net';
import type {TLSSocket} from 'node:tls';
import {isThisMachine} from './ip-address.ts';
import type {Answer, AskOptions} from './system.ts';

interface Options extends AskOptions {
	readonly ownAddresses: readonly string[];
}

/** The beginning of what an answer says, UTF-8: a sign that was cut in two at its end is replaced. */
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
 * Connects to one address, whatever the name leads to; the name stays in the Host header and in the TLS handshake. With
 * several addresses to choose from, Node would take the first that answers (net.connect, autoSelectFamily).
 */
const pinnedTo = (address: string): {readonly lookup: LookupFunction; readonly autoSelectFamily: false} => ({
	lookup: (_host, _options, done) => done(null, address, isIPv6(address) ? 6 : 4),
	autoSelectFamily: false,
});

/**
 * GETs a URL and answers with its status. A certificate that no authority vouches for is accepted only where the
 * other end turns out to be this machine: Vira's own certificate is self-signed.
 */
export const askUrl = (
	url: string,
	{timeoutMs, signal, at, bodyBytes, ownAddresses}: Options,
): Promise<Answer> =>
	new Promise((resolve) => {
		if (!URL.canParse(url)) {
			resolve({answered: false, why: 'that is no address'});
			return;
		}
		const get = url.startsWith('https:') ? getSecure : getPlain;
		const limits = [AbortSignal.timeout(timeoutMs), ...(signal ? [signal] : [])];
		const request = get(
			url,
			{
				rejectUnauthorized: false,
				agent: false,
				signal: AbortSignal.any(limits),
				...(at !== undefined && pinnedTo(at)),
			},
			(response) => resolve(answerIn(response, bodyBytes).finally(() => request.destroy())),
		);
		request.on('socket', (socket) => {
			socket.once('secureConnect', () => {
				const vouched =
					!isTls(socket) || socket.authorized || isThisMachine(socket.remoteAddress ?? '', ownAddresses);
				if (!vouched)
					request.destroy(new Error(`Its certificate is not trusted: ${String(socket.authorizationError)}`));
			});
		});
		request.on('error', (error: NodeJS.ErrnoException) => {
			const why =
				error.name === 'AbortError' ? 'no answer in time' : error.message || (error.code ?? error.name);
			resolve({answered: false, why});
		});
	});
