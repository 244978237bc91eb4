import {createServer as createHttpServer, type RequestListener, type Server as HttpServer} from 'node:http';
import {createServer as createHttpsServer, type Server as HttpsServer} from 'node:https';
import {codeOf, Failure, reasonOf} from './failure.ts';
import type {TlsPair} from './tls-pair.ts';

type Server = HttpServer | HttpsServer;

const reasons: Readonly<Record<string, string>> = {
	EADDRINUSE: 'resource busy (Address already in use)',
	EACCES: 'permission denied (Permission denied)',
	ENOTFOUND: 'does not exist (Name or service not known)',
	EADDRNOTAVAIL: 'does not exist (Cannot assign requested address)',
};

export const serverFor = (answers: RequestListener, pair: TlsPair | undefined): Server => {
	if (pair === undefined) return createHttpServer(answers);
	try {
		return createHttpsServer(pair, answers);
	} catch (error) {
		throw new Failure(`The TLS pair does not fit: ${reasonOf(error)}`);
	}
};

/** Resolves when the server listens. */
export const listening = async (server: Server, host: string, port: number): Promise<void> =>
	new Promise((resolve, reject) => {
		server.once('error', (error) => {
			const reason = reasons[codeOf(error) ?? ''] ?? error.message;
			reject(new Failure(`Network.Socket.bind ${host}:${port}: ${reason}`));
		});
		server.listen(port, host, resolve);
	});

export const close = (server: Server): void => {
	server.close();
	server.closeAllConnections();
};
