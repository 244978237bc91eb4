import {isUtf8} from 'node:buffer';
import {exitCode, SetupError} from '../../errors.ts';
import type {ReadOptions} from '../system.ts';

/** Ten thousand repositories need a quarter of it; a larger file was named by mistake. */
const mostBytes = 4 * 2 ** 20;

/** The most bytes that are read from a file. */
export const limitOf = (options: ReadOptions): number => options.mostBytes ?? mostBytes;

/** Why something is not read: `name` is its path, or its name. */
const refusal = (name: string, why: string): SetupError =>
	new SetupError({message: `${name} ${why}.`, exit: exitCode.unsuitable});

export const tooLarge = (name: string, most: number): SetupError =>
	refusal(name, `is too large: the limit is ${Math.round(most / 2 ** 20)} MiB`);

interface Stats {
	isFile(): boolean;
	isDirectory(): boolean;
	isFIFO(): boolean;
	isSocket(): boolean;
}

/** Opening or reading anything else may wait forever; for a folder, read(2) reports the error. */
export const demandFile = (name: string, stats: Stats): void => {
	if (stats.isFile() || stats.isDirectory()) return;
	const kind = stats.isFIFO() ? 'pipe' : stats.isSocket() ? 'socket' : 'device';
	throw refusal(name, `is not a regular file but a ${kind}`);
};

/** Fatal: invalid bytes are not replaced. A byte order mark is kept for comparisons. */
const strict = {fatal: true, ignoreBOM: true} as const;

/** Counted from 1. In UTF-8, no byte of a longer character is a line break. */
const firstWrongLine = (bytes: Uint8Array): number => {
	for (let line = 1, from = 0; ; line += 1) {
		const end = bytes.indexOf(0x0a, from);
		if (end < 0 || !isUtf8(bytes.subarray(from, end))) return line;
		from = end + 1;
	}
};

/** Decodes the bytes. Throws a SetupError if they are not UTF-8, or too many. */
export const textOf = (name: string, bytes: Uint8Array, options: ReadOptions): string => {
	if (bytes.length > limitOf(options)) throw tooLarge(name, limitOf(options));
	try {
		return new TextDecoder('utf-8', {...strict, fatal: options.lossy !== true}).decode(bytes);
	} catch {
		throw refusal(name, `is not UTF-8 text: see line ${firstWrongLine(bytes)}`);
	}
};
