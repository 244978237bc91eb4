import {connect, createServer, type Server} from 'node:net';
import {text} from 'node:stream/consumers';
import type {Lock} from './system.ts';

/**
 * A socket in Linux's abstract namespace (unix(7)): it has no file that could be left behind, and is free again the
 * moment its process ends, however it ends.
 */
const addressOf = (uid: number): string => `\0vira-setup-${uid}`;

const listening = (address: string, pid: number): Promise<Server | undefined> =>
	new Promise((resolve) => {
		const server = createServer((socket) => {
			socket.on('error', () => undefined);
			socket.end(String(pid));
		});
		server.once('error', () => resolve(undefined));
		server.listen(address, () => resolve(server));
		server.unref();
	});

const askHolder = async (address: string): Promise<number | undefined> => {
	const socket = connect(address);
	socket.setTimeout(1000, () => socket.destroy());
	const pid = await text(socket).catch(() => '');
	return pid === '' ? undefined : Number(pid);
};

/** Takes the one lock of this user, or says which process has it. */
export const takeLock = async (uid: number, pid: number): Promise<Lock> => {
	const address = addressOf(uid);
	const server = await listening(address, pid);
	if (!server) return {taken: false, holder: await askHolder(address)};
	return {taken: true, release: () => void server.close()};
};
