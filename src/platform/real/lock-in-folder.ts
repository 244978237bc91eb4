import {lstat, mkdtemp, readdir, rename, rm} from 'node:fs/promises';
import {connect, createServer, type Server} from 'node:net';
import {join} from 'node:path';
import type {Lock} from '../system.ts';

/** The run that wants the lock: its process and account. */
export interface Taker {
	readonly uid: number;
	readonly pid: number;
}

/** The time limit for the holder's answer. */
const askLimitMs = 1000;

/** No PID has more digits. */
const longestAnswer = 10;

/** A socket that answers with the PID and closes the connection. */
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

/** Whether it is the PID of a process of this account: kill(2) permits only that. */
const isOwnProcess = (text: string): boolean => {
	if (!/^[1-9]\d*$/u.test(text)) return false;
	try {
		return process.kill(Number(text), 0);
	} catch {
		return false;
	}
};

interface LockAnswer {
	/** Whether a process holds the socket. */
	readonly isHeld: boolean;
	/** The PID of that process, if it answers. */
	readonly holder: number | undefined;
}

/** No process listens on a socket that refuses connections or does not exist (connect(2)). */
const isLeft = ({code}: NodeJS.ErrnoException): boolean => code === 'ECONNREFUSED' || code === 'ENOENT';

const askHolder = (path: string): Promise<LockAnswer> =>
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

/** rename(2) replaces a folder only if it is empty. */
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
 * The holder of the socket in the folder; undefined: there is none any more. A socket that does not answer is the
 * leftover of a killed run: it is removed by its name, which is unique.
 */
const holderIn = async (folder: string): Promise<LockAnswer | undefined> => {
	const names = await readdir(folder).catch(() => []);
	for (const path of names.map((name) => join(folder, name))) {
		const answer = await askHolder(path);
		if (answer.isHeld) return answer;
		await rm(path, {recursive: true, force: true});
	}
	return undefined;
};

/** In a folder that others can write to, another account could have placed its own lock. */
const demandOwn = async (folder: string, uid: number): Promise<void> => {
	const owner = await lstat(folder).then(
		(found) => found.uid,
		() => uid,
	);
	if (owner !== uid) throw new Error(`${folder} belongs to another account.`);
};

/** The folder is renamed with the socket already in it, so two runs can never hold it, even after one was killed. */
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
		// Nothing must remain under the temporary name.
		await rm(own, {recursive: true, force: true});
	}
	const release = (): void => {
		server.close();
		// The next run removes the leftover.
		rm(join(folder, name), {force: true}).catch(() => undefined);
	};
	return {taken: true, release};
};
