import {describe, expect, test} from '@jest/globals';
import type {Answer, System} from '../../../src/platform/system.ts';
import {kinds, type Kind} from '../../support/scenarios.ts';
import {macStates} from '../../support/mac-states.ts';
import {pictureOf, type Pictured} from '../../support/picture-of.ts';
import {lines, run, told} from '../../support/run-command.ts';

const answering = (status: number) => async (): Promise<Answer> => ({answered: true, status});

/** Sets up Vira, and is cancelled as soon as its page is requested. */
const cancelledWhileWatching = async (machine: Pictured, words: readonly string[]) => {
	const ending = new AbortController();
	const ask: System['ask'] = (...asked) => {
		ending.abort();
		return machine.ask(...asked);
	};
	return lines({...machine, ask}, words, {signal: ending.signal});
};

describe.each(Object.entries<Kind>(kinds))('on %s', (_, {fresh, words}) => {
	test('a setup whose page has status 503 fails, and is undone completely', async () => {
		const machine = await fresh();
		const before = await pictureOf(machine);
		const {code, document} = await run({...machine, ask: answering(503)}, ...words, '--wait', '5');
		expect([code, document.outcome, document['changed']]).toEqual([6, 'failed', false]);
		expect(await pictureOf(machine)).toEqual(before);
	});

	test.each([
		['--no-https', 'http://localhost:5005/'],
		['--hostname ::1', 'https://[::1]:5005/'],
	])('set up with %s, Vira is healthy at %s, which is requested and shown', async (given, url) => {
		const machine = await fresh();
		const asked = new Set<string>();
		const ask: System['ask'] = (one, options) => {
			asked.add(one);
			return machine.ask(one, options);
		};
		const {code, document} = await run({...machine, ask}, ...words, ...given.split(' '));
		expect([code, document['url'], ...asked]).toEqual([0, url, url]);
		for (const verb of ['status', 'start'])
			expect([verb, ...(await told(machine, verb))]).toMatchObject([verb, 0, {healthy: true, url}]);
		expect((await lines(machine, 'status')).join('\n')).toContain(` ${url} responds`);
	});

	test.each([
		['a first installation', []],
		['an update', ['--port', '8443']],
	])('%s that is cancelled while it waits for the page is undone, and says so', async (title, change) => {
		const machine = await fresh();
		if (title === 'an update') await run(machine, ...words);
		await machine.sleep(5000);
		const before = await pictureOf(machine);
		const printed = await cancelledWhileWatching(machine, [...words, ...change]);
		expect(printed).toEqual([130, 'cancelled', 'Cancelled.', '✔ Everything is as it was before.']);
		expect(await pictureOf(machine)).toEqual(before);
	});
});

test('a setup, cancelled after it started an agent that was already loaded, says that Vira is running', async () => {
	expect(await cancelledWhileWatching(await macStates['ended well'](), [])).toEqual([
		130,
		'cancelled',
		'Cancelled.',
		'! Some changes could not be undone:',
		'  ✖ Vira was stopped before but is running now.',
		'    vira-setup stop',
	]);
});
