// What Ink lacks: it takes keys that arrive together for one text, also without a mark around a paste; gives the rest of
// a key 20 ms, then types it; waits forever for the lost end of a paste; types what a terminal reports; loses keys that
// are pressed while it is loaded; and keeps reading while the terminal is lent. This gives it one key after the other.

import {PassThrough} from 'node:stream';
import {graphemes} from '../../text.ts';

// A bracketed paste (xterm, ctlseqs, "Bracketed Paste Mode").
const pasteBegins = '\u001B[200~';
const pasteEnds = '\u001B[201~';

/** A key by its whole sequence, where rxvt puts another ESC before for Alt; or a letter with Alt. */
const sequence = /^\u001B(?:\u001B?(?:\[\[[^]|\[[0-?]*[ -\/]*[@-~$^]|O[@-~])|[^\u001B])/u;

/** Reports that a terminal sends itself: OSC, DCS, APC and the like up to their end. */
const report = /^\u001B[\]PX^_][^]*?(?:\u0007|\u001B\\)/u;

/** The beginning of one of the above; a report is not long. */
const begun = /^\u001B\u001B?(?:\[[0-?]*[ -\/]*|\[\[|O|[\]PX^_][^]{0,200})?$/u;

/** CSI u, the one form of this key that Ink does not wait after. */
const escapeKey = '\u001B[27u';

/**
 * Lines with text on either side of a line break: a paste, in a terminal that does not mark one. With a key of Ctrl
 * among them they were typed, and have come late.
 */
const looksPasted = (run: string): boolean =>
	/^(?:[^\p{Cc}]|[\t\r\n])*$/u.test(run) && /.[\r\n]+./u.test(run);

const keysOf = (run: string): readonly string[] =>
	looksPasted(run)
		? [pasteBegins + run + pasteEnds]
		: graphemes(run).flatMap((one) =>
				/^\p{Cc}/u.test(one) ? Array.from(one.replaceAll('\n', '\r')) : [one],
			);

interface First {
	readonly keys: readonly string[];
	readonly length: number;
}

/** The first key and its length in the input; undefined: its end has not arrived yet. */
const first = (input: string): First | undefined => {
	if (!input.startsWith('\u001B')) {
		const run = input.split('\u001B', 1)[0] ?? '';
		return {keys: keysOf(run), length: run.length};
	}
	if (input.startsWith(pasteBegins)) {
		const end = input.indexOf(pasteEnds);
		const length = end + pasteEnds.length;
		return end < 0 ? undefined : {keys: [input.slice(0, length)], length};
	}
	const reported = report.exec(input)?.[0];
	if (reported !== undefined) return {keys: [], length: reported.length};
	if (begun.test(input)) return undefined;
	const key = sequence.exec(input)?.[0];
	return key === undefined ? {keys: [escapeKey], length: 1} : {keys: [key], length: key.length};
};

interface Read {
	readonly keys: readonly string[];
	/** The beginning of a key or a paste whose end has not arrived yet. */
	readonly rest: string;
}

/** Divides what a terminal sends into keys and pastes. */
export const readKeys = (input: string): Read => {
	const keys: string[] = [];
	let rest = input;
	for (let next = first(rest); rest !== '' && next; next = first(rest)) {
		keys.push(...next.keys);
		rest = rest.slice(next.length);
	}
	return {keys, rest};
};

/** What a rest means when nothing more arrives: the Esc key, or a paste whose end was lost. */
const keyOfRest = (rest: string): string => (rest.startsWith(pasteBegins) ? rest + pasteEnds : escapeKey);

/** How long the rest of a key may take: a terminal sends it at once, a slow line in pieces. */
const patienceMs = (rest: string): number => (rest.startsWith(pasteBegins) ? 1000 : 50);

/** Standard input as Ink reads it. In raw mode it reads the terminal, otherwise it leaves it to others. */
export const keyboardOf = (stdin: NodeJS.ReadStream): NodeJS.ReadStream => {
	// Each key is an object of its own in it.
	const keys = new PassThrough({objectMode: true});
	let isReading = false;
	let rest = '';
	let waiting: NodeJS.Timeout | undefined;
	const giveUp = (): void => {
		keys.write(keyOfRest(rest));
		rest = '';
	};
	const read = (data: string): void => {
		clearTimeout(waiting);
		const known = readKeys(rest + data);
		rest = known.rest;
		if (rest !== '') waiting = setTimeout(giveUp, patienceMs(rest));
		for (const key of known.keys) keys.write(key);
	};
	const setRawMode = (isRaw: boolean): void => {
		stdin.setRawMode(isRaw);
		if (isRaw === isReading) return;
		isReading = isRaw;
		if (isRaw) {
			stdin.setEncoding('utf8');
			stdin.on('data', read);
			stdin.resume();
			return;
		}
		stdin.off('data', read);
		stdin.pause();
		clearTimeout(waiting);
		rest = '';
	};
	const itself = (): typeof keys => keys;
	return Object.assign(keys, {
		isTTY: true,
		setRawMode,
		setEncoding: itself,
		ref: itself,
		unref: itself,
	}) as unknown as NodeJS.ReadStream;
};
