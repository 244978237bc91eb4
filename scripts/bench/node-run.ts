import {spawnSync} from 'node:child_process';
import type {Timed} from './side-by-side.ts';

/** From the start of Node with these arguments to its exit. */
export const nodeRun =
	(words: readonly string[], expectedStatus = 0): Timed =>
	async () => {
		const began = performance.now();
		const {status, stderr} = spawnSync(process.execPath, words, {stdio: ['ignore', 'ignore', 'pipe']});
		const ms = performance.now() - began;
		if (status !== expectedStatus)
			throw new Error(`node ${words.join(' ')} ended with ${String(status)}:\n${stderr.toString()}`);
		return ms;
	};
