import {stripVTControlCharacters} from 'node:util';
import {spawn} from '@lydell/node-pty';
import type {Timed} from './side-by-side.ts';

/** From the start of Node with these arguments, in a terminal of 80×24, to the first letter on the screen. */
export const firstFrame =
	(words: readonly string[]): Timed =>
	() =>
		new Promise((resolve) => {
			const began = performance.now();
			const pty = spawn(process.execPath, [...words], {name: 'xterm-256color', cols: 80, rows: 24});
			pty.onData((data) => {
				if (!/\S/u.test(stripVTControlCharacters(data))) return;
				pty.kill('SIGKILL');
				resolve(performance.now() - began);
			});
		});
