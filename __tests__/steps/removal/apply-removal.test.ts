import {describe, expect, jest, test} from '@jest/globals';
import {macPresets} from '../../support/mac-presets.ts';
import type {GivenMac} from '../../../src/simulator/macos/fresh-mac.ts';
import type {MachineState} from '../../../src/simulator/machine-state.ts';
import type {Settings} from '../../../src/settings/options.ts';
import {undo} from '../../../src/steps/execute/apply.ts';
import type {RemovalChoices} from '../../../src/steps/removal/plan-removal.ts';
import {changesIn, failingAt} from '../../support/fault-injection.ts';
import {isActive, type, unitPath} from '../../support/installed.ts';
import {label, macIn, simulateMac, typed} from '../../support/simulated-mac.ts';
import {madeOnce} from '../../support/made-once.ts';
import {pictureOf, type Pictured} from '../../support/picture-of.ts';
import {machineIn, simulate} from '../../support/simulated-linux.ts';
import {proposeRemovalOn, removeFrom} from '../../support/removal.ts';
import {drain, settle} from '../../support/settle.ts';
import {loopLimitMs} from '../../support/limits.ts';

jest.setTimeout(loopLimitMs);

interface Fresh {
	readonly make: () => Promise<Pictured>;
	/** The machine in a folder. */
	readonly open: (folder: string) => Promise<Pictured>;
}

interface Case {
	readonly title: string;
	/** The machine on which nothing is set up yet. */
	readonly fresh: Fresh;
	readonly settings?: Partial<Settings>;
	/** What happens to it between the setup and the removal. */
	readonly meanwhile?: (machine: Pictured) => Promise<unknown>;
	/** What happens to the machine, set up or not. */
	readonly aside?: (machine: Pictured) => Promise<unknown>;
	readonly choices?: Partial<RemovalChoices>;
	/** Paths that it reports as remaining, in addition to Vira's state and log. */
	readonly leaves?: readonly string[];
}

const linux = (state: Partial<MachineState> = {}): Fresh => ({make: () => simulate(state), open: machineIn});
const mac = (state: GivenMac = {}): Fresh => ({make: () => simulateMac(state), open: macIn});

const withoutSession = async (machine: Pictured): Promise<void> => {
	await (machine as Awaited<ReturnType<typeof simulate>>).events.logout();
};

const changeUnit = async (machine: Pictured): Promise<void> => {
	const text = (await machine.readFile(unitPath)) ?? '';
	await machine.writeFile(unitPath, text.replace('RestartSec=5s', 'RestartSec=9s'), 0o600);
	await type(machine, 'systemctl --user daemon-reload');
};

const cases: readonly Case[] = [
	{title: 'a running service', fresh: linux()},
	{
		title: 'repositories, and a package that Nix built',
		fresh: linux(),
		settings: {repositories: {a: 'https://x/a'}, extraPackages: ['nixpkgs#gh', 'nixpkgs#sqlite']},
	},
	{title: 'a machine where lingering was on before', fresh: linux({lingering: true})},
	{title: 'only lingering keeps the user manager', fresh: linux(), aside: withoutSession},
	{
		title: 'no user manager runs',
		fresh: linux({lingering: false}),
		settings: {linger: false},
		aside: withoutSession,
	},
	{
		title: 'a service that was stopped and disabled by hand',
		fresh: linux(),
		meanwhile: (machine) => type(machine, 'systemctl --user disable --now vira.service'),
	},
	{
		title: 'a unit that was changed by hand and is kept',
		fresh: linux(),
		meanwhile: changeUnit,
		leaves: [unitPath],
	},
	{
		title: 'a unit that was changed by hand and is removed',
		fresh: linux(),
		meanwhile: changeUnit,
		choices: {overwrite: true},
	},
	{title: 'an agent in the desktop session', fresh: mac()},
	{title: 'an agent in the background', fresh: mac(), settings: {domain: 'user'}},
	{title: 'a daemon', fresh: mac({mac: {sudo: 'free'}}), settings: {domain: 'system'}},
	{title: 'an agent that waits for a login', fresh: mac(macPresets.headless)},
	{
		title: 'an agent that was disabled',
		fresh: mac(),
		meanwhile: (machine) => typed(machine, `launchctl disable user/501/${label}`),
	},
];

const make = async ({fresh, settings, meanwhile, aside}: Case): Promise<Pictured> => {
	const machine = await fresh.make();
	expect((await settle(machine, settings)).result).toBe('done');
	// Vira creates its state in its first seconds.
	await machine.sleep(5000);
	await meanwhile?.(machine);
	await aside?.(machine);
	return machine;
};

const copied = new Map(cases.map((one) => [one, madeOnce(one.fresh.open, () => make(one))]));

const setUp = (one: Case): Promise<Pictured> => copied.get(one)?.() ?? make(one);

const isLeft = (path: string, leaves: readonly string[]): boolean =>
	/\/\.local\/share(?:\/vira.*)?$/u.test(path) ||
	path.endsWith('/.local') ||
	leaves.some((one) => path === one || one.startsWith(`${path}/`));

describe.each(cases)('$title', (one) => {
	const {fresh, aside, choices, leaves = []} = one;

	test('afterwards the machine is as before the setup, except for what the report lists', async () => {
		const untouched = await fresh.make();
		await aside?.(untouched);
		const before = await pictureOf(untouched);
		const machine = await setUp(one);
		expect((await removeFrom(machine, choices)).result).toBe('done');
		const after = await pictureOf(machine);
		const others = Object.entries(after.files).filter(
			([path]) => before.files[path] !== undefined || !isLeft(path, leaves),
		);
		expect({...after, files: Object.fromEntries(others)}).toEqual(before);
	});

	test.each(['before', 'after'] as const)(
		'fails at any change, %s it is made: the machine is as before',
		async (moment) => {
			const changes = await changesIn(await setUp(one), async (system) => {
				expect((await removeFrom(system, choices)).result).toBe('done');
			});
			expect(changes).toBeGreaterThan(3);
			for (let n = 1; n <= changes; n += 1) {
				const machine = await setUp(one);
				const picture = await pictureOf(machine);
				const ended = await removeFrom(machine, choices, {through: failingAt(machine, n, moment)});
				// bootout is not trusted: the state of the service is read back.
				if (ended.result === 'done') continue;
				expect([n, ended]).toMatchObject([n, {result: 'undone', notUndone: []}]);
				expect([n, await pictureOf(machine)]).toEqual([n, picture]);
			}
		},
	);

	test('is undone completely afterwards', async () => {
		const machine = await setUp(one);
		const picture = await pictureOf(machine);
		const applied = await removeFrom(machine, choices);
		if (applied.result !== 'done') throw new Error(applied.result);
		expect((await drain(undo(applied.done, machine))).end).toEqual([]);
		expect(await pictureOf(machine)).toEqual(picture);
	});
});

test.each(
	cases.filter(({title}) =>
		['only lingering keeps the user manager', 'an agent in the desktop session'].includes(title),
	),
)('$title: cancelled at any step, the machine is as before', async (one) => {
	const {plan} = await proposeRemovalOn(await setUp(one));
	for (let n = 0; n <= plan.actions.length; n += 1) {
		const machine = await setUp(one);
		const picture = await pictureOf(machine);
		let looks = 0;
		// The signal is checked before each step: the n-th check finds it aborted.
		const signal = {
			get aborted() {
				return looks++ >= n;
			},
		} as AbortSignal;
		expect(await removeFrom(machine, {}, {signal})).toEqual({result: 'cancelled', notUndone: []});
		expect([n, await pictureOf(machine)]).toEqual([n, picture]);
	}
});

test('a unit that the user deleted neither keeps running nor starts again', async () => {
	const machine = await simulate();
	const before = await pictureOf(machine);
	await settle(machine);
	await machine.deleteFile(unitPath);
	expect((await removeFrom(machine)).result).toBe('done');
	expect(await isActive(machine)).toBe('inactive');
	const {files, enabled, lingering} = await pictureOf(machine);
	expect([enabled, lingering]).toEqual([before.enabled, before.lingering]);
	expect(Object.keys(files).filter((path) => path.includes('systemd/user'))).toEqual([]);
});
