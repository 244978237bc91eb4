import {closeSync, openSync} from 'node:fs';
import {createServer, type Server} from 'node:net';
import {findMarked} from './find-marked.ts';
import type {Taker} from './lock-in-folder.ts';
import type {Lock} from './system.ts';

/** What tells the runs of an account from its other processes. */
export interface Marks {
	/** In the abstract namespace (unix(7)), without the zero byte that comes first there. */
	readonly name: string;
	/** The file that whoever has the lock keeps open; `/proc/self/` stands for the process's own. */
	readonly mark: string;
}

/** One that every process has, and no program keeps open. */
export const marksOf = ({uid}: Taker): Marks => ({name: `vira-setup-${uid}`, mark: '/proc/self/limits'});

/** Has the name, at which nobody is told anything. undefined: it is taken. */
const named = (name: string): Promise<Server | undefined> =>
	new Promise((resolve, reject) => {
		const server = createServer((socket) => socket.destroy());
		server.once('error', (error: NodeJS.ErrnoException) =>
			error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error),
		);
		server.listen(`\0${name}`, () => resolve(server));
		server.unref();
	});

/**
 * Whoever has the mark has the lock. Of several that start at once, the name lets one go first. Any account can take
 * the name, to lock another out: it counts only where a process of this account has the mark too. The mark is there
 * before anybody is looked for, so that of two runs one always sees the other; and it is gone with its process, however
 * that ends.
 */
export const takeMark = async ({uid, pid}: Taker, {name, mark}: Marks): Promise<Lock> => {
	const server = await named(name);
	const first = server ? undefined : await findMarked(mark, {uid});
	if (first !== undefined) return {taken: false, holder: first};
	const descriptor = openSync(mark, 'r');
	const release = (): void => {
		closeSync(descriptor);
		server?.close();
	};
	try {
		const holder = await findMarked(mark, {uid, except: pid});
		if (holder === undefined) return {taken: true, release};
		release();
		return {taken: false, holder};
	} catch (error) {
		release();
		throw error;
	}
};
