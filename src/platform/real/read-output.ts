import type {Readable} from 'node:stream';
import {spawn} from 'node:child_process';
import {fstatSync} from 'node:fs';
import type {Command} from '../system.ts';

interface Reading {
	/** Resolves at the end of the stream; rejects with what `take` throws. */
	readonly done: Promise<void>;
	/** Whether the last piece is still being taken. */
	readonly isBusy: () => boolean;
}

/** Passes each piece on when the one before is taken. */
export const passOn = (stream: Readable, take: (bytes: Uint8Array) => void | Promise<void>): Reading => {
	let busy = false;
	const read = async (): Promise<void> => {
		for await (const bytes of stream) {
			busy = true;
			await take(bytes as Uint8Array);
			busy = false;
		}
	};
	const done = read().catch((error: unknown) => {
		// A destroyed stream ends with its own error while nothing is being taken.
		if (!busy) return;
		busy = false;
		throw error;
	});
	return {done, isBusy: () => busy};
};

/** In UTF-16 units. A longer line is passed on in parts: an endless one would fill the memory. */
const longestLine = 2 ** 26;

/** Splits pieces into lines, wherever the pieces begin and end. */
export const linesFrom = (): LineSplitter => {
	const decoder = new TextDecoder();
	let begun = '';
	return {
		take: (bytes) => {
			// Only the new piece is split: otherwise a line of many megabytes would be searched again with every piece.
			const [first = '', ...others] = decoder.decode(bytes, {stream: true}).split('\n');
			begun += first;
			const last = others.pop();
			if (last === undefined && begun.length < longestLine) return [];
			const lines = [begun, ...others];
			begun = last ?? '';
			return lines;
		},
		rest: () => {
			const last = begun + decoder.decode();
			begun = '';
			return last === '' ? [] : [last];
		},
	};
};

/** Passes each line on and keeps the last ones: at least so many characters, about twice as many at most. */
export const lineByLine = (onLine: (line: string) => void, least: number) => {
	const lines = linesFrom();
	let [older, newer, size]: [string[], string[], number] = [[], [], 0];
	const add = (line: string): void => {
		onLine(line);
		newer.push(line);
		size += line.length + 1;
		if (size >= least) [older, newer, size] = [newer, [], 0];
	};
	return {
		take: (bytes: Uint8Array): void => lines.take(bytes).forEach(add),
		end: (): string => {
			lines.rest().forEach(add);
			return [...older, ...newer].join('\n').replace(/\r$/u, '');
		},
	};
};

interface LineSplitter {
	readonly take: (bytes: Uint8Array) => readonly string[];
	/** The last line, if it has no line break. */
	readonly rest: () => readonly string[];
}

/** zselect uses select(2), which reports a pipe without a reader as readable (zshmodules(1)). */
const watchInZsh = 'zmodload zsh/zselect || exit 1; until zselect -t 100 -r 1; do kill -0 $1 || exit 1; done';

/**
 * Programs that end when their standard output has no reader any more, or when the watched process ends: otherwise they
 * would keep the pipe open.
 */
const watchers: Partial<Record<NodeJS.Platform, (pid: number) => Command>> = {
	// GNU tail checks its output once a second (tail(1), -f).
	linux: (pid) => ['tail', '-f', `--pid=${pid}`, '/dev/null'],
	darwin: (pid) => ['/bin/zsh', '-f', '-c', watchInZsh, 'zsh', String(pid)],
};

interface WatchedPipe {
	/** The descriptor of standard output. */
	readonly fd: number;
	readonly pid: number;
	readonly platform: NodeJS.Platform;
}

/**
 * Calls back when a pipe has lost its reader although nothing is written; Node itself notices that only when it writes.
 * The returned function ends the watch. Without such a program, nothing is called.
 */
export const whenUnread = ({fd, pid, platform}: WatchedPipe, then: () => void): (() => void) => {
	const watcher = fstatSync(fd).isFIFO() ? watchers[platform]?.(pid) : undefined;
	if (!watcher) return () => undefined;
	const [program, ...words] = watcher;
	const watching = spawn(program, words, {stdio: ['ignore', fd, 'ignore']});
	watching.on('error', () => undefined);
	watching.once('exit', (status, signal) => {
		if (status === 0 || signal === 'SIGPIPE') then();
	});
	return () => {
		watching.removeAllListeners('exit');
		watching.kill();
	};
};
