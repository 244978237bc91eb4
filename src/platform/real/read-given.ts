import {constants, openSync} from 'node:fs';
import {stat} from 'node:fs/promises';
import {Socket} from 'node:net';
import {readText} from './read-text.ts';
import {unlessMissing} from './unless-missing.ts';
import {limitOf, textOf, tooLarge} from './text-of.ts';

const options = {};

/** Reads everything as text. Throws a SetupError if it is not UTF-8, or too large for settings. */
const textIn = async (stream: AsyncIterable<unknown>, name: string): Promise<string> => {
	const parts: Uint8Array[] = [];
	let size = 0;
	for await (const part of stream) {
		parts.push(part as Uint8Array);
		size += (part as Uint8Array).length;
		if (size > limitOf(options)) throw tooLarge(name, limitOf(options));
	}
	return textOf(name, Buffer.concat(parts), options);
};

/**
 * A pipe, such as a shell creates for `<(command)`. It is read like a socket, without a thread, so the program can exit
 * while it is still waiting.
 */
const readPipe = (path: string): Promise<string> => {
	const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
	return textIn(new Socket({fd, readable: true, writable: false}), path);
};

/** Names of standard input, which is already open; opening it again fails for a socket (proc(5), /proc/pid/fd). */
const standardInput: readonly string[] = ['-', '/dev/stdin', '/dev/fd/0', '/proc/self/fd/0'];

const readNamed = async (path: string): Promise<string> =>
	(await stat(path)).isFIFO() ? readPipe(path) : readText(path, options);

/** The text of a given file, pipe, or standard input (`-`); undefined: it does not exist. */
export const readGiven = (path: string, stdin: NodeJS.ReadStream): Promise<string | undefined> =>
	standardInput.includes(path) ? textIn(stdin, 'Standard input') : unlessMissing(readNamed(path));
