import {closeSync, constants, fstatSync, openSync, readSync, statSync} from 'node:fs';
import {open, stat, type FileHandle} from 'node:fs/promises';
import type {ReadOptions} from '../system.ts';
import {demandFile, limitOf, textOf, tooLarge} from './text-of.ts';

/**
 * Neither open(2) nor read(2) may block, even if the file was replaced meanwhile: Node cannot exit while one of its
 * threads is blocked.
 */
const flags = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY;

/** Files in /proc and similar have size 0. */
const leastBuffer = 16 * 1024;

interface Size {
	readonly size: number;
}

/** One extra byte shows whether there is more. */
const bufferFor = ({size}: Size): Buffer => Buffer.alloc(Math.max(size, leastBuffer) + 1);

const grown = (bytes: Buffer, most: number): Buffer =>
	Buffer.concat([bytes], Math.min(bytes.length * 2, most + 1));

const demandSize = (path: string, {size}: Size, most: number): void => {
	if (size > most) throw tooLarge(path, most);
};

const readBytes = async (handle: FileHandle, size: Size, most: number): Promise<Uint8Array> => {
	let bytes = bufferFor(size);
	for (let at = 0; ;) {
		const {bytesRead} = await handle.read(bytes, at, bytes.length - at);
		at += bytesRead;
		if (bytesRead === 0 || at > most) return bytes.subarray(0, at);
		if (at === bytes.length) bytes = grown(bytes, most);
	}
};

/**
 * The text of a regular file. Throws a SetupError if it is something else, too large, or not UTF-8 (unless `lossy`), and
 * the error of the file system if it cannot be read.
 */
export const readText = async (path: string, options: ReadOptions = {}): Promise<string> => {
	// Opening a device can already have an effect.
	demandFile(path, await stat(path));
	const handle = await open(path, flags);
	try {
		const stats = await handle.stat();
		demandFile(path, stats);
		demandSize(path, stats, limitOf(options));
		return textOf(path, await readBytes(handle, stats, limitOf(options)), options);
	} finally {
		await handle.close();
	}
};

const readBytesSync = (fd: number, size: Size, most: number): Uint8Array => {
	let bytes = bufferFor(size);
	for (let at = 0; ;) {
		const bytesRead = readSync(fd, bytes, at, bytes.length - at, null);
		at += bytesRead;
		if (bytesRead === 0 || at > most) return bytes.subarray(0, at);
		if (at === bytes.length) bytes = grown(bytes, most);
	}
};

/** The same, for many files in a row that are all fast to read. */
export const readTextSync = (path: string, options: ReadOptions = {}): string => {
	demandFile(path, statSync(path));
	const fd = openSync(path, flags);
	try {
		const stats = fstatSync(fd);
		demandFile(path, stats);
		demandSize(path, stats, limitOf(options));
		return textOf(path, readBytesSync(fd, stats, limitOf(options)), options);
	} finally {
		closeSync(fd);
	}
};
