import {open, realpath, rename, rm} from 'node:fs/promises';
import {basename, dirname, join} from 'node:path';

/**
 * Where the new text of a file stands until it takes its place. Always the same: what a run that was killed has left
 * there is found by the next one, and nothing else is ever taken for it.
 */
export const halfWrittenOf = (path: string): string => join(dirname(path), `.${basename(path)}.vira-setup~`);

/** Through links, as whoever set them wants it; a link that leads nowhere is replaced. */
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
 * Has a folder keep the names that it has now (fsync(2): that of the file does not do it). Some file systems of networks
 * cannot, and a folder may be one that cannot be read: the new text is in its place all the same.
 */
const keepNames = (folder: string): Promise<void> => syncFolder(folder).catch(() => undefined);

/** For nobody else until it has the mode that is meant for it, whatever the umask. */
const fill = async (place: string, content: string, mode: number): Promise<void> => {
	// 'wx' neither follows a link nor takes over a file (open(2), O_EXCL).
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
 * Writes a file so that it is the old one or the new one, whole, whatever happens meanwhile, a loss of power included.
 * `mode` counts for the new file, the old one's does not. Throws what the file system says of the path; nothing is left
 * beside it then.
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
		// Nobody has asked for the file beside it.
		failure.message = failure.message.replaceAll(beside, place);
		throw failure;
	}
	await keepNames(dirname(place));
};

/** Removes a file, and what a run that was killed has left of a new text for it. */
export const deleteWhole = async (path: string): Promise<void> => {
	await rm(path, {force: true});
	await rm(halfWrittenOf(path), {force: true});
};
