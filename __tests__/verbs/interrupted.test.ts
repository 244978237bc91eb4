import {describe, expect, test} from '@jest/globals';
import type {Rehearsal} from '../../src/platform/rehearsal/rehearsal-linux.ts';
import type {System} from '../../src/platform/system.ts';
import type {Settings} from '../../src/settings/options.ts';
import {perform} from '../../src/steps/perform.ts';
import {rehearse} from '../support/rehearsal.ts';
import {proposeOn, settle} from '../support/settle.ts';

/** Does the first n actions and then nothing more, as a program that is killed does. */
const killedAfter = async (machine: System, n: number, wanted: Partial<Settings>): Promise<void> => {
	const {actions} = await proposeOn(machine, wanted);
	for (const action of actions.slice(0, n)) await perform(action, machine);
};

const stateOf = async (machine: Rehearsal) => {
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
	'%s that was killed',
	(_, before, wanted) => {
		test('after any action is finished by the next run, which takes nothing for changed by hand', async () => {
			const whole = await rehearse();
			if (before) await settle(whole, before);
			const {actions} = await proposeOn(whole, wanted);
			await settle(whole, wanted);
			for (let n = 0; n < actions.length; n += 1) {
				const machine = await rehearse();
				if (before) await settle(machine, before);
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
