import type {Readable} from 'node:stream';

/** Far more than any tool prints here for one question. */
export const defaultMostBytes = 4 * 2 ** 20;

/** Where the bytes that a command prints go. */
export interface Sink {
	/** The next piece waits until this one is taken. */
	readonly take: (bytes: Uint8Array) => void | Promise<void>;
	/** Called at the end. Returns what was kept: UTF-8, without a final line break. */
	readonly end: () => string;
}

const textOf = (pieces: readonly Uint8Array[]): string =>
	Buffer.concat(pieces)
		.toString('utf8')
		.replace(/\r?\n$/u, '');

/** Keeps everything up to a number of bytes. Beyond that nothing is kept, and `over` is called once. */
export const keepUpTo = (most: number, over: () => void): Sink => {
	let pieces: Uint8Array[] = [];
	let size = 0;
	return {
		take: (bytes) => {
			if (size > most) return;
			size += bytes.length;
			pieces.push(bytes);
			if (size <= most) return;
			pieces = [];
			over();
		},
		end: () => textOf(pieces),
	};
};

/** Keeps the last bytes, from the beginning of a line: at least the given number, at most twice as many. */
export const keepEnd = (least: number): Sink => {
	let older: Uint8Array[] = [];
	let newer: Uint8Array[] = [];
	let size = 0;
	let cut = false;
	return {
		take: (bytes) => {
			newer.push(bytes);
			size += bytes.length;
			if (size < least) return;
			cut ||= older.length > 0;
			[older, newer, size] = [newer, [], 0];
		},
		end: () => {
			const text = textOf([...older, ...newer]);
			return cut ? text.slice(text.indexOf('\n') + 1) : text;
		},
	};
};

/** Passes everything on, and keeps nothing. */
export const handOn = (onOutput: (bytes: Uint8Array) => void | Promise<void>): Sink => ({
	take: onOutput,
	end: () => '',
});

export interface Reading {
	/** Resolves at the end of the stream or when it is released; rejects with what the sink throws. */
	readonly done: Promise<void>;
	/** Whether the sink is still taking the last piece. */
	readonly isBusy: () => boolean;
	readonly letGo: () => void;
}

/** Reads a stream to its end, or until it is released. */
export const readInto = (stream: Readable, {take}: Sink): Reading => {
	const gone = new AbortController();
	let busy = false;
	const read = async (): Promise<void> => {
		for await (const bytes of stream) {
			busy = true;
			await take(bytes as Uint8Array);
			busy = false;
		}
	};
	const isLetGo = new Promise<void>((resolve) => {
		gone.signal.addEventListener('abort', () => resolve(), {once: true});
	});
	// A destroyed stream ends with its own error while nothing is being taken.
	const isRead = read().catch((error: unknown) => {
		if (busy) throw error;
	});
	return {
		done: Promise.race([isRead, isLetGo]),
		isBusy: () => busy,
		letGo: () => {
			gone.abort();
			stream.destroy();
		},
	};
};
