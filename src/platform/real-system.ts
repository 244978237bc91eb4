import {
	access,
	chmod,
	constants,
	lstat,
	mkdir,
	mkdtemp,
	readdir,
	readFile,
	readlink,
	realpath,
	rm,
	rmdir,
	stat,
} from 'node:fs/promises';
import {networkInterfaces, tmpdir, userInfo} from 'node:os';
import {join} from 'node:path';
import {text} from 'node:stream/consumers';
import {setTimeout as wait} from 'node:timers/promises';
import {execa} from 'execa';
import writeFileAtomic from 'write-file-atomic';
import {askUrl} from './ask-url.ts';
import type {User} from './facts.ts';
import {takeLock} from './take-lock.ts';
import {tryListen} from './try-listen.ts';
import type {Command, Inspected, Kind, RunResult, System} from './system.ts';

const defaultTimeLimitMs = 10_000;

/** Where a service manager's commands are, should PATH not say so (cron(8) gives a short one). */
const systemFolders = ['/usr/local/bin', '/usr/bin', '/bin', '/run/current-system/sw/bin'];

const unlessMissing = async <T>(looking: Promise<T>): Promise<T | undefined> => {
	try {
		return await looking;
	} catch (error) {
		const {code} = error as NodeJS.ErrnoException;
		if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ELOOP') return undefined;
		throw error;
	}
};

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
	const itself = await unlessMissing(lstat(path));
	if (!itself) return undefined;
	const target = await unlessMissing(stat(path));
	const [executable, readable] = await Promise.all([
		isAllowed(path, constants.X_OK),
		isAllowed(path, constants.R_OK),
	]);
	return {
		kind: kindOf(itself),
		mode: (target ?? itself).mode & 0o7777,
		linksTo: itself.isSymbolicLink() ? await readlink(path) : undefined,
		realPath: await unlessMissing(realpath(path)),
		leadsTo: target && kindOf(target),
		executable: executable && target?.isFile() === true,
		readable,
	};
};

const makeFolder = async (path: string, mode: number): Promise<boolean> => {
	try {
		await mkdir(path, {mode});
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
		return false;
	}
	// mkdir(2) takes the umask away from the mode; the mode that was shown is the one to have.
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

/**
 * What child processes see: our language, no pager, no bus address from a session that is gone, and the runtime
 * folder that pam_systemd(8) would have set, which is all that a shell without a session lacks.
 */
const childEnvironment = (environment: NodeJS.ProcessEnv, user: User): Record<string, string | undefined> => {
	const given = (environment['PATH'] ?? '').split(':').filter((folder) => folder.startsWith('/'));
	return {
		...environment,
		PATH: [...new Set([...given, ...systemFolders])].join(':'),
		HOME: user.home,
		LC_ALL: 'C',
		LANGUAGE: undefined,
		SYSTEMD_COLORS: '0',
		SYSTEMD_PAGER: '',
		DBUS_SESSION_BUS_ADDRESS: undefined,
		XDG_RUNTIME_DIR: `/run/user/${user.uid}`,
	};
};

/** A program that has started others holds their output open: all of its group has to go (kill(2)). */
const killGroup = (pid: number | undefined): void => {
	try {
		if (pid !== undefined) process.kill(-pid, 'SIGKILL');
	} catch {
		// It has ended by itself in this moment.
	}
};

const runWith =
	(env: Record<string, string | undefined>): System['run'] =>
	async ([program, ...arguments_]: Command, options = {}) => {
		const running = execa(program, arguments_, {
			env,
			extendEnv: false,
			cwd: '/',
			stdin: 'ignore',
			reject: false,
			// A session of its own: Ctrl-C in the terminal is for us to answer, and nothing can ask for a password there.
			detached: true,
		});
		let timedOut = false;
		const limit = setTimeout(() => {
			timedOut = true;
			killGroup(running.pid);
		}, options.timeoutMs ?? defaultTimeLimitMs);
		const result = await running;
		clearTimeout(limit);
		return {
			exitCode: result.exitCode,
			stdout: result.stdout,
			stderr: result.stderr,
			timedOut,
			found: result.code !== 'ENOENT',
		} satisfies RunResult;
	};

const currentUser = (environment: NodeJS.ProcessEnv): User => {
	const {username, uid, homedir} = userInfo();
	return {name: username, uid, home: homedir, sudoFrom: uid === 0 ? environment['SUDO_USER'] : undefined};
};

const ownAddresses = (): readonly string[] =>
	Object.values(networkInterfaces()).flatMap((addresses) => (addresses ?? []).map(({address}) => address));

const platforms: Partial<Record<NodeJS.Platform, System['platform']>> = {linux: 'linux', darwin: 'darwin'};

/** The machine that the program runs on. */
export const realSystem = ({
	platform,
	pid,
	env: environment,
}: Pick<NodeJS.Process, 'platform' | 'pid' | 'env'>): System => {
	const user = currentUser(environment);
	const own = ownAddresses();
	return {
		kind: 'real',
		platform: platforms[platform] ?? 'other',
		user,
		environment,
		ownAddresses: own,
		run: runWith(childEnvironment(environment, user)),
		readFile: (path) => unlessMissing(readFile(path, 'utf8')),
		inspect,
		list: (path) => unlessMissing(readdir(path)),
		writeFile: (path, content, mode) => writeFileAtomic(path, content, {mode}),
		deleteFile: (path) => rm(path, {force: true}),
		makeFolder,
		deleteFolder,
		ask: (url, options) => askUrl(url, {...options, ownAddresses: own}),
		tryListen,
		lock: () => takeLock(user.uid, pid),
		now: Date.now,
		sleep: async (ms, signal) => {
			await wait(ms, undefined, {...(signal && {signal})}).catch(() => undefined);
		},
	};
};

/** A new folder of our own, for a simulated machine. */
export const throwawayFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'vira-setup-rehearsal-'));

/** All of standard input, as text. */
export const readStandardInput = (stdin: NodeJS.ReadStream): Promise<string> => text(stdin);
