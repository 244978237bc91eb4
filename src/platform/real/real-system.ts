import {
	access,
	chmod,
	constants,
	lstat,
	mkdir,
	mkdtemp,
	readdir,
	readlink,
	realpath,
	rename,
	rm,
	rmdir,
	stat,
	statfs,
	writeFile,
} from 'node:fs/promises';
import type {StatsFs} from 'node:fs';
import {networkInterfaces} from 'node:os';
import {join} from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';
import {currentUser, temporaryFolders} from './account.ts';
import {answerOf} from '../answer-of.ts';
import {fileSystemOf} from './file-systems.ts';
import type {User} from '../facts.ts';
import {fileSystemIn} from '../launchd/mounts.ts';
import {readText} from './read-text.ts';
import {ownTemporary} from '../launchd/own-temporary.ts';
import {realCommands} from './real-commands.ts';
import type {FileSystem, Inspected, Kind, Lend, System} from '../system.ts';
import {unlessMissing} from './unless-missing.ts';
import {deleteWhole, writeWhole} from './write-whole.ts';

const kindOf = (stats: {isFile(): boolean; isDirectory(): boolean; isSymbolicLink(): boolean}): Kind => {
	if (stats.isSymbolicLink()) return 'link';
	if (stats.isDirectory()) return 'folder';
	return stats.isFile() ? 'file' : 'other';
};

const isAllowed = (path: string, what: number): Promise<boolean> =>
	access(path, what).then(
		() => true,
		() => false,
	);

const inspect = async (path: string): Promise<Inspected | undefined> => {
	// In parallel: each call spends most of its time waiting.
	const [itself, target, realPath, executable, readable, writable] = await Promise.all([
		unlessMissing(lstat(path)),
		unlessMissing(stat(path)),
		unlessMissing(realpath(path)),
		isAllowed(path, constants.X_OK),
		isAllowed(path, constants.R_OK),
		isAllowed(path, constants.W_OK),
	]);
	if (!itself) return undefined;
	const {mode, uid, size} = target ?? itself;
	return {
		kind: kindOf(itself),
		mode: mode & 0o7777,
		owner: uid,
		size,
		linksTo: itself.isSymbolicLink() ? await readlink(path) : undefined,
		realPath,
		leadsTo: target && kindOf(target),
		executable: executable && target?.isFile() === true,
		readable,
		writable,
	};
};

/** File systems without blocks, such as some FUSE ones, report 0 for all of them. */
const freeBytesOf = ({blocks, bavail, bsize}: StatsFs): number => (blocks === 0 ? Infinity : bavail * bsize);

const fileSystemAt = async (path: string): Promise<FileSystem | undefined> => {
	const stats = await unlessMissing(statfs(path));
	return stats && fileSystemOf(stats.type, freeBytesOf(stats));
};

const macFileSystemAt =
	(run: System['run']): System['fileSystemAt'] =>
	async (path) => {
		const [stats, real] = await Promise.all([unlessMissing(statfs(path)), unlessMissing(realpath(path))]);
		if (!stats || real === undefined) return undefined;
		const mounts = answerOf(await run(['/sbin/mount'], {timeoutMs: 5000}));
		return fileSystemIn(mounts, real, freeBytesOf(stats));
	};

/** A new folder with the file in it, in the first folder where that works. */
const makeScratch = async (
	[folder = '', ...others]: readonly string[],
	name: string,
	content: string,
): Promise<string> => {
	let made: string | undefined;
	try {
		// mkdtemp(3) creates it with mode 0700.
		made = await mkdtemp(join(folder, 'vira-setup-'));
		await writeFile(join(made, name), content, {mode: 0o600});
		return made;
	} catch (error) {
		if (made !== undefined) await rm(made, {recursive: true, force: true});
		if (others.length === 0) throw error;
		return makeScratch(others, name, content);
	}
};

/** TMPDIR may not exist or be full, so `folders` are tried in turn. */
const withScratchFile =
	(folders: readonly string[]): System['withScratchFile'] =>
	async (name, content, use) => {
		const folder = await makeScratch(folders, name, content);
		try {
			return await use(join(folder, name));
		} finally {
			await rm(folder, {recursive: true, force: true});
		}
	};

const move = async (from: string, to: string): Promise<void> => {
	// rename(2) would replace an empty folder, or a file.
	if (await unlessMissing(lstat(to))) throw new Error(`${to} already exists.`);
	await rename(from, to);
};

const makeFolder = async (path: string, mode: number): Promise<boolean> => {
	try {
		await mkdir(path, {mode});
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
		return false;
	}
	// mkdir(2) applies the umask; the mode must be the one that was shown.
	await chmod(path, mode);
	return true;
};

const deleteFolder = async (
	path: string,
	{withContents}: {readonly withContents: boolean},
): Promise<void> => {
	if (withContents) return rm(path, {recursive: true, force: true});
	try {
		await rmdir(path);
	} catch (error) {
		const {code} = error as NodeJS.ErrnoException;
		if (code !== 'ENOENT' && code !== 'ENOTEMPTY') throw error;
	}
};

const ownAddresses = (): readonly string[] =>
	Object.values(networkInterfaces()).flatMap((addresses) => (addresses ?? []).map(({address}) => address));

const platforms: Partial<Record<NodeJS.Platform, System['platform']>> = {linux: 'linux', darwin: 'darwin'};

/** Looked up on first use: a simulated machine and a --config file need no account. */
const accountIn = (environment: NodeJS.ProcessEnv): (() => User) => {
	let known: User | undefined;
	return () => (known ??= currentUser(environment));
};

const lockOn =
	(machine: Pick<System, 'inspect' | 'platform' | 'run' | 'user'>, pid: number): System['lock'] =>
	async () => {
		const {takeLock} = await import('./take-lock.ts');
		const temporary = temporaryFolders({})[0];
		const folder = machine.platform === 'linux' ? undefined : await ownTemporary(machine, temporary);
		return takeLock({uid: machine.user.uid, pid}, folder);
	};

const files = {
	readFile: (path, options) => unlessMissing(readText(path, options)),
	inspect,
	list: (path) => unlessMissing(readdir(path)),
	writeFile: writeWhole,
	move,
	deleteFile: deleteWhole,
	makeFolder,
	deleteFolder,
} satisfies Partial<System>;

/**
 * The machine that the program runs on. Without `lend`, no one can be asked for a password. Rarely needed parts are
 * loaded on first use.
 */
export const realSystem = (
	{platform, pid, env: environment}: Pick<NodeJS.Process, 'platform' | 'pid' | 'env'>,
	lend?: Lend,
): System => {
	const account = accountIn(environment);
	const itself = {
		kind: 'real',
		platform: platforms[platform] ?? 'other',
		environment,
		ownAddresses: ownAddresses(),
	} as const;
	const commands = realCommands({account, ...itself}, lend);
	return {
		...itself,
		...commands,
		get user() {
			return account();
		},
		...files,
		fileSystemAt: platform === 'darwin' ? macFileSystemAt(commands.run) : fileSystemAt,
		withScratchFile: withScratchFile(temporaryFolders(environment)),
		lock: () => lockOn({...commands, inspect, platform: itself.platform, user: account()}, pid)(),
		now: Date.now,
		sleep: async (ms, signal) => {
			await wait(ms, undefined, {...(signal && {signal})}).catch(() => undefined);
		},
	};
};
