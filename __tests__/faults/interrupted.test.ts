import {describe, expect, jest, test} from '@jest/globals';
import {machineIn, simulate, type Simulation} from '../support/simulated-linux.ts';
import type {System} from '../../src/platform/system.ts';
import type {Settings} from '../../src/settings/options.ts';
import {perform} from '../../src/platform/actions/kinds.ts';
import {macIn, simulateMac} from '../support/simulated-mac.ts';
import {madeOnce} from '../support/made-once.ts';
import {pictureOf, type Picture, type Pictured} from '../support/picture-of.ts';
import {proposeRemovalOn} from '../support/removal.ts';
import {lines, run, told} from '../support/run-command.ts';
import {proposeOn, settle} from '../support/settle.ts';
import {loopLimitMs} from '../support/limits.ts';

jest.setTimeout(loopLimitMs);

/** Runs the first n steps and then stops, like a killed program. */
const killedAfter = async (machine: System, n: number, wanted: Partial<Settings>): Promise<void> => {
	const {actions} = await proposeOn(machine, wanted);
	for (const action of actions.slice(0, n)) await perform(action, machine);
};

const stateOf = async (machine: Simulation) => {
	const {units, lingering} = await machine.events.state();
	const unit = units['vira.service'];
	const text = await machine.readFile('/home/alice/.config/systemd/user/vira.service');
	return {
		lingering,
		active: unit?.active,
		loaded: unit?.loaded?.text === text,
		arguments: unit?.process?.arguments.join(' '),
	};
};

describe.each([
	['a first installation', undefined, {}],
	['an update', {}, {port: 7777, repositories: {a: 'https://x/a'}}],
	['a build', {extraPackages: ['nixpkgs#gh']}, {package: 'github:juspay/vira', extraPackages: []}],
] satisfies readonly (readonly [string, Partial<Settings> | undefined, Partial<Settings>])[])(
	'%s, killed',
	(_, before, wanted) => {
		test('after any step, is completed by the next run, which reports no manual changes', async () => {
			const whole = await simulate();
			if (before) await settle(whole, before);
			const {actions} = await proposeOn(whole, wanted);
			await settle(whole, wanted);
			const setUp = madeOnce(machineIn, async () => {
				const machine = await simulate();
				if (before) await settle(machine, before);
				return machine;
			});
			for (let n = 0; n < actions.length; n += 1) {
				const machine = await setUp();
				await killedAfter(machine, n, wanted);
				const {preview} = await proposeOn(machine, wanted);
				expect([n, preview.warnings]).toEqual([n, []]);
				expect((await settle(machine, wanted)).result).toBe('done');
				expect([n, await stateOf(machine)]).toEqual([n, await stateOf(whole)]);
				expect((await proposeOn(machine, wanted)).actions).toEqual([]);
			}
		});
	},
);

const choices = {overwrite: false, purge: true, disableLinger: true};
const finished = ['uninstall', '--purge', '--disable-linger'] as const;

interface Kind {
	readonly fresh: () => Promise<Pictured>;
	/** The machine in a folder. */
	readonly open: (folder: string) => Promise<Pictured>;
	readonly wanted?: Partial<Settings>;
}

const machines = [
	['Linux', {fresh: () => simulate(), open: machineIn}],
	['a Mac', {fresh: () => simulateMac(), open: macIn}],
	[
		'a Mac with a daemon',
		{fresh: () => simulateMac({mac: {sudo: 'free'}}), open: macIn, wanted: {domain: 'system'}},
	],
] satisfies readonly (readonly [string, Kind])[];

describe.each<readonly [string, Kind]>(machines)(
	'an uninstall on %s, killed',
	(_, {fresh, open, wanted = {}}) => {
		const setUp = madeOnce(open, async () => {
			const machine = await fresh();
			expect((await settle(machine, {repositories: {a: 'https://x/a'}, ...wanted})).result).toBe('done');
			await machine.sleep(5000);
			return machine;
		});

		/** As a run killed after its n-th step leaves it; undefined: it has fewer steps. */
		const killedAt = async (n: number): Promise<Pictured | undefined> => {
			const machine = await setUp();
			const {plan} = await proposeRemovalOn(machine, choices);
			const actions = [...plan.actions, ...plan.forGood];
			if (n > actions.length) return undefined;
			for (const action of actions.slice(0, n)) await perform(action, machine);
			return machine;
		};

		/** The folder of the receipt, if only it remained, no longer belongs to anyone. */
		const withoutEmpty = ({files, ...rest}: Picture) => ({
			...rest,
			files: Object.entries(files).filter(([path]) => !/\/\.local\/state(?:\/vira-setup)?$/u.test(path)),
		});

		test('after any step, is completed by the next one', async () => {
			const before = withoutEmpty(await pictureOf(await fresh()));
			for (let n = 0; ; n += 1) {
				const machine = await killedAt(n);
				if (!machine) break;
				expect([n, (await run(machine, ...finished)).code]).toEqual([n, 0]);
				expect([n, withoutEmpty(await pictureOf(machine))]).toEqual([n, before]);
			}
		});

		test('after any step, is reported by a setup, which installs everything', async () => {
			for (let n = 0; ; n += 1) {
				const machine = await killedAt(n);
				if (!machine) break;
				const isPending = (
					(await machine.readFile(`${machine.user.home}/.local/state/vira-setup/receipt.json`)) ?? ''
				).includes('"removing"');
				const {preview} = await proposeOn(machine, wanted);
				const isTold = preview.warnings.some(({code}) => code === 'removal-unfinished');
				expect([n, isTold]).toEqual([n, isPending]);
				expect([n, (await settle(machine, wanted)).result]).toEqual([n, 'done']);
				expect([n, (await proposeOn(machine, wanted)).actions]).toEqual([n, []]);
			}
		});

		test('after it began, is reported by doctor --fix, which changes nothing', async () => {
			const {plan} = await proposeRemovalOn(await setUp(), choices);
			const begun = plan.actions.findIndex(({does}) => does === 'write-file') + 1;
			for (const n of [begun, begun + 1]) {
				const machine = await killedAt(n);
				if (!machine) throw new Error('It has no such action.');
				const before = await pictureOf(machine);
				const [status, document] = await told(machine, 'doctor --fix');
				expect([n, status, document]).toMatchObject([n, 1, {outcome: 'examined', changed: false, plan: []}]);
				expect([n, document['checks']]).toEqual([
					n,
					expect.arrayContaining([
						expect.objectContaining({
							code: 'interrupted',
							fixes: expect.not.arrayContaining([expect.objectContaining({safe: true})]),
						}),
					]),
				]);
				expect([n, await pictureOf(machine)]).toEqual([n, before]);
			}
		});

		test('after it began, is reported by status and by the next uninstall', async () => {
			const {plan} = await proposeRemovalOn(await setUp(), choices);
			const begun = plan.actions.findIndex(({does}) => does === 'write-file') + 1;
			for (const n of [begun, plan.actions.length]) {
				const machine = await killedAt(n);
				if (!machine) throw new Error('It has no such action.');
				expect([n, (await lines(machine, 'status')).join('\n')]).toEqual([
					n,
					expect.stringContaining('An earlier uninstall was interrupted'),
				]);
				expect((await proposeRemovalOn(machine)).preview.notes[0]?.message).toBe(
					'An earlier uninstall was interrupted. This removes the rest.',
				);
			}
		});
	},
);
