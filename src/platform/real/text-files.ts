import {isUtf8} from 'node:buffer';
import {closeSync, constants, fstatSync, openSync, readFileSync, statSync, type Stats} from 'node:fs';
import {open, stat, realpath, rename, rm} from 'node:fs/promises';
import {Socket} from 'node:net';
import {exitCode, SetupError} from '../../errors.ts';
import type {ReadOptions} from '../system.ts';
import {unlessMissing} from './inspect.ts';
import {basename, dirname, join} from 'node:path';

/** Ten thousand repositories need a quarter of it; a larger file was named by mistake. */
const defaultLimit = 4 * 2 ** 20;

/**
 * Neither open(2) nor read(2) may block, even if the file was replaced meanwhile: Node cannot exit while one of its
 * threads is blocked.
 */
const openFlags = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY;

/** Why something is not read: `name` is its path, or its name. */
const refusal = (name: string, why: string): SetupError =>
	new SetupError({message: `${name} ${why}.`, exit: exitCode.unsuitable});

const demandSize = (name: string, size: number, {mostBytes = defaultLimit}: ReadOptions): void => {
	if (size <= mostBytes) return;
	throw refusal(name, `is too large: the limit is ${Math.round(mostBytes / 2 ** 20)} MiB`);
};

/** Opening or reading anything else may wait forever; for a folder, read(2) reports the error. */
const demandFile = (name: string, stats: Stats): void => {
	if (stats.isFile() || stats.isDirectory()) return;
	const kind = stats.isFIFO() ? 'pipe' : stats.isSocket() ? 'socket' : 'device';
	throw refusal(name, `is not a regular file but a ${kind}`);
};

/** Counted from 1. In UTF-8, no byte of a longer character is a line break. */
const firstWrongLine = (bytes: Uint8Array): number => {
	for (let line = 1, from = 0; ; line += 1) {
		const end = bytes.indexOf(0x0a, from);
		if (end < 0 || !isUtf8(bytes.subarray(from, end))) return line;
		from = end + 1;
	}
};

/** Decodes the bytes. Throws a SetupError if they are not UTF-8, or too many. A byte order mark is kept. */
export const decodeText = (name: string, bytes: Uint8Array, options: ReadOptions): string => {
	demandSize(name, bytes.length, options);
	try {
		return new TextDecoder('utf-8', {fatal: options.lossy !== true, ignoreBOM: true}).decode(bytes);
	} catch {
		throw refusal(name, `is not UTF-8 text: see line ${firstWrongLine(bytes)}`);
	}
};

/** The same of a stream, of which no more is read than the limit. */
const textIn = async (
	stream: AsyncIterable<unknown>,
	name: string,
	options: ReadOptions,
): Promise<string> => {
	const parts: Uint8Array[] = [];
	let size = 0;
	for await (const part of stream as AsyncIterable<Uint8Array>) {
		parts.push(part);
		size += part.length;
		demandSize(name, size, options);
	}
	return decodeText(name, Buffer.concat(parts), options);
};

/**
 * The text of a regular file. Throws a SetupError if it is something else, too large, or not UTF-8 (unless `lossy`), and
 * the error of the file system if it cannot be read.
 */
export const readText = async (path: string, options: ReadOptions = {}): Promise<string> => {
	// Opening a device can already have an effect.
	demandFile(path, await stat(path));
	const handle = await open(path, openFlags);
	try {
		const stats = await handle.stat();
		demandFile(path, stats);
		demandSize(path, stats.size, options);
		return await textIn(handle.createReadStream(), path, options);
	} finally {
		await handle.close();
	}
};

/** The same, for many files in a row that are all fast to read and do not grow meanwhile. */
export const readTextSync = (path: string, options: ReadOptions = {}): string => {
	demandFile(path, statSync(path));
	const fd = openSync(path, openFlags);
	try {
		const stats = fstatSync(fd);
		demandFile(path, stats);
		demandSize(path, stats.size, options);
		return decodeText(path, readFileSync(fd), options);
	} finally {
		closeSync(fd);
	}
};

/**
 * A pipe, such as a shell creates for `<(command)`. It is read like a socket, without a thread, so the program can exit
 * while it is still waiting.
 */
const readPipe = (path: string): Promise<string> => {
	const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
	return textIn(new Socket({fd, readable: true, writable: false}), path, {});
};

/** Names of standard input, which is already open; opening it again fails for a socket (proc(5), /proc/pid/fd). */
const standardInput: readonly string[] = ['-', '/dev/stdin', '/dev/fd/0', '/proc/self/fd/0'];

const readNamed = async (path: string): Promise<string> =>
	(await stat(path)).isFIFO() ? readPipe(path) : readText(path);

/** The text of a given file, pipe, or standard input (`-`); undefined: it does not exist. */
export const readGiven = (path: string, stdin: NodeJS.ReadStream): Promise<string | undefined> =>
	standardInput.includes(path) ? textIn(stdin, 'Standard input', {}) : unlessMissing(readNamed(path));

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
