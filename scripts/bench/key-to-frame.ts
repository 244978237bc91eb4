import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {setTimeout as pause} from 'node:timers/promises';
import {spawn, type IPty} from '@lydell/node-pty';
import {keys, Screen} from '../terminal/screen.ts';
import {median} from './median.ts';
import {repositories} from './repositories.ts';

/** Longer than the time between two frames of Ink. */
const betweenMs = 80;

/** From a key to the first byte of the response. */
const press = (pty: IPty, key: string): Promise<number> =>
	new Promise((resolve) => {
		const began = performance.now();
		const {dispose} = pty.onData(() => {
			dispose();
			resolve(performance.now() - began);
		});
		pty.write(key);
	});

/** Where the keys are pressed: in the text of a field, or on the rows of the opened list of repositories. */
export type Place = 'field' | 'list';

const ways: Readonly<Record<Place, {readonly lead: readonly string[]; readonly shows: RegExp}>> = {
	field: {lead: [keys.down, keys.down], shows: /› Hostname/u},
	list: {lead: ['/', 'repositories', keys.enter, keys.right, keys.down], shows: /› repository-/u},
};

const pressed: Readonly<Record<Place, readonly [string, string]>> = {
	field: ['x', keys.backspace],
	list: [keys.down, keys.up],
};

/** Leads to the position on the Options step; false: it does not appear within the time that Screen waits. */
const isAt = async (screen: Screen, place: Place): Promise<boolean> => {
	await screen.shows('Turn it on');
	screen.press(keys.enter);
	try {
		await screen.shows('Hostname');
		screen.press(...ways[place].lead);
		await screen.shows(ways[place].shows);
		return true;
	} catch {
		return false;
	}
};

interface Typing {
	readonly place: Place;
	/** Repositories in the form. */
	readonly count: number;
	readonly presses: number;
	readonly folder: string;
}

/**
 * Median time from a key to its frame at a place of the Options step, in milliseconds.
 * Infinity: the step did not appear in time.
 */
export const keyToFrame = async (
	program: string,
	{place, count, presses, folder}: Typing,
): Promise<number> => {
	const config = join(folder, `${count}.json`);
	await writeFile(config, JSON.stringify({initialState: {repositories: repositories(count)}}));
	const words = [
		program,
		'--simulate',
		'linux',
		'--simulation-folder',
		join(folder, 'machine'),
		'--config',
		config,
	];
	const pty = spawn(process.execPath, words, {name: 'xterm-256color', cols: 80, rows: 24});
	const times: number[] = [];
	if (!(await isAt(new Screen(pty), place))) times.push(Infinity);
	// The first key presses warm up the code for the next ones.
	for (let index = -10; index < presses && times[0] !== Infinity; index += 1) {
		await pause(betweenMs);
		const ms = await press(pty, pressed[place][index % 2 === 0 ? 0 : 1]);
		if (index >= 0) times.push(ms);
	}
	pty.kill('SIGKILL');
	return median(times);
};
