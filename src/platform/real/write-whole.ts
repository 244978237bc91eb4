import {open, realpath, rename, rm} from 'node:fs/promises';
import {basename, dirname, join} from 'node:path';

/**
 * The path of the new file until it replaces the old one. It is always the same, so that the next run finds the leftover
 * of a killed run and mistakes nothing else for it.
 */
export const halfWrittenOf = (path: string): string => join(dirname(path), `.${basename(path)}.vira-setup~`);

/** Follows links; a dangling link is replaced. */
const placeOf = async (path: string): Promise<string> => {
	try {
		return await realpath(path);
	} catch {
		return path;
	}
};

const syncFolder = async (folder: string): Promise<void> => {
	const handle = await open(folder, 'r');
	try {
		await handle.sync();
	} finally {
		await handle.close();
	}
};

/**
 * Flushes the names in a folder to disk (fsync(2) of the file does not). It fails on some network file systems and for
 * unreadable folders, but the new file is in place anyway.
 */
const keepNames = (folder: string): Promise<void> => syncFolder(folder).catch(() => undefined);

/** Inaccessible for others until it has its final mode, whatever the umask. */
const fill = async (place: string, content: string, mode: number): Promise<void> => {
	// 'wx' neither follows a link nor opens an existing file (open(2), O_EXCL).
	const handle = await open(place, 'wx', 0o600);
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
	const place = await placeOf(path);
	const beside = halfWrittenOf(place);
	try {
		await rm(beside, {force: true});
		await fill(beside, content, mode);
		await rename(beside, place);
	} catch (error) {
		await rm(beside, {force: true}).catch(() => undefined);
		const failure = error as NodeJS.ErrnoException;
		// The person does not know the temporary file.
		failure.message = failure.message.replaceAll(beside, place);
		throw failure;
	}
	await keepNames(dirname(place));
};

/** Removes a file, and the leftover of a killed run for it. */
export const deleteWhole = async (path: string): Promise<void> => {
	await rm(path, {force: true});
	await rm(halfWrittenOf(path), {force: true});
};
