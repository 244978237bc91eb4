import {describe, expect, jest, test} from '@jest/globals';
import {machineIn, simulate, type Simulation} from '../../support/simulated-linux.ts';
import type {Failure} from '../../../src/errors.ts';
import type {Settings} from '../../../src/settings/options.ts';
import {apply, undo} from '../../../src/steps/execute/apply.ts';
import {put} from '../../support/installed.ts';
import {changesIn, failingAt} from '../../support/fault-injection.ts';
import {pictureOf, type Picture} from '../../support/picture-of.ts';
import {madeOnce} from '../../support/made-once.ts';
import {upgradeVira} from '../../support/upgrade.ts';
import {drain, proposeOn, settle} from '../../support/settle.ts';
import {loopLimitMs} from '../../support/limits.ts';

jest.setTimeout(loopLimitMs);

interface Case {
	readonly title: string;
	/** What was set up before. */
	readonly before: Partial<Settings> | undefined;
	readonly wanted: Partial<Settings>;
	/** What happens to the machine in between. */
	readonly meanwhile?: (machine: Simulation) => Promise<void>;
	/** Whether, when undoing, the stopped service is not started and its state may stay aside: a start would delete it. */
	readonly staysStopped?: true;
}

const cases: readonly Case[] = [
	{title: 'a first installation', before: undefined, wanted: {repositories: {a: 'https://x/a'}}},
	{title: 'a changed port', before: {}, wanted: {port: 8443}},
	{
		title: 'the last repository removed',
		before: {repositories: {a: 'https://x/a'}},
		wanted: {repositories: {}},
	},
	{
		title: 'a new Vira that cannot read the state',
		before: {repositories: {a: 'https://x/a'}},
		meanwhile: upgradeVira,
		staysStopped: true,
		wanted: {},
	},
	{
		title: 'a first installation into an existing folder that contains a file of the user',
		before: undefined,
		meanwhile: (machine) => put(machine, '/home/alice/ci/mine', 'mine'),
		wanted: {stateDir: '~/ci', repositories: {a: 'https://x/a'}},
	},
	{title: 'another state folder', before: {}, wanted: {stateDir: '~/ci/state', environment: {A: 'b c'}}},
	{
		title: 'a Vira and a package that Nix builds',
		before: undefined,
		wanted: {package: 'github:juspay/vira', extraPackages: ['nixpkgs#openssh']},
	},
	{
		title: 'another package than the two before',
		before: {extraPackages: ['nixpkgs#openssh', 'nixpkgs#sqlite']},
		wanted: {extraPackages: ['nixpkgs#gh']},
	},
];

const machineWith = madeOnce(machineIn, async ({before, meanwhile}: Case): Promise<Simulation> => {
	const machine = await simulate();
	if (before) expect((await settle(machine, before)).result).toBe('done');
	// Vira creates its state in its first seconds.
	await machine.sleep(5000);
	await meanwhile?.(machine);
	return machine;
});

/** Wherever the state is: in its place, or moved aside. */
const withoutPlace = (files: Picture['files']): Picture['files'] =>
	Object.fromEntries(
		Object.entries(files)
			.filter(([path]) => !/\/before-reset-\w+$/u.test(path))
			.map(([path, text]) => [path.replace(/\/before-reset-\w+(?=\/)/u, ''), text]),
	);

/** What has to be as before: everything, or everything except the place of the state and the service. */
const comparable = async ({staysStopped}: Case, machine: Simulation): Promise<object> => {
	const {units, files, ...rest} = await pictureOf(machine);
	return staysStopped ? {...rest, files: withoutPlace(files)} : {units, files, ...rest};
};

const notUndoneIn = ({staysStopped}: Case, notUndone: readonly Failure[]): readonly Failure[] =>
	notUndone.filter(({message: what}) => !(staysStopped && what.startsWith('Vira was not started again')));

const changesOf = async (one: Case): Promise<number> =>
	changesIn(await machineWith(one), async (system) => {
		expect((await settle(system, one.wanted)).result).toBe('done');
	});

describe.each(cases)('$title', (one) => {
	test.each(['before', 'after'] as const)(
		'fails at any change, %s it is made: the machine is as before',
		async (moment) => {
			const changes = await changesOf(one);
			expect(changes).toBeGreaterThan(3);
			for (let n = 1; n <= changes; n += 1) {
				const machine = await machineWith(one);
				const picture = await comparable(one, machine);
				const ended = await settle(machine, one.wanted, {through: failingAt(machine, n, moment)});
				// The one command whose failure means that there was nothing to do.
				if (ended.result === 'done') continue;
				expect([ended.result, notUndoneIn(one, ended.notUndone)]).toEqual(['undone', []]);
				expect([n, await comparable(one, machine)]).toEqual([n, picture]);
			}
		},
	);

	test('is cancelled at any step: the machine is as before', async () => {
		const {actions} = await proposeOn(await machineWith(one), one.wanted);
		for (let n = 0; n <= actions.length; n += 1) {
			const machine = await machineWith(one);
			const picture = await comparable(one, machine);
			let looks = 0;
			// The signal is checked before each step: the n-th check finds it aborted.
			const signal = {
				get aborted() {
					return looks++ >= n;
				},
			} as AbortSignal;
			const ended = await settle(machine, one.wanted, {signal});
			if (ended.result !== 'cancelled') throw new Error(ended.result);
			expect(notUndoneIn(one, ended.notUndone)).toEqual([]);
			expect([n, await comparable(one, machine)]).toEqual([n, picture]);
		}
	});

	test('is undone completely afterwards', async () => {
		const machine = await machineWith(one);
		const picture = await comparable(one, machine);
		const applied = await settle(machine, one.wanted);
		if (applied.result !== 'done') throw new Error(applied.result);
		expect(notUndoneIn(one, (await drain(undo(applied.done, machine))).end)).toEqual([]);
		expect(await comparable(one, machine)).toEqual(picture);
	});

	test('leaves nothing to do when planned again', async () => {
		const machine = await machineWith(one);
		await settle(machine, one.wanted);
		expect((await proposeOn(machine, one.wanted)).actions).toEqual([]);
	});
});

test('Ctrl-C ends the wait for a user manager that does not respond', async () => {
	const machine = await simulate({lingering: false, session: false});
	const before = await pictureOf(machine);
	const ending = new AbortController();
	const isAsked = (words: readonly string[]): boolean => words.includes('--property=Version');
	const silent: Simulation = {
		...machine,
		// Time passes, whether or not anyone waits for it.
		sleep: (ms) => machine.sleep(ms),
		run: async (words, options) => {
			if (!isAsked(words)) return machine.run(words, options);
			ending.abort();
			return {exitCode: 1, stdout: '', stderr: '', timedOut: false, found: true};
		},
	};
	expect(await settle(machine, {}, {through: silent, signal: ending.signal})).toEqual({
		result: 'cancelled',
		notUndone: [],
	});
	expect(await pictureOf(machine)).toEqual(before);
});

test('a step that cannot be undone is reported, and all others are undone', async () => {
	const machine = await machineWith({title: '', before: {}, wanted: {}});
	const applied = await settle(machine, {port: 8443});
	if (applied.result !== 'done') throw new Error(applied.result);
	const {end} = await drain(undo(applied.done, failingAt(machine, 4)));
	expect(end).toHaveLength(1);
	expect(await machine.readFile('/home/alice/.config/vira-setup/settings.json')).toContain('"port": 5005');
});

test('a move to an existing path changes nothing, and neither does undoing it', async () => {
	const machine = await simulate();
	for (const name of ['now', 'earlier']) await put(machine, `/home/alice/${name}/file`, name);
	const picture = await pictureOf(machine);
	const move = {
		does: 'move',
		from: '/home/alice/now',
		to: '/home/alice/earlier',
		why: '',
		way: 'there',
	} as const;
	const {end} = await drain(apply([move], machine, new AbortController().signal));
	expect(end).toMatchObject({
		result: 'undone',
		notUndone: [],
		failure: {message: 'Could not move /home/alice/now to /home/alice/earlier.'},
	});
	expect(await pictureOf(machine)).toEqual(picture);
});
