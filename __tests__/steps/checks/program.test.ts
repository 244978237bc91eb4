import {describe, expect, test} from '@jest/globals';
import type {MachineState} from '../../../src/simulator/machine-state.ts';
import type {System} from '../../../src/platform/system.ts';
import {put, type} from '../../support/installed.ts';
import {setUp} from '../../support/linux-states.ts';
import {simulateMac} from '../../support/simulated-mac.ts';
import {simulate} from '../../support/simulated-linux.ts';
import {lines, refusedWith, told} from '../../support/run-command.ts';

const program = '/Users/Shared/usb/vira';

const withProgram = async <S extends System>(
	machine: S & {readonly events: {readonly change: (change: Partial<MachineState>) => Promise<void>}},
	{
		text,
		mode,
		noexec = [],
	}: {readonly text: string; readonly mode: number; readonly noexec?: readonly string[]},
): Promise<S> => {
	await put(machine, program, text);
	await machine.deleteFile(program);
	await machine.writeFile(program, text, mode);
	await machine.events.change({noexec: [...noexec]});
	return machine;
};

const script = '#!/bin/sh\n';

const cases = [
	[
		'without its execute bit',
		{text: script, mode: 0o644},
		`${program} is not executable: its execute bit is not set (chmod u+x ${program}).`,
	],
	[
		'on a noexec mount',
		{text: script, mode: 0o755, noexec: ['/Users/Shared/usb']},
		`${program} cannot be run: /Users/Shared/usb is mounted with noexec.`,
	],
	[
		'whose interpreter is missing',
		{text: '#!/no/such/python -u\n', mode: 0o755},
		`${program} cannot be run: its interpreter /no/such/python does not exist.`,
	],
	[
		'of another format',
		{text: '\u007FELF', mode: 0o755},
		`${program} cannot be run here: it was built for another platform, or is damaged.`,
	],
] as const;

describe.each([
	['Linux', simulate],
	['a Mac', simulateMac],
] as const)('on %s, before anything changes', (_, machineOf) => {
	test.each(cases)('a program %s is refused with exactly that reason', async (__, given, message) => {
		const machine = await withProgram(await machineOf(), given);
		expect(await refusedWith(machine, '--non-interactive', '--package', program)).toEqual({
			status: 2,
			said: [`--package: ${message}`],
			changed: false,
		});
	});
});

const vira = '/home/alice/.nix-profile/bin/vira';

test.each(cases)(
	'set up with a program that is now one %s: start, status and doctor give exactly that reason',
	async (_, given, message) => {
		const machine = await setUp();
		await type(machine, 'systemctl --user stop vira.service');
		await withProgram(machine, given);
		const {links} = await machine.events.state();
		const profile = Object.fromEntries(
			Object.entries(links).filter(([path]) => !path.includes('-profile/bin/vira')),
		);
		const store = Object.keys(links).find((path) => path.endsWith('-profile/bin/vira')) ?? '';
		await machine.events.change({links: {...profile, [store]: program}, vira: undefined});
		const reason = message.replaceAll(program, vira).replace(/\.$/u, '');
		expect((await lines(machine, 'start')).join('\n')).toContain(reason);
		expect(JSON.stringify((await told(machine, 'status'))[1])).toContain(reason);
		expect(JSON.stringify((await told(machine, 'doctor'))[1])).toContain(reason);
	},
);

test.each([
	[{readOnly: ['/srv']}, '/srv/vira', ' (sudo chmod a+x /srv/vira)'],
	[{readOnly: []}, '/srv/vira', ' (chmod u+x /srv/vira)'],
	// Not even root can change a mode there.
	[{}, '/nix/store/0zv7q5yv8c3hlmkb2dpafs1nr4w6xgj9-vira/vira', ''],
])('a program without its execute bit, %j: the advice depends on its owner, %s', async (state, path, how) => {
	const machine = await simulate(state);
	await put(machine, path, script);
	expect(await refusedWith(machine, '--non-interactive', '--package', path)).toMatchObject({
		said: [`--package: ${path} is not executable: its execute bit is not set${how}.`],
	});
});
