import {get as getPlain, type IncomingMessage} from 'node:http';
import {get as getSecure} from 'node:https';
import type {Socket} from 'node:net';
import type {TLSSocket} from 'node:tls';
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

const isTls = (socket: Socket): socket is TLSSocket => 'authorized' in socket;

/**
 * GETs a URL and answers with its status. A certificate that no authority vouches for is accepted only where the
 * other end turns out to be this machine: Vira's own certificate is self-signed.
 */
export const askUrl = (url: string, {timeoutMs, signal, bodyBytes, ownAddresses}: Options): Promise<Answer> =>
	new Promise((resolve) => {
		if (!URL.canParse(url)) {
			resolve({answered: false, why: 'that is no address'});
			return;
		}
		const get = url.startsWith('https:') ? getSecure : getPlain;
		const limits = [AbortSignal.timeout(timeoutMs), ...(signal ? [signal] : [])];
		const request = get(
			url,
			{rejectUnauthorized: false, agent: false, signal: AbortSignal.any(limits)},
			(response) => {
				const status = response.statusCode ?? 0;
				const read = bodyBytes === undefined ? undefined : beginningOf(response, bodyBytes);
				resolve(
					Promise.resolve(read)
						.then(
							(body): Answer => ({answered: true, status, ...(body !== undefined && {body})}),
							(error: unknown): Answer => ({answered: false, why: (error as Error).message}),
						)
						.finally(() => request.destroy()),
				);
			},
		);
		request.on('socket', (socket) => {
			socket.once('secureConnect', () => {
				const vouched =
					!isTls(socket) || socket.authorized || ownAddresses.includes(socket.remoteAddress ?? '');
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
