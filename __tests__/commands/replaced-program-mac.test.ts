import {describe, expect, test} from '@jest/globals';
import type {GivenMac} from '../../src/simulator/macos/fresh-mac.ts';
import {agentPath, gui, launched, printed, typed, type MacSimulation} from '../support/simulated-mac.ts';
import {testScenario} from '../support/every-profile.ts';
import {macSetUp} from '../support/mac-setup.ts';
import {done, endedOn, places, runningIn, setUpOn, type Domain} from '../support/mac-program.ts';
import {lines, progress, run, told} from '../support/run-command.ts';
import {fixOf} from '../support/printed-fix.ts';

const program = '/usr/local/bin/vira';
const vira = {path: program, version: '0.1.0', schema: 1, behaviour: 'well'} as const;

/** A Mac that keeps signatures, with a Vira that is not in the Nix store. */
const tahoe: GivenMac = {vira, mac: {version: '26.1', sudo: 'free'}};

const replace = (machine: MacSimulation): Promise<void> =>
	machine.events.put(program, '#!/bin/sh\n# Another Vira.\n', 0o755);

const replaced = async (domain: Domain = 'gui'): Promise<MacSimulation> => {
	const machine = await macSetUp(tahoe, '--domain', domain);
	await replace(machine);
	return machine;
};

/** The next process was one of the new program, and launchd has killed it. */
const killed = async (): Promise<MacSimulation> => {
	const machine = await replaced();
	await machine.sleep(20_000);
	await machine.events.procExit(gui, {how: 'exit', code: 1});
	await machine.sleep(500);
	return machine;
};

describe('the program was replaced since launchd loaded it', () => {
	test('by hand: launchd kills it, and keeps trying', async () => {
		const machine = await replaced();
		await typed(machine, `launchctl kickstart -k ${gui}`);
		expect(await printed(machine, ['state', 'pid', 'last exit reason'])).toBe(
			'state = spawn scheduled; last exit reason = OS_REASON_CODESIGNING',
		);
		await machine.sleep(30_000);
		expect(await printed(machine, ['state', 'runs'])).toBe('state = spawn scheduled; runs = 5');
	});

	test('if launchd kills it once, the next attempt runs', async () => {
		const machine = await replaced();
		await machine.events.profile({staleSignature: 'once'});
		await typed(machine, `launchctl kickstart -k ${gui}`);
		expect(await printed(machine, ['state'])).toBe('state = spawn scheduled');
		await machine.sleep(30_000);
		expect(await printed(machine, ['state', 'runs'])).toBe('state = running; runs = 3');
	});

	test.each(['gui', 'user', 'system'] as const)(
		'in the domain %s, a restart unloads it and loads it again',
		async (domain) => {
			const machine = await replaced(domain);
			expect((await lines(machine, 'restart')).slice(0, 2)).toEqual([0, '✔ Vira restarted (PID 1202).']);
			expect(await launched(machine)).toEqual(runningIn(domain));
			const {id} = places[domain];
			const calls = await done(machine);
			expect(calls.slice(calls.lastIndexOf(`bootout ${id}`)).map((call) => call.split(' ')[0])).toEqual([
				'bootout',
				'enable',
				'bootstrap',
				'kickstart',
			]);
		},
	);

	test('a restart is described as what it does', async () => {
		expect((await progress(await replaced(), 'restart')).slice(0, 2)).toEqual([
			'✔ Stop the service and unload it from gui/501',
			'✔ Load the service into gui/501 and start it',
		]);
	});

	test.each<readonly [what: string, make: () => Promise<MacSimulation>]>([
		[
			'ended well',
			async () => {
				const machine = await replaced();
				await machine.events.procExit(gui, {how: 'exit', code: 0});
				return machine;
			},
		],
		['was killed', killed],
	])('%s: start, restart, a setup and doctor --fix bring it back', async (_, make) => {
		for (const words of [['start'], ['restart'], [], ['doctor', '--fix']]) {
			const machine = await make();
			expect((await run(machine, ...words)).code).toBe(0);
			expect(await launched(machine)).toEqual(runningIn('gui'));
		}
	});

	test('status and doctor name the reason, and that a start fixes it', async () => {
		const title = 'macOS killed Vira: launchd still has the code signature of the previous program.';
		expect((await lines(await killed(), 'status')).join('\n')).toContain(`✖ Cause           ${title}`);
		const [, document] = await told(await killed(), 'doctor');
		expect(document['checks']).toContainEqual(
			expect.objectContaining({
				code: 'program-replaced',
				message: title,
				fixes: [
					{...fixOf('vira-setup doctor --fix   fixes it'), safe: true},
					fixOf('vira-setup start   starts Vira'),
					{
						say: expect.stringContaining('if Vira is killed again'),
						command: `codesign --verify ${program}`,
					},
				],
			}),
		);
	});
});

const second = '/Users/alice/second.plist';

test.each<readonly [what: string, happen: (machine: MacSimulation) => Promise<unknown>]>([
	['does not exist', (machine) => machine.deleteFile(agentPath)],
	[
		'can be written by others',
		async (machine) => machine.events.put(agentPath, (await machine.readFile(agentPath)) ?? '', 0o666),
	],
	[
		'names another program that does not exist',
		async (machine) => {
			await machine.events.put(second, (await machine.readFile(agentPath)) ?? '');
			await typed(machine, `launchctl bootout ${gui}`);
			await machine.sleep(5000);
			await typed(machine, `launchctl bootstrap gui/501 ${second}`);
			await machine.sleep(5000);
			await machine.deleteFile(second);
		},
	],
])('a service whose file %s is not unloaded: launchd would not load it again', async (_, happen) => {
	const machine = await macSetUp(tahoe);
	await happen(machine);
	const before = (await done(machine)).length;
	expect((await lines(machine, 'restart'))[0]).toBe(0);
	expect((await done(machine)).slice(before)).not.toContain(`bootout ${gui}`);
});

test.each<readonly [what: string, given: GivenMac]>([
	['macOS 15 keeps no signature', {vira, mac: {version: '15.6.1'}}],
	['a Vira from Nix is started by the shell that waits for the store', {mac: {version: '26.1'}}],
])('%s: a restart only makes another process', async (_, given) => {
	const machine = await macSetUp(given);
	await replace(machine);
	expect((await lines(machine, 'restart'))[0]).toBe(0);
	expect(await launched(machine)).toEqual(runningIn('gui', 2));
});

testScenario(
	'however long launchd keeps a signature, a restart and an update end with the new program',
	async (makeMac) => {
		const machine = await setUpOn(makeMac, tahoe);
		await replace(machine);
		expect(await endedOn(machine, 'restart')).toEqual([0, 'restarted', '']);
		await machine.events.put(program, '#!/bin/sh\n# A third.\n', 0o755);
		expect(await endedOn(machine, '--port', '8443')).toEqual([0, 'updated', '']);
		expect(await launched(machine)).toEqual(runningIn('gui'));
	},
);
