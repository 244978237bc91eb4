import {expect, test} from '@jest/globals';
import {macPresets} from '../../support/mac-presets.ts';
import type {GivenMac} from '../../../src/simulator/macos/fresh-mac.ts';
import {launched, simulateMac, typed, type MacSimulation} from '../../support/simulated-mac.ts';
import {ended, macSetUp} from '../../support/mac-setup.ts';
import {runningIn} from '../../support/mac-program.ts';
import {lines, refusal, run} from '../../support/run-command.ts';

const folder = '/Users/alice/Library/LaunchAgents';

/** The folder belongs to root, as installers that run with sudo leave it. */
const takenByRoot = async (machine: MacSimulation): Promise<void> => {
	await machine.events.put(`${folder}/com.example.updater.plist`, '');
	const {readOnly} = await machine.events.state();
	await machine.events.change({readOnly: [...readOnly, folder]});
};

const macOfRoots = async (given?: GivenMac): Promise<MacSimulation> => {
	const machine = await simulateMac(given);
	await takenByRoot(machine);
	return machine;
};

test('an agent folder that belongs to root: the domain gui is refused, and the command that it names fixes it', async () => {
	const machine = await macOfRoots({mac: {sudo: 'free'}});
	const command = `sudo chown alice ${folder}`;
	expect(await refusal(machine)).toMatchObject({
		exit: 2,
		message: expect.stringMatching(
			new RegExp(
				`^--domain: .*${folder}: .*owned by root.* Use the domain user or system.*: ${command}$`,
				'u',
			),
		),
	});
	expect((await typed(machine, command))[0]).toBe(0);
	expect(await ended(machine)).toEqual([0, 'installed', '']);
});

test.each([
	['user', macPresets.headless],
	['system', {mac: {sudo: 'free'}}],
] as const)('the domain %s needs no such folder, from a setup to an uninstall', async (domain, given) => {
	const machine = await macOfRoots(given);
	expect(await ended(machine, '--domain', domain)).toEqual([0, 'installed', '']);
	expect(await launched(machine)).toEqual(runningIn(domain));
	expect((await lines(machine, 'status'))[0]).toBe(0);
	expect((await run(machine, 'uninstall')).document.outcome).toBe('removed');
});

test('an agent that moves out of the folder needs it too', async () => {
	const machine = await macSetUp();
	await takenByRoot(machine);
	expect(await refusal(machine, '--domain', 'user')).toMatchObject({
		exit: 2,
		message: expect.stringMatching(`: sudo chown alice ${folder}$`),
	});
	expect(await launched(machine)).toEqual(runningIn('gui'));
});
