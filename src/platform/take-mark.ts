import {closeSync, openSync, statSync} from 'node:fs';
import {createServer, type Server} from 'node:net';
import process from 'node:process';
import {setTimeout as wait} from 'node:timers/promises';
import {closedTitle, findMarked} from './find-marked.ts';
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

/** Has the mark, and says so where nobody may see it: proc(5) gives the files of such a process to root. */
const marked = ({uid}: Taker, mark: string): (() => void) => {
	const isClosed = statSync('/proc/self/limits').uid !== uid;
	const {title} = process;
	if (isClosed) process.title = closedTitle;
	const descriptor = openSync(mark, 'r');
	return () => {
		closeSync(descriptor);
		if (isClosed) process.title = title;
	};
};

/** How long it is waited for runs that have begun as well and give way, and how often they are looked for. */
const patienceMs = 1000;
const lookEveryMs = 25;

/** Another run that has the mark, once those that began at the same moment have given way: all but the first process. */
const rivalOf = async ({uid, pid}: Taker, mark: string): Promise<number | undefined> => {
	const until = performance.now() + patienceMs;
	for (;;) {
		const rival = await findMarked(mark, {uid, except: pid});
		if (rival === undefined || rival < pid || performance.now() > until) return rival;
		await wait(lookEveryMs);
	}
};

/**
 * Whoever has the mark has the lock. Of several that start at once, the name lets one go first. Any account can take
 * the name, to lock another out: it counts only where a process of this account has the mark too. The mark is there
 * before anybody is looked for, so that of two runs one always sees the other; and it is gone with its process, however
 * that ends. Of two that see each other, the later process gives way.
 */
export const takeMark = async (taker: Taker, {name, mark}: Marks): Promise<Lock> => {
	const server = await named(name);
	const first = server ? undefined : await findMarked(mark, {uid: taker.uid});
	if (first !== undefined) return {taken: false, holder: first};
	const unmark = marked(taker, mark);
	const release = (): void => {
		unmark();
		server?.close();
	};
	try {
		const holder = await rivalOf(taker, mark);
		if (holder === undefined) return {taken: true, release};
		release();
		return {taken: false, holder};
	} catch (error) {
		release();
		throw error;
	}
};
