import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {setTimeout as pause} from 'node:timers/promises';
import {spawn, type IPty} from '@lydell/node-pty';
import {keys, Screen} from '../terminal/screen.ts';
import {median} from './median.ts';
import {repositories} from './repositories.ts';

/** Longer than Ink lets pass between two frames. */
const betweenMs = 80;

/** From a key to the first byte that answers it. */
const press = (pty: IPty, key: string): Promise<number> =>
	new Promise((resolve) => {
		const began = performance.now();
		const {dispose} = pty.onData(() => {
			dispose();
			resolve(performance.now() - began);
		});
		pty.write(key);
	});

/** Leads to the Options step; false: it does not come within the time that Screen waits. */
const isAtOptions = async (screen: Screen): Promise<boolean> => {
	await screen.shows('Turn it on');
	screen.press(keys.enter);
	return screen.shows('Hostname').then(
		() => true,
		() => false,
	);
};

/**
 * Median time from a key to its frame on the Options step, with so many repositories in the form, in milliseconds.
 * Infinity: the step did not come in time.
 */
export const keyToFrame = async (
	program: string,
	{count, presses, folder}: {readonly count: number; readonly presses: number; readonly folder: string},
): Promise<number> => {
	const config = join(folder, `${count}.json`);
	await writeFile(config, JSON.stringify({initialState: {repositories: repositories(count)}}));
	const words = [
		program,
		'--rehearse',
		'linux',
		'--rehearsal-folder',
		join(folder, 'machine'),
		'--config',
		config,
	];
	const pty = spawn(process.execPath, words, {name: 'xterm-256color', cols: 80, rows: 24});
	const times: number[] = [];
	if (!(await isAtOptions(new Screen(pty)))) times.push(Infinity);
	// The first presses warm up what the next ones run.
	for (let index = -10; index < presses && times[0] !== Infinity; index += 1) {
		await pause(betweenMs);
		const ms = await press(pty, index % 2 === 0 ? 'x' : keys.backspace);
		if (index >= 0) times.push(ms);
	}
	pty.kill('SIGKILL');
	return median(times);
};
