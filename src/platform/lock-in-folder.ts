import {lstat, mkdtemp, readdir, rename, rm} from 'node:fs/promises';
import {connect, createServer, type Server} from 'node:net';
import {join} from 'node:path';
import type {Lock} from './system.ts';

/** The run that wants it: this process, and its account. */
export interface Taker {
	readonly uid: number;
	readonly pid: number;
}

/** What a holder has for its answer, in all. */
const askLimitMs = 1000;
/** No number of a process has more digits. */
const longestAnswer = 10;

/** Whoever asks at it is told the process, and keeps it no longer than that takes. */
const listening = (path: string, pid: number): Promise<Server> =>
	new Promise((resolve, reject) => {
		const server = createServer((socket) => {
			socket.on('error', () => undefined);
			socket.setTimeout(askLimitMs, () => socket.destroy());
			socket.unref();
			socket.end(String(pid));
		});
		server.once('error', reject);
		server.listen(path, () => resolve(server));
		server.unref();
	});

/** Whether it is the number of a process of this account: kill(2) lets nobody else try. */
const isOwnProcess = (text: string): boolean => {
	if (!/^[1-9]\d*$/u.test(text)) return false;
	try {
		return process.kill(Number(text), 0);
	} catch {
		return false;
	}
};

interface Answer {
	/** Whether somebody has the socket. */
	readonly isHeld: boolean;
	/** The process that has it, where it says so. */
	readonly holder: number | undefined;
}

/** Nobody waits at a socket that refuses, or that is gone (connect(2)). */
const isLeft = ({code}: NodeJS.ErrnoException): boolean => code === 'ECONNREFUSED' || code === 'ENOENT';

const askHolder = (path: string): Promise<Answer> =>
	new Promise((resolve) => {
		const socket = connect(path);
		let isHeld = true;
		let said = '';
		const limit = setTimeout(() => socket.destroy(), askLimitMs);
		socket.setEncoding('latin1');
		socket.on('data', (text) => {
			said += String(text);
			if (said.length > longestAnswer) socket.destroy();
		});
		socket.on('error', (error) => {
			isHeld = !isLeft(error);
		});
		socket.once('close', () => {
			clearTimeout(limit);
			resolve({isHeld, holder: isHeld && isOwnProcess(said) ? Number(said) : undefined});
		});
	});

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
		await rm(path, {recursive: true, force: true});
	}
	return undefined;
};

/** In a folder that others can write in too, another account could have put a lock of its own there. */
const demandOwn = async (folder: string, uid: number): Promise<void> => {
	const owner = await lstat(folder).then(
		(found) => found.uid,
		() => uid,
	);
	if (owner !== uid) throw new Error(`${folder} belongs to another account.`);
};

/** The folder gets its name with the socket already in it: no two runs can have it, not even where one was killed. */
export const lockInFolder = async ({uid, pid}: Taker, parent: string): Promise<Lock> => {
	const folder = join(parent, `vira-setup-${uid}.lock`);
	const own = await mkdtemp(`${folder}.`);
	const name = own.slice(-6);
	let server: Server | undefined;
	try {
		server = await listening(join(own, name), pid);
		while (!(await renamed(own, folder))) {
			await demandOwn(folder, uid);
			const answer = await holderIn(folder);
			if (!answer) continue;
			server.close();
			return {taken: false, holder: answer.holder};
		}
	} catch (error) {
		server?.close();
		throw error;
	} finally {
		// Under this name nothing is left of what was taken.
		await rm(own, {recursive: true, force: true});
	}
	const release = (): void => {
		server.close();
		// The next run removes what stays of it.
		rm(join(folder, name), {force: true}).catch(() => undefined);
	};
	return {taken: true, release};
};
