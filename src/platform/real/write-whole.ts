import {mkdtemp, open, realpath, rename, rm, writeFile} from 'node:fs/promises';
import {basename, dirname, join} from 'node:path';
import type {System} from '../system.ts';

/**
 * The path of the new file until it replaces the old one. It is always the same, so that the next run finds the leftover
 * of a killed run and mistakes nothing else for it.
 */
export const halfWrittenOf = (path: string): string => join(dirname(path), `.${basename(path)}.vira-setup~`);

/** Follows links; a dangling link is replaced. */
const targetOf = (path: string): Promise<string> => realpath(path).catch(() => path);

/**
 * Flushes the names in a folder to disk (fsync(2) of the file does not). It fails on some network file systems and for
 * unreadable folders, but the new file is in place anyway.
 */
const keepNames = async (folder: string): Promise<void> => {
	const handle = await open(folder, 'r').catch(() => undefined);
	await handle?.sync().catch(() => undefined);
	await handle?.close().catch(() => undefined);
};

/** Inaccessible for others until it has its final mode, whatever the umask. */
const fill = async (path: string, content: string, mode: number): Promise<void> => {
	// 'wx' neither follows a link nor opens an existing file (open(2), O_EXCL).
	const handle = await open(path, 'wx', 0o600);
	try {
		await handle.writeFile(content);
		await handle.chmod(mode);
		await handle.sync();
	} finally {
		await handle.close();
	}
};

/**
 * Writes a file atomically: even after a power loss, the old or the new one is there, complete. The new file gets `mode`,
 * whatever the old one had. Throws the error of the file system, and leaves nothing then.
 */
export const writeWhole = async (path: string, content: string, mode: number): Promise<void> => {
	const target = await targetOf(path);
	const beside = halfWrittenOf(target);
	try {
		await rm(beside, {force: true});
		await fill(beside, content, mode);
		await rename(beside, target);
	} catch (error) {
		await rm(beside, {force: true}).catch(() => undefined);
		const failure = error as NodeJS.ErrnoException;
		// The person does not know the temporary file.
		failure.message = failure.message.replaceAll(beside, target);
		throw failure;
	}
	await keepNames(dirname(target));
};

/** Removes a file, and the leftover of a killed run for it. */
export const deleteWhole = async (path: string): Promise<void> => {
	await rm(path, {force: true});
	await rm(halfWrittenOf(path), {force: true});
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

/** See System.withScratchFile. TMPDIR may not exist or be full, so `folders` are tried in turn. */
export const withScratchFile =
	(folders: readonly string[]): System['withScratchFile'] =>
	async (name, content, use) => {
		const folder = await makeScratch(folders, name, content);
		try {
			return await use(join(folder, name));
		} finally {
			await rm(folder, {recursive: true, force: true});
		}
	};
