import {setTimeout as wait} from 'node:timers/promises';
import {execa} from 'execa';
import type {System} from '../system.ts';
import {resultOf} from './ending.ts';

const longestWaitMs = 3000;

/** Starts programs that may run on after us: in a session of their own, with output that no one reads. */
export const launchWith =
	(env: System['environment']): System['run'] =>
	async ([program, ...arguments_], {timeoutMs = longestWaitMs} = {}) => {
		const running = execa(program, arguments_, {
			env,
			extendEnv: false,
			cwd: '/',
			stdio: 'ignore',
			reject: false,
			detached: true,
		});
		running.unref();
		const ended = new AbortController();
		const late = wait(timeoutMs, {timedOut: true}, {signal: ended.signal});
		const ending = await Promise.race([running, late]);
		ended.abort();
		return resultOf(ending, 0);
	};
