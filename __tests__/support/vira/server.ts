import {lookup} from 'node:dns/promises';
import {createServer as createHttpServer, type RequestListener} from 'node:http';
import {createServer as createHttpsServer} from 'node:https';
import {createServer as createTcpServer, type Server, type Socket} from 'node:net';
import {codeOf, Failure, reasonOf} from './failure.ts';
import type {TlsPair} from './tls-pair.ts';

/** The words of GHC for what bind(2) says. */
const reasons: Readonly<Record<string, string>> = {
	EADDRINUSE: 'resource busy (Address already in use)',
	EACCES: 'permission denied (Permission denied)',
	EADDRNOTAVAIL: 'unsupported operation (Cannot assign requested address)',
};

/** A fatal alert of TLS: handshake_failure (RFC 8446, 6.2). */
const handshakeFailure = Buffer.from([21, 3, 3, 0, 2, 2, 40]);

const refuseHandshake = (socket: Socket): void => {
	socket.on('error', () => undefined);
	socket.once('data', () => socket.end(handshakeFailure));
};

/** A server that answers requests; undefined: over HTTP. */
export const serverFor = (answers: RequestListener, pair: TlsPair | undefined): Server => {
	if (pair === undefined) return createHttpServer(answers);
	if (!pair.isServable) return createTcpServer(refuseHandshake);
	try {
		return createHttpsServer(pair, answers);
	} catch (error) {
		throw new Failure(`vira: ${reasonOf(error)}`);
	}
};

/** What the resolver does with the number of a port. */
const hints =
	'AddrInfo {addrFlags = [AI_PASSIVE], addrFamily = AF_UNSPEC, addrSocketType = Stream, addrProtocol = 0, addrAddress = 0.0.0.0:0, addrCanonName = Nothing}';

const unresolved = (host: string, port: number, why: string): Failure =>
	new Failure(
		`vira: Network.Socket.getAddrInfo (called with preferred socket type/protocol: ${hints}, host name: Just "${host}", service name: Just "${port}"): does not exist (${why})`,
	);

const addressesOf = async (host: string, port: number): Promise<readonly string[]> => {
	if (port < 0) throw unresolved(host, port, 'Servname not supported for ai_socktype');
	try {
		return (await lookup(host, {all: true, verbatim: true})).map(({address}) => address);
	} catch {
		throw unresolved(host, port, 'Name or service not known');
	}
};

const bind = async (server: Server, host: string, port: number): Promise<unknown> =>
	new Promise((resolve) => {
		server.once('error', resolve);
		server.listen({host, port, ipv6Only: false}, () => resolve(undefined));
	});

/** Binds the first address of the host that is free, and no other. What is over 65535 in the port is cut off. */
export const listening = async (server: Server, host: string, port: number): Promise<void> => {
	let failed: unknown;
	for (const address of await addressesOf(host, port)) {
		failed = await bind(server, address, port % 65_536);
		if (failed === undefined) return;
	}
	throw new Failure(`vira: Network.Socket.bind: ${reasons[codeOf(failed) ?? ''] ?? reasonOf(failed)}`);
};
