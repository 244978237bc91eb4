import {expect, test} from '@jest/globals';
import {inTurns} from '../../../src/platform/rehearsal/turns.ts';

/** Turns, and what has happened in them. */
const recorded = ({open = '', close = ''}: {open?: string; close?: string} = {}) => {
	const log: string[] = [];
	const happen = async (what: string, failure = ''): Promise<string> => {
		log.push(what);
		await Promise.resolve();
		if (failure !== '') throw new Error(failure);
		return what;
	};
	const take = inTurns({
		open: () => happen('open', open),
		close: async () => {
			await happen('close', close);
		},
	});
	return {log, happen, take};
};

test('works that come one after the other have a turn each', async () => {
	const {log, happen, take} = recorded();
	expect(await take(() => happen('a'))).toBe('a');
	expect(await take(() => happen('b'))).toBe('b');
	expect(log).toEqual(['open', 'a', 'close', 'open', 'b', 'close']);
});

test('works that have gathered share a turn, in their order; the mistake of one is its own', async () => {
	const {log, happen, take} = recorded();
	const ended = await Promise.allSettled([
		take(() => happen('a')),
		take(() => happen('b', 'a mistake')),
		take(() => happen('c')),
	]);
	expect(ended).toMatchObject([{value: 'a'}, {reason: {message: 'a mistake'}}, {value: 'c'}]);
	expect(log).toEqual(['open', 'a', 'b', 'c', 'close']);
});

test('a result is handed on once it is kept', async () => {
	const {log, happen, take} = recorded();
	await take(() => happen('a')).then(() => log.push('told'));
	expect(log).toEqual(['open', 'a', 'close', 'told']);
});

test.each([
	[{open: 'unreadable'}, ['open']],
	[{close: 'full'}, ['open', 'a', 'b', 'close']],
])('where a turn cannot %j, nobody waits for ever', async (failing, happened) => {
	const {log, happen, take} = recorded(failing);
	const ended = await Promise.allSettled([take(() => happen('a')), take(() => happen('b'))]);
	expect(ended.map(({status}) => status)).toEqual(['rejected', 'rejected']);
	expect(log).toEqual(happened);
});
