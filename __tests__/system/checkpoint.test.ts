import {expect, test} from '@jest/globals';
import type {Machine} from '../../scripts/machine/machine.ts';
import {serviceProperty, timeLimitMs, useMachine} from '../support/alice.ts';

const onMachine = useMachine();

const viraSetup = async (machine: Machine, words: string): Promise<void> => {
	const {exitCode, stderr} = await machine.run(['vira-setup', ...words.split(' ')], {as: 'alice'});
	if (exitCode !== 0) throw new Error(stderr);
};

/** How often the service has written a checkpoint, according to its log. */
const checkpoints = async (machine: Machine): Promise<number> => {
	const asked = ['journalctl', '_SYSTEMD_USER_UNIT=vira.service', '--output=cat', '--quiet', '--no-pager'];
	const {stdout} = await machine.run(asked);
	return stdout.split('\n').filter((line) => line === 'Creating checkpoint before closing...').length;
};

const install = '--non-interactive --repository a=https://x/a';

test.each([
	['a stop', 'stop'],
	['a restart', 'restart'],
	['an update', '--non-interactive --port 5006'],
	['a removal', 'uninstall --non-interactive'],
])(
	'%s lets Vira write a checkpoint before it exits',
	async (_, words) => {
		const machine = onMachine();
		await viraSetup(machine, install);
		expect(await serviceProperty(machine, 'KillSignal')).toBe('2');
		expect(await checkpoints(machine)).toBe(0);
		await viraSetup(machine, words);
		expect(await checkpoints(machine)).toBe(1);
	},
	timeLimitMs,
);

test(
	'so does a rollback, and a shutdown of the machine',
	async () => {
		const machine = onMachine();
		await viraSetup(machine, install);
		await viraSetup(machine, '--non-interactive --port 5006');
		await viraSetup(machine, 'rollback --non-interactive');
		expect(await checkpoints(machine)).toBe(2);
		await machine.reboot();
		expect(await checkpoints(machine)).toBe(3);
	},
	timeLimitMs,
);

test(
	'with KillSignal=SIGTERM in the settings there is none, and an exit by that signal is clean',
	async () => {
		const machine = onMachine();
		await viraSetup(machine, `${install} --service-config KillSignal=SIGTERM`);
		await viraSetup(machine, 'stop');
		expect(await checkpoints(machine)).toBe(0);
		expect(await serviceProperty(machine, 'Result')).toBe('success');
	},
	timeLimitMs,
);
