import {expect, test} from '@jest/globals';
import {inTurns} from '../../src/simulator/keeper.ts';

/** Three simultaneous tasks, the second of which fails: how each ends, and all events. */
const threeAtOnce = async ({open = '', close = ''}: {open?: string; close?: string}) => {
	const log: string[] = [];
	const happen = async (what: string, failure = ''): Promise<void> => {
		log.push(what);
		if (failure !== '') throw new Error(failure);
	};
	const take = inTurns({open: () => happen('open', open), close: () => happen('close', close)});
	const works = [take(() => happen('a')), take(() => happen('b', 'a mistake')), take(() => happen('c'))];
	const ended = (await Promise.allSettled(works)).map((one) => 'reason' in one && String(one.reason));
	return [log, ended];
};

test.each([
	['goes well', {}, ['open', 'a', 'b', 'c', 'close'], [false, 'Error: a mistake', false]],
	['cannot start', {open: 'unreadable'}, ['open'], Array(3).fill('Error: unreadable')],
	['cannot be kept', {close: 'full'}, ['open', 'a', 'b', 'c', 'close'], Array(3).fill('Error: full')],
])('tasks share a turn, and none waits forever if it %s', async (_, failing, happened, ended) => {
	expect(await threeAtOnce(failing)).toEqual([happened, ended]);
});
