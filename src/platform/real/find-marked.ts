import {readdir, readFile, readlink} from 'node:fs/promises';

/** Whether a process runs as the account (proc(5), status: the real user comes first). */
const isOf = (uid: number, status: string): boolean => /^Uid:\t(\d+)\t/mu.exec(status)?.[1] === String(uid);

/** Empty if the process has ended meanwhile. */
const textOf = (path: string): Promise<string> => readFile(path, 'utf8').catch(() => '');

/** The title of a process that has the file open, if its open files are not readable. */
export const closedTitle = 'vira-setup';

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
		return isClosed && isTitled(await textOf(`/proc/${pid}/cmdline`));
	}
	const targets = await Promise.all(names.map((name) => readlink(`${folder}/${name}`).catch(() => '')));
	return targets.includes(mark.replace('/proc/self/', `/proc/${pid}/`));
};

/**
 * A process of the account, other than `except`, that keeps the file `mark` open. proc(5) shows what each process of an
 * account has open to that account, and other accounts cannot give it a descriptor, so they can never pretend to be the
 * holder.
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
