import {describe, expect, jest, test} from '@jest/globals';
import {macPresets} from '../support/mac-presets.ts';
import type {GivenMac} from '../../src/simulator/macos/fresh-mac.ts';
import {label, macIn, simulateMac, typed, type MacSimulation} from '../support/simulated-mac.ts';
import type {Settings} from '../../src/settings/options.ts';
import {undo} from '../../src/steps/execute/apply.ts';
import {changesIn, failingAt} from '../support/fault-injection.ts';
import {another} from '../support/mac-incidents.ts';
import {madeOnce} from '../support/made-once.ts';
import {pictureOf} from '../support/picture-of.ts';
import {drain, proposeOn, settle} from '../support/settle.ts';
import {loopLimitMs} from '../support/limits.ts';

jest.setTimeout(loopLimitMs);

interface Case {
	readonly title: string;
	readonly given?: GivenMac;
	/** What was set up before. */
	readonly before: Partial<Settings> | undefined;
	readonly wanted: Partial<Settings>;
	/** Whether the service was disabled by hand. */
	readonly off?: boolean;
	/** Whether it was loaded from another file. */
	readonly other?: boolean;
}

const rootIsFree: GivenMac = {mac: {sudo: 'free'}};

const cases: readonly Case[] = [
	{title: 'a first installation', before: undefined, wanted: {}},
	{title: 'a changed port', before: {}, wanted: {port: 8443}},
	{title: 'the domain user instead of gui', before: {}, wanted: {domain: 'user'}},
	{title: 'the domain gui instead of user', before: {domain: 'user'}, wanted: {domain: 'gui'}},
	{
		title: 'a first installation as a daemon',
		given: rootIsFree,
		before: undefined,
		wanted: {domain: 'system'},
	},
	{
		title: 'a changed port of a daemon',
		given: rootIsFree,
		before: {domain: 'system'},
		wanted: {domain: 'system', port: 8443},
	},
	{title: 'a daemon instead of an agent', given: rootIsFree, before: {}, wanted: {domain: 'system'}},
	{
		title: 'an agent instead of a daemon',
		given: rootIsFree,
		before: {domain: 'system'},
		wanted: {domain: 'gui'},
	},
	{title: 'a changed port of a service that is disabled', before: {}, wanted: {port: 8443}, off: true},
	{title: 'our file instead of another', before: {}, wanted: {}, other: true},
	{
		title: 'an agent for the next login',
		given: macPresets.headless,
		before: undefined,
		wanted: {},
		off: true,
	},
];

const macWith = madeOnce(macIn, async ({given, before, off, other}: Case): Promise<MacSimulation> => {
	const machine = await simulateMac(given);
	if (before) expect((await settle(machine, before)).result).toBe('done');
	// Vira creates its state in its first seconds.
	await machine.sleep(5000);
	if (off) await typed(machine, `launchctl disable user/501/${label}`);
	if (other) await another(machine);
	return machine;
});

const changesOf = async (one: Case): Promise<number> =>
	changesIn(await macWith(one), async (system) => {
		expect((await settle(system, one.wanted)).result).toBe('done');
	});

describe.each(cases)('$title', (one) => {
	test.each(['before', 'after'] as const)(
		'fails at any change, %s it is made: the Mac is as before',
		async (moment) => {
			const changes = await changesOf(one);
			expect(changes).toBeGreaterThan(3);
			for (let n = 1; n <= changes; n += 1) {
				const machine = await macWith(one);
				const picture = await pictureOf(machine);
				const ended = await settle(machine, one.wanted, {through: failingAt(machine, n, moment)});
				// A request that launchd refuses is repeated.
				if (ended.result === 'done') continue;
				expect([n, ended]).toMatchObject([n, {result: 'undone', notUndone: []}]);
				expect([n, await pictureOf(machine)]).toEqual([n, picture]);
			}
		},
	);

	test('is cancelled at any step: the Mac is as before', async () => {
		const {actions} = await proposeOn(await macWith(one), one.wanted);
		for (let n = 0; n <= actions.length; n += 1) {
			const machine = await macWith(one);
			const picture = await pictureOf(machine);
			let looks = 0;
			// The signal is checked before each step: the n-th check finds it aborted.
			const signal = {
				get aborted() {
					return looks++ >= n;
				},
			} as AbortSignal;
			expect(await settle(machine, one.wanted, {signal})).toEqual({result: 'cancelled', notUndone: []});
			expect([n, await pictureOf(machine)]).toEqual([n, picture]);
		}
	});

	test('is undone completely afterwards', async () => {
		const machine = await macWith(one);
		const picture = await pictureOf(machine);
		const applied = await settle(machine, one.wanted);
		if (applied.result !== 'done') throw new Error(applied.result);
		expect((await drain(undo(applied.done, machine))).end).toEqual([]);
		expect(await pictureOf(machine)).toEqual(picture);
	});

	test('leaves nothing to do when planned again', async () => {
		const machine = await macWith(one);
		await settle(machine, one.wanted);
		expect((await proposeOn(machine, one.wanted)).actions).toEqual([]);
	});
});
