import {
	accessSync,
	chmodSync,
	constants,
	existsSync,
	lstatSync,
	mkdirSync,
	readdirSync,
	readlinkSync,
	realpathSync,
	renameSync,
	rmdirSync,
	rmSync,
	statSync,
	writeFileSync,
	type Stats,
} from 'node:fs';
import {mkdtemp} from 'node:fs/promises';
import {join} from 'node:path/posix';
import {env, pid} from 'node:process';
import {SetupError, exitCode} from '../../errors.ts';
import {temporaryFolders} from '../../platform/real/account.ts';
import {readTextSync} from '../../platform/real/text-files.ts';
import type {Inspected, FileKind} from '../../platform/system.ts';
import type {FileAccess} from './machine-files.ts';

const diskFileKind = (stats: Stats): FileKind => {
	if (stats.isSymbolicLink()) return 'link';
	if (stats.isDirectory()) return 'folder';
	return stats.isFile() ? 'file' : 'other';
};

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? '';

const isAllowed = (path: string, what: number): boolean => {
	try {
		accessSync(path, what);
		return true;
	} catch {
		return false;
	}
};

const lookAt = (path: string): Stats | undefined => {
	try {
		return lstatSync(path);
	} catch (error) {
		if (['ENOENT', 'ENOTDIR'].includes(codeOf(error))) return undefined;
		throw error;
	}
};

const inspectOnDisk = (path: string): Inspected | undefined => {
	const itself = lookAt(path);
	if (!itself) return undefined;
	const target = statSync(path, {throwIfNoEntry: false});
	const {mode, uid, size} = target ?? itself;
	return {
		kind: diskFileKind(itself),
		mode: mode & 0o7777,
		owner: uid,
		size,
		linksTo: itself.isSymbolicLink() ? readlinkSync(path) : undefined,
		realPath: target && realpathSync(path),
		leadsTo: target && diskFileKind(target),
		executable: target?.isFile() === true && isAllowed(path, constants.X_OK),
		readable: isAllowed(path, constants.R_OK),
		writable: isAllowed(path, constants.W_OK),
	};
};

/** Atomic for readers, but not flushed to disk. */
const writeOnDisk = (path: string, content: string, mode: number): void => {
	const beside = `${path}.${pid}~`;
	try {
		writeFileSync(beside, content);
		chmodSync(beside, mode);
		renameSync(beside, path);
	} catch (error) {
		rmSync(beside, {force: true});
		// The person does not know the temporary file.
		const failure = error as NodeJS.ErrnoException;
		failure.message = failure.message.replaceAll(beside, path);
		throw failure;
	}
};

const deleteFolder = (path: string, withContents: boolean): void => {
	if (withContents) {
		rmSync(path, {recursive: true, force: true});
		return;
	}
	try {
		rmdirSync(path);
	} catch (error) {
		if (!['ENOENT', 'ENOTEMPTY'].includes(codeOf(error))) throw error;
	}
};

/**
 * The files of a simulated machine: small, local and read often. Asynchronous calls would take ten times as long, and a
 * power cut could lose nothing of value.
 */
export const diskFiles: FileAccess = {
	readFile: async (path, options) => (existsSync(path) ? readTextSync(path, options) : undefined),
	inspect: async (path) => inspectOnDisk(path),
	list: async (path) => (existsSync(path) ? readdirSync(path) : undefined),
	writeFile: async (path, content, mode) => writeOnDisk(path, content, mode),
	move: async (from, to) => {
		if (lookAt(to)) throw new Error(`${to} already exists.`);
		renameSync(from, to);
	},
	deleteFile: async (path) => rmSync(path, {force: true}),
	makeFolder: async (path, mode) => {
		if (lookAt(path)) return false;
		mkdirSync(path);
		chmodSync(path, mode);
		return true;
	},
	deleteFolder: async (path, {withContents}) => deleteFolder(path, withContents),
};

/** Creates a temporary folder for a simulated machine. */
export const throwawayFolder = async (parent = temporaryFolders(env)[0]): Promise<string> => {
	try {
		return await mkdtemp(join(parent, 'vira-setup-simulation-'));
	} catch (error) {
		throw new SetupError({
			message: `Cannot create a folder for the simulated machine in ${parent}.`,
			detail: (error as Error).message,
			fixes: [{say: 'Set TMPDIR to a writable folder, or use one: --simulation-folder FOLDER'}],
			exit: exitCode.unsuitable,
		});
	}
};
