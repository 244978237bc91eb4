import {chmod, lstat, mkdir, readdir, rename, rm, rmdir} from 'node:fs/promises';
import {networkInterfaces} from 'node:os';
import {setTimeout as wait} from 'node:timers/promises';
import type {User, Command, Lend, System} from '../system.ts';
import {runAsRootWith} from '../command-text.ts';
import {currentUser, temporaryFolders, childEnvironment, withOpenPath, withScratchFile} from './account.ts';
import {fileSystemAt, inspect, macFileSystemAt, readLinks, unlessMissing} from './inspect.ts';
import {readText, deleteWhole, writeWhole} from './text-files.ts';
import {look} from '../paths.ts';
import {answerOf} from '../run-result.ts';

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

const othersMayWrite = 0o022;

/** Whether only this account can write there. */
const isOwn = async (system: Pick<System, 'inspect' | 'user'>, path: string): Promise<boolean> => {
	const found = await look(system, path);
	return (
		found?.leadsTo === 'folder' && found.owner === system.user.uid && (found.mode & othersMayWrite) === 0
	);
};

/**
 * The folder that TMPDIR is set to on macOS (confstr(3)): runs with and without the variable have to use the same folder.
 * If getconf(1) fails, `temporary` is only used if it belongs to this account alone.
 */
const ownTemporary = async (
	system: Pick<System, 'inspect' | 'run' | 'user'>,
	temporary: string,
): Promise<string> => {
	const result = await system.run(['/usr/bin/getconf', 'DARWIN_USER_TEMP_DIR'], {timeoutMs: 5000});
	const folder = answerOf(result)?.trim();
	if (folder?.startsWith('/')) return folder;
	return (await isOwn(system, temporary)) ? temporary : `${system.user.home}/Library`;
};

/**
 * Takes the lock that the runs of an account share, or returns which process holds it. On Linux it needs no file, and it
 * is the same lock whatever the variables and the session of a run are. On macOS, processes cannot see this of each
 * other: there the lock is in a folder that belongs to the account.
 */
const lock = async (machine: Pick<System, 'inspect' | 'platform' | 'run' | 'user'>, pid: number) => {
	const taker = {uid: machine.user.uid, pid};
	if (machine.platform === 'linux') {
		const {marksOf, takeMark} = await import('./lock-by-mark.ts');
		return takeMark(taker, marksOf(taker));
	}
	const folder = await ownTemporary(machine, temporaryFolders({})[0]);
	return (await import('./lock-in-folder.ts')).lockInFolder(taker, folder);
};

/** Runs commands as this user. */
const commandsAs = async (user: User, environment: System['environment']) => {
	const [{runAttachedWith, runWith}, opened] = await Promise.all([
		import('./run-command.ts'),
		withOpenPath(environment),
	]);
	const childrens = childEnvironment(opened, user);
	return {run: runWith(childrens), runAttached: runAttachedWith(childrens)};
};

const commandsOn = (
	{account, environment}: Pick<System, 'environment'> & {readonly account: () => User},
	lend: Lend | undefined,
): Pick<System, 'run' | 'runAsRoot'> => {
	const runIn = async (variables: System['environment']) =>
		(await import('./run-command.ts')).runWith(await withOpenPath(variables));
	const attached = async (command: Command) =>
		(await commandsAs(account(), environment)).runAttached(command);
	return {
		run: async (command, options) => {
			if (options?.environment) return (await runIn(options.environment))(command, options);
			if (!options?.mayOutlive) return (await commandsAs(account(), environment)).run(command, options);
			return (await import('./run-command.ts')).launchWith(await withOpenPath(environment))(command, options);
		},
		runAsRoot: runAsRootWith({silent: attached, asking: attached}, lend),
	};
};

const files = {
	readFile: (path, options) => unlessMissing(readText(path, options)),
	inspect,
	list: (path) => unlessMissing(readdir(path)),
	linksIn: readLinks,
	writeFile: writeWhole,
	move,
	deleteFile: deleteWhole,
	makeFolder,
	deleteFolder,
} satisfies Partial<System>;

/**
 * The machine that the program runs on. Without `lend`, no one can be asked for a password. What only some runs need,
 * packages and parts of Node too, is loaded on first use: a run on a simulated machine needs none of it.
 */
export const realSystem = (
	{platform, pid, env: environment}: Pick<NodeJS.Process, 'platform' | 'pid' | 'env'>,
	lend?: Lend,
): System => {
	const account = accountIn(environment);
	const itself = {kind: 'real', platform: platforms[platform] ?? 'other', environment} as const;
	const addresses = ownAddresses();
	const commands = commandsOn({account, environment}, lend);
	return {
		...itself,
		...commands,
		...files,
		get user() {
			return account();
		},
		ownAddresses: addresses,
		fileSystemAt: platform === 'darwin' ? macFileSystemAt(commands.run) : fileSystemAt,
		withScratchFile: withScratchFile(temporaryFolders(environment)),
		ask: async (url, options) =>
			(await import('./ask-url.ts')).askUrl(url, {...options, ownAddresses: addresses}),
		addressesOf: async (host) => (await import('./ask-url.ts')).addressesOf(host),
		tryListen: async (host, port) => (await import('./ask-url.ts')).tryListen(host, port),
		lock: async () => lock({...itself, ...commands, inspect, user: account()}, pid),
		now: Date.now,
		sleep: async (ms, signal) => {
			await wait(ms, undefined, {...(signal && {signal})}).catch(() => undefined);
		},
	};
};
