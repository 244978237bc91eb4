import {spawnSync} from 'node:child_process';
import type {Timed} from './side-by-side.ts';

/** From the start of Node, or of another program, with these arguments to its exit. */
export const nodeRun =
	(words: readonly string[], program = process.execPath): Timed =>
	async () => {
		const began = performance.now();
		const {status, stderr} = spawnSync(program, words, {stdio: ['ignore', 'ignore', 'pipe']});
		const ms = performance.now() - began;
		if (status !== 0)
			throw new Error(`${program} ${words.join(' ')} ended with ${String(status)}:\n${stderr.toString()}`);
		return ms;
	};
