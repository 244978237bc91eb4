import {isUtf8} from 'node:buffer';
import {exitCode, SetupError} from '../errors.ts';
import type {ReadOptions} from './system.ts';

/** Ten thousand repositories take a quarter of it; what is larger was named by mistake. */
const mostBytes = 4 * 2 ** 20;

/** Most bytes that are read of a file. */
export const limitOf = (options: ReadOptions): number => options.mostBytes ?? mostBytes;

/** Why something is not read: `name` is its path, or what it is. */
const refusal = (name: string, why: string): SetupError =>
	new SetupError({what: `${name} ${why}.`, code: exitCode.unsuitable});

export const tooLarge = (name: string, most: number): SetupError =>
	refusal(name, `is too large: it holds more than ${Math.round(most / 2 ** 20)} MiB`);

interface Stats {
	isFile(): boolean;
	isDirectory(): boolean;
	isFIFO(): boolean;
	isSocket(): boolean;
}

/** To open or read anything else may wait for ever; what is said of a folder is for read(2). */
export const demandFile = (name: string, stats: Stats): void => {
	if (stats.isFile() || stats.isDirectory()) return;
	const kind = stats.isFIFO() ? 'pipe' : stats.isSocket() ? 'socket' : 'device';
	throw refusal(name, `is no ordinary file: it is a ${kind}`);
};

/** Fatal: nothing takes the place of other bytes. A byte order mark stays for whoever compares texts. */
const strict = {fatal: true, ignoreBOM: true} as const;

/** From 1. No byte of a longer character is a line break in UTF-8. */
const firstWrongLine = (bytes: Uint8Array): number => {
	for (let line = 1, from = 0; ; line += 1) {
		const end = bytes.indexOf(0x0a, from);
		if (end < 0 || !isUtf8(bytes.subarray(from, end))) return line;
		from = end + 1;
	}
};

/** The text that the bytes are. Throws a SetupError where they are no UTF-8, or too many. */
export const textOf = (name: string, bytes: Uint8Array, options: ReadOptions): string => {
	if (bytes.length > limitOf(options)) throw tooLarge(name, limitOf(options));
	try {
		return new TextDecoder('utf-8', {...strict, fatal: options.lossy !== true}).decode(bytes);
	} catch {
		throw refusal(name, `is not UTF-8 text: see line ${firstWrongLine(bytes)}`);
	}
};
