import {closeSync, openSync, statSync} from 'node:fs';
import {readFile, readdir, readlink} from 'node:fs/promises';
import {createServer, type Server} from 'node:net';
import process from 'node:process';
import {setTimeout as wait} from 'node:timers/promises';
import type {Lock} from '../system.ts';
import type {Taker} from './lock-in-folder.ts';

/** Identifies the runs of an account among its processes. */
export interface Marks {
	/** In the abstract namespace (unix(7)), without the zero byte that comes first there. */
	readonly name: string;
	/** The file that the holder of the lock keeps open; `/proc/self/` stands for that of the process. */
	readonly mark: string;
}

/** A file that every process has and no program keeps open. */
export const marksOf = ({uid}: Taker): Marks => ({name: `vira-setup-${uid}`, mark: '/proc/self/limits'});

/** Takes the name; connections get no answer. undefined: it is taken. */
const named = (name: string): Promise<Server | undefined> =>
	new Promise((resolve, reject) => {
		const server = createServer((socket) => socket.destroy());
		server.once('error', (error: NodeJS.ErrnoException) =>
			error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error),
		);
		server.listen(`\0${name}`, () => resolve(server));
		server.unref();
	});

/** The title of a process that has the mark open, if its open files are not readable. */
const closedTitle = 'vira-setup';

/** Opens the mark; if only root can see the open files of this process (proc(5)), its title shows it instead. */
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

/** Whether a process runs as the account (proc(5), status: the real user comes first). */
const isOf = (uid: number, status: string): boolean => /^Uid:\t(\d+)\t/mu.exec(status)?.[1] === String(uid);

/** Empty if the process has ended meanwhile. */
const readOrEmpty = (path: string): Promise<string> => readFile(path, 'utf8').catch(() => '');

/** The rest of a longer command line is overwritten with zeros. */
const isTitled = (commandLine: string): boolean => commandLine.replace(/\0+$/u, '') === closedTitle;

/**
 * Whether a process has the file open. The open files of a process with more privileges than its account, such as a Node
 * with a capability (prctl(2), PR_SET_DUMPABLE), are not readable: its title shows it instead. Our name somewhere in a
 * command line proves nothing: a long-lived screen(1) can have it too.
 */
const isMarked = async (pid: string, mark: string): Promise<boolean> => {
	const folder = `/proc/${pid}/fd`;
	let names: readonly string[];
	try {
		names = await readdir(folder);
	} catch (error) {
		const isClosed = (error as NodeJS.ErrnoException).code === 'EACCES';
		return isClosed && isTitled(await readOrEmpty(`/proc/${pid}/cmdline`));
	}
	const targets = await Promise.all(names.map((name) => readlink(`${folder}/${name}`).catch(() => '')));
	return targets.includes(mark.replace('/proc/self/', `/proc/${pid}/`));
};

/**
 * A process of the account, other than `except`, that keeps the file `mark` open. proc(5) shows what each process of an
 * account has open to that account, and other accounts cannot give it a descriptor, so they can never pretend to be the
 * holder.
 */
const findMarked = async (
	mark: string,
	{uid, except}: {readonly uid: number; readonly except?: number},
): Promise<number | undefined> => {
	const names = await readdir('/proc');
	const pids = names.filter((name) => /^\d+$/u.test(name) && name !== String(except));
	const found = await Promise.all(
		pids.map(async (pid) => isOf(uid, await readOrEmpty(`/proc/${pid}/status`)) && isMarked(pid, mark)),
	);
	const first = found.indexOf(true);
	return first < 0 ? undefined : Number(pids[first]);
};

/** How long to wait for other new runs to give way, and how often to check. */
const patienceMs = 1000;
const lookEveryMs = 25;

/** Another run with the mark, after runs that started at the same time have given way: all but the lowest PID. */
const rivalOf = async ({uid, pid}: Taker, mark: string): Promise<number | undefined> => {
	const until = performance.now() + patienceMs;
	for (;;) {
		const rival = await findMarked(mark, {uid, except: pid});
		if (rival === undefined || rival < pid || performance.now() > until) return rival;
		await wait(lookEveryMs);
	}
};

/**
 * The run with the mark holds the lock. If several start at once, the name selects one. Any account could take the name
 * to block others, so it counts only if a process of this account has the mark too. A run opens the mark before it
 * searches for others, so of two runs, one always sees the other; the mark disappears with its process. Of two that see
 * each other, the higher PID gives way.
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
