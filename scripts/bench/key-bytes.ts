import {setTimeout as pause} from 'node:timers/promises';
import {spawn} from '@lydell/node-pty';
import {keys, Screen} from '../terminal/screen.ts';
import {median} from './median.ts';

/** Longer than a frame takes to arrive as a whole. */
const quietMs = 150;

const times = (count: number, key: string): readonly string[] => Array.from({length: count}, () => key);

interface Place {
	/** The screens on the way, and what is pressed on each. */
	readonly way: readonly (readonly [shows: string, key: string])[];
	/** The ordinary keys there. */
	readonly presses: readonly string[];
}

const machine = ['Turn it on', keys.enter] as const;

const places: Readonly<Record<string, Place>> = {
	'an arrow key in the form': {
		way: [machine, ['Hostname', keys.home]],
		presses: [...times(10, keys.down), ...times(10, keys.up)],
	},
	'a typed character': {
		way: [machine, ['Hostname', keys.down], ['› ', keys.down]],
		presses: [...times(10, 'x'), ...times(10, keys.backspace)],
	},
	'an arrow key in the preview': {
		way: [machine, ['Hostname', keys.enter], ['[3 Preview]', keys.home]],
		presses: [...times(10, keys.down), ...times(10, keys.up)],
	},
};

/** What the program sends to a terminal of 80×24 after each key that changes something. */
const sent = async (words: readonly string[], {way, presses}: Place): Promise<readonly number[]> => {
	const pty = spawn(process.execPath, [...words], {name: 'xterm-256color', cols: 80, rows: 24});
	const screen = new Screen(pty);
	let bytes = 0;
	pty.onData((data) => (bytes += Buffer.byteLength(data)));
	for (const [shows, key] of way) {
		await screen.shows(shows);
		screen.press(key);
	}
	const counts: number[] = [];
	for (const key of presses) {
		await pause(quietMs);
		bytes = 0;
		screen.press(key);
		await pause(quietMs);
		if (bytes > 0) counts.push(bytes);
	}
	pty.kill('SIGKILL');
	return counts;
};

export interface SentForKeys {
	readonly what: string;
	readonly median: number;
	readonly largest: number;
}

/** How many bytes the ordinary keys cost. */
export const keyBytes = async (words: readonly string[]): Promise<readonly SentForKeys[]> => {
	const all: SentForKeys[] = [];
	for (const [what, place] of Object.entries(places)) {
		const counts = await sent(words, place);
		all.push({what, median: median(counts), largest: Math.max(...counts)});
	}
	return all;
};
