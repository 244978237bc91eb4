import {readdir, readFile, readlink} from 'node:fs/promises';

/** Whether a process runs as the account (proc(5), status: the real user comes first). */
const isOf = (uid: number, status: string): boolean => /^Uid:\t(\d+)\t/mu.exec(status)?.[1] === String(uid);

/** A process that has ended meanwhile says nothing. */
const textOf = (path: string): Promise<string> => readFile(path, 'utf8').catch(() => '');

/** What a process that has the file open calls itself where nobody may look into it. */
export const closedTitle = 'vira-setup';

/** What is left of a longer command line is written over with zeros. */
const isTitled = (commandLine: string): boolean => commandLine.replace(/\0+$/u, '') === closedTitle;

/**
 * Whether a process has the file open. Nobody may look into one that has more rights than its account, as a Node with a
 * capability of its own (prctl(2), PR_SET_DUMPABLE): it says so by its title. That our name is somewhere in a command
 * line says nothing: a screen can have it, and lasts.
 */
const isMarked = async (pid: string, mark: string): Promise<boolean> => {
	const folder = `/proc/${pid}/fd`;
	let names: readonly string[];
	try {
		names = await readdir(folder);
	} catch (error) {
		const isClosed = (error as NodeJS.ErrnoException).code === 'EACCES';
		return isClosed && isTitled(await textOf(`/proc/${pid}/cmdline`));
	}
	const targets = await Promise.all(names.map((name) => readlink(`${folder}/${name}`).catch(() => '')));
	return targets.includes(mark.replace('/proc/self/', `/proc/${pid}/`));
};

/**
 * A process of the account, other than `except`, that keeps the file `mark` open. proc(5) shows what each process of an
 * account has open to that account, and no other account can give it a descriptor: whatever those do, they are never
 * taken for the one that is looked for.
 */
export const findMarked = async (
	mark: string,
	{uid, except}: {readonly uid: number; readonly except?: number},
): Promise<number | undefined> => {
	const names = await readdir('/proc');
	const pids = names.filter((name) => /^\d+$/u.test(name) && name !== String(except));
	const found = await Promise.all(
		pids.map(async (pid) => isOf(uid, await textOf(`/proc/${pid}/status`)) && isMarked(pid, mark)),
	);
	const first = found.indexOf(true);
	return first < 0 ? undefined : Number(pids[first]);
};
