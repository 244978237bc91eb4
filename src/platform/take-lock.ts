import {connect, createServer, type Server} from 'node:net';
import {text} from 'node:stream/consumers';
import type {Lock} from './system.ts';

/**
 * The socket that this user's runs share. In Linux's abstract namespace (unix(7)) it has no file that could be left
 * behind, and is free again the moment its process ends. macOS knows no such names: there it is a file in `folder`,
 * which is the user's own.
 */
export const lockAddress = (
	uid: number,
	{isLinux, folder}: {readonly isLinux: boolean; readonly folder: string},
) => (isLinux ? `\0vira-setup-${uid}` : `${folder}/vira-setup-${uid}.lock`);

const isFile = (address: string): boolean => !address.startsWith('\0');

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

interface Answer {
	/** Whether somebody has the socket. */
	readonly isHeld: boolean;
	/** The process that has it, where it says so. */
	readonly holder: number | undefined;
}

const askHolder = async (address: string): Promise<Answer> => {
	const socket = connect(address);
	const connected = new Promise<boolean>((resolve) => {
		socket.once('connect', () => resolve(true));
		socket.once('close', () => resolve(false));
	});
	socket.setTimeout(1000, () => socket.destroy());
	const pid = await text(socket).catch(() => '');
	return {isHeld: await connected, holder: pid === '' ? undefined : Number(pid)};
};

/**
 * Takes the lock, or says which process has it. `forget` removes the file of a run that was killed: nobody answers at
 * it any more.
 */
export const takeLock = async (
	address: string,
	pid: number,
	forget: (path: string) => Promise<void>,
): Promise<Lock> => {
	const server = await listening(address, pid);
	if (server) return {taken: true, release: () => void server.close()};
	const {isHeld, holder} = await askHolder(address);
	if (isHeld || !isFile(address)) return {taken: false, holder};
	await forget(address);
	const again = await listening(address, pid);
	return again ? {taken: true, release: () => void again.close()} : {taken: false, holder: undefined};
};
