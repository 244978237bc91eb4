import {mkdtemp, readdir, rename, rm} from 'node:fs/promises';
import {connect, createServer, type Server} from 'node:net';
import {join} from 'node:path';
import {text} from 'node:stream/consumers';
import type {Lock} from './system.ts';

/** Whoever asks at it is told the process. undefined: the address is taken. */
const listening = (address: string, pid: number): Promise<Server | undefined> =>
	new Promise((resolve, reject) => {
		const server = createServer((socket) => {
			socket.on('error', () => undefined);
			socket.end(String(pid));
		});
		server.once('error', (error: NodeJS.ErrnoException) =>
			error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error),
		);
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

const takeName = async (name: string, pid: number): Promise<Lock> => {
	const server = await listening(name, pid);
	if (server) return {taken: true, release: () => void server.close()};
	return {taken: false, holder: (await askHolder(name)).holder};
};

/** rename(2) replaces a folder with nothing in it, and no other. */
const renamed = async (from: string, to: string): Promise<boolean> => {
	try {
		await rename(from, to);
		return true;
	} catch (error) {
		const {code} = error as NodeJS.ErrnoException;
		if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error;
		return false;
	}
};

/**
 * Who has the socket in the folder; undefined: nobody any more. One that nobody answers at is that of a run that was
 * killed: it is removed by its name, which no other ever bears.
 */
const holderIn = async (folder: string): Promise<Answer | undefined> => {
	const names = await readdir(folder).catch(() => []);
	for (const path of names.map((name) => join(folder, name))) {
		const answer = await askHolder(path);
		if (answer.isHeld) return answer;
		await rm(path, {force: true});
	}
	return undefined;
};

/** The folder gets its name with the socket already in it: no two runs can have it, not even where one was killed. */
const takeFolder = async (folder: string, pid: number): Promise<Lock> => {
	const own = await mkdtemp(`${folder}.`);
	const name = own.slice(-6);
	let server: Server | undefined;
	try {
		server = await listening(join(own, name), pid);
		while (!(await renamed(own, folder))) {
			const answer = await holderIn(folder);
			if (!answer) continue;
			server?.close();
			return {taken: false, holder: answer.holder};
		}
	} finally {
		// Under this name nothing is left of what was taken.
		await rm(own, {recursive: true, force: true});
	}
	const release = (): void => {
		server?.close();
		// The next run removes what stays of it.
		rm(join(folder, name), {force: true}).catch(() => undefined);
	};
	return {taken: true, release};
};

/**
 * Takes the lock that a user's runs share, or says which process has it. In Linux's abstract namespace (unix(7)) it has
 * no file that could be left behind, and is free again the moment its process ends. macOS knows no such names: there it
 * is in `folder`, which is the user's own.
 */
export const takeLock = (uid: number, pid: number, folder: string | undefined): Promise<Lock> =>
	folder === undefined
		? takeName(`\0vira-setup-${uid}`, pid)
		: takeFolder(join(folder, `vira-setup-${uid}.lock`), pid);
