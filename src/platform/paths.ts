import {posix} from 'node:path';
import {exitCode, SetupError} from '../errors.ts';
import {answerOf} from './run-result.ts';
import type {Inspected, System} from './system.ts';
import type {Fix} from '../notice.ts';

/** Of files that may contain secrets. */
export const privateMode = 0o600;

/** Permission bits as text, such as `0600`. */
export const modeText = (mode: number): string => mode.toString(8).padStart(4, '0');

/** Whether access to a folder was denied. */
const isDenied = (error: unknown): boolean =>
	typeof error === 'object' && error !== null && 'code' in error && error.code === 'EACCES';

/** The text of someone else's file, only to be searched; undefined if it cannot be read for any reason. */
export const skim = async (system: System, path: string): Promise<string | undefined> => {
	try {
		return await system.readFile(path, {lossy: true});
	} catch {
		return undefined;
	}
};

/** The path of a repository on this machine, if its URL is one. */
export const localPath = (url: string): string | undefined => {
	const path = url.startsWith('file:///') ? url.slice('file://'.length) : url;
	return path.startsWith('/') ? path : undefined;
};

/** As System.inspect; `hidden` if the folder is not accessible for this user. */
export const lookInto = async (
	system: Pick<System, 'inspect'>,
	path: string,
): Promise<Inspected | 'hidden' | undefined> => {
	try {
		return await system.inspect(path);
	} catch (error) {
		if (isDenied(error)) return 'hidden';
		throw error;
	}
};

/** As System.inspect; also undefined if the folder is not accessible for this user. */
export const look = async (system: Pick<System, 'inspect'>, path: string): Promise<Inspected | undefined> => {
	const found = await lookInto(system, path);
	return found === 'hidden' ? undefined : found;
};

/** A path as far as it exists. */
export interface ExistingPath {
	/** The path itself, or its deepest parent folder that exists. */
	readonly nearest: string;
	/** What lies at `nearest`. */
	readonly found: Inspected;
	/** From the first folder that is missing down to the path. */
	readonly missing: readonly string[];
	/** Whether the user has no permission to read the contents of `nearest`. */
	readonly hidden: boolean;
}

const parentOf = (path: string): string => path.slice(0, Math.max(path.lastIndexOf('/'), 1));

/** The names in a folder; empty if it does not exist; `hidden`: the user has no permission to list it. */
export const namesIn = async (system: System, path: string): Promise<readonly string[] | 'hidden'> => {
	try {
		return (await system.list(path)) ?? [];
	} catch (error) {
		if (isDenied(error)) return 'hidden';
		throw error;
	}
};

export const permissionDenied = 'permission denied';

/** `why`: the end of the sentence, without its period. */
export const cannotRead = (path: string, why = permissionDenied): string => `Cannot read ${path}: ${why}.`;

/** Inspects an absolute path, from its end up to the first folder that exists. */
export const findExisting = async (system: System, path: string): Promise<ExistingPath> => {
	const found = await lookInto(system, path);
	if (found && found !== 'hidden') return {nearest: path, found, missing: [], hidden: false};
	if (path === '/') throw new SetupError({message: cannotRead('/'), exit: exitCode.privilege});
	const above = await findExisting(system, parentOf(path));
	return {...above, missing: [...above.missing, path], hidden: above.hidden || found === 'hidden'};
};

/** The path without links and `..`, as it will be when its missing folders exist. */
export const realPathOf = ({nearest, found, missing}: ExistingPath): string => {
	const rest = (missing.at(-1) ?? nearest).slice(nearest.length);
	return posix.join(found.realPath ?? nearest, rest);
};

export const isWithin = (path: string, folder: string): boolean =>
	path === folder || path.startsWith(folder.replace(/\/?$/u, '/'));

/** A mounted file system. */
export interface Mount {
	readonly device: string;
	readonly folder: string;
	readonly type: string;
	readonly options: readonly string[];
}

/** Blanks and similar characters are written as `\040` (fstab(5)). */
const unescaped = (text: string): string =>
	text.replaceAll(/\\([0-7]{3})/gu, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));

/** `/dev/sdb1 /media/usb vfat rw,noexec 0 0` (proc(5), /proc/pid/mounts). */
const linuxMount = (line: string): readonly Mount[] => {
	const [device = '', folder = '', type = '', options = ''] = line.split(' ').map(unescaped);
	return folder === '' ? [] : [{device, folder, type, options: options.split(',')}];
};

/** `//a@nas/work on /Volumes/work (smbfs, nodev, mounted by a)`. Only names have blanks before a bracket. */
const macMount = (line: string): readonly Mount[] => {
	const [, device = '', folder = '', type = '', more = ''] =
		/^(.*?) on (\/.*) \(([^,)]+)([^)]*)/u.exec(line) ?? [];
	return folder === '' ? [] : [{device, folder, type, options: more.split(/,\s*/u)}];
};

/** What mount(8) prints on a Mac. */
export const macMountsIn = (text: string): readonly Mount[] => text.split('\n').flatMap(macMount);

/** Empty if they cannot be read. */
export const readMounts = async (system: System): Promise<readonly Mount[]> => {
	if (system.platform === 'darwin')
		return macMountsIn(answerOf(await system.run(['/sbin/mount'], {timeoutMs: 5000})) ?? '');
	return ((await skim(system, '/proc/self/mounts')) ?? '').split('\n').flatMap(linuxMount);
};

/** The mount that an absolute path without links is on. If mounts are stacked, the last one counts. */
export const mountOf = (path: string, mounts: readonly Mount[]): Mount | undefined =>
	mounts
		.filter(({folder}) => isWithin(path, folder))
		.toSorted((one, other) => one.folder.length - other.folder.length)
		.at(-1);

/**
 * Whether an absolute path is in a folder for temporary files, where the system deletes what is old (hier(7), tmpfiles.d(5)).
 * On a Mac, both folders are links into /private.
 */
export const isTemporary = (path: string): boolean =>
	/^(?:\/private)?\/(?:var\/)?tmp(?:\/|$)/u.test(posix.normalize(path));

const nameOf = async (system: System, uid: number): Promise<string> => {
	if (uid === 0) return 'root';
	const accounts = (await skim(system, '/etc/passwd')) ?? '';
	// passwd(5): name, password, number.
	const line = accounts.split('\n').find((one) => one.split(':')[2] === String(uid));
	return line?.split(':')[0] ?? `user ${uid}`;
};

/** Why the user has no permission for `bit`: the end of a sentence. */
export const reasonAgainst = async (
	system: System,
	{owner, mode}: Inspected,
	bit: number,
): Promise<string> => {
	if (owner !== system.user.uid) return `${permissionDenied} (owned by ${await nameOf(system, owner)})`;
	if ((mode & bit) === 0) return `${permissionDenied} (mode ${modeText(mode)})`;
	return 'read-only file system';
};

const cannotWrite = (path: string, why = permissionDenied): string => `Cannot write to ${path}: ${why}.`;

export const isNotA = (kind: 'file' | 'folder', path: string): string =>
	`${path} exists and is not a ${kind}.`;

/** Why the user cannot create or use a folder at this path: a sentence. */
export const whyNoFolder = async (
	system: System,
	{nearest, found, hidden}: ExistingPath,
): Promise<string | undefined> => {
	if (found.leadsTo === undefined) return `${nearest} is a broken link.`;
	if (found.leadsTo !== 'folder') return isNotA('folder', nearest);
	if (hidden) return cannotRead(nearest, await reasonAgainst(system, found, 0o100));
	if (found.writable) return undefined;
	return cannotWrite(nearest, await reasonAgainst(system, found, 0o200));
};

export const cannotUse = (path: string, why = permissionDenied): string => `Cannot use ${path}: ${why}.`;

export const doesNotExist = (path: string): string => `${path} does not exist.`;

export const isFolderNotFile = (path: string): string => `${path} is a folder. Use a file.`;

export const moveAside = (command: string): Fix => ({say: 'Move it aside:', command});

/** Of one of our own files. */
export const isOfNewerVersion = (path: string): string =>
	`${path} was written by a newer version of vira-setup.`;

/**
 * An absolute path in one spelling: without `//`, `/.`, `..` and a trailing slash. `/home/alice/` and `/home/alice` are
 * the same folder, so comparisons need the same spelling.
 */
export const cleanPath = (path: string): string => posix.resolve('/', path);
