import {describe, expect, test} from '@jest/globals';
import type {MachineState} from '../../../src/platform/rehearsal/machine-state.ts';
import type {Rehearsal} from '../../../src/platform/rehearsal/rehearsal-linux.ts';
import {isActive, machineWithUnit, type, typeAll} from '../../support/installed.ts';
import {rehearse} from '../../support/rehearsal.ts';

const enableLinger = 'loginctl --no-ask-password enable-linger alice';
const disableLinger = 'loginctl --no-ask-password disable-linger alice';
const managerVersion = 'systemctl --user show --property=Version';

const running = async (state: Partial<MachineState> = {}): Promise<Rehearsal> => {
	const machine = await machineWithUnit(state);
	await typeAll(machine, 'systemctl --user enable vira.service', 'systemctl --user start vira.service');
	return machine;
};

const linger = async (machine: Rehearsal): Promise<string> =>
	(await type(machine, 'loginctl show-user alice --property=Linger --value')).stdout;

/** Whether the page answers: what counts in the end. */
const answers = async (machine: Rehearsal): Promise<boolean> =>
	(await machine.ask('https://localhost:5005/', {timeoutMs: 1000})).answered;

describe('turning lingering on', () => {
	test('writes the file that says so, and turning it off removes it', async () => {
		const machine = await rehearse();
		await type(machine, enableLinger);
		expect(await linger(machine)).toBe('yes');
		expect(await machine.readFile('/var/lib/systemd/linger/alice')).toBe('');
		await type(machine, disableLinger);
		expect(await linger(machine)).toBe('no');
		expect(await machine.inspect('/var/lib/systemd/linger/alice')).toBeUndefined();
	});

	test('without a session starts the user manager, which answers a moment later', async () => {
		const machine = await rehearse({session: false});
		expect((await type(machine, enableLinger)).exitCode).toBe(0);
		expect(await type(machine, managerVersion)).toMatchObject({
			exitCode: 1,
			stderr: 'Failed to connect to bus: No such file or directory',
		});
		await machine.sleep(300);
		expect(await type(machine, managerVersion)).toMatchObject({exitCode: 0});
	});

	test('without a session needs the name of the user', async () => {
		const machine = await rehearse({session: false});
		expect(await type(machine, 'loginctl enable-linger')).toMatchObject({
			exitCode: 1,
			stderr: 'Could not enable linger: No such device or address',
		});
	});

	test('can be refused by the policy of the machine', async () => {
		const machine = await rehearse({lingerRefused: true});
		expect(await type(machine, enableLinger)).toMatchObject({
			exitCode: 1,
			stderr: 'Could not enable linger: Interactive authentication required.',
		});
		expect(await linger(machine)).toBe('no');
	});

	test('off without a session ends the user manager and its services', async () => {
		const machine = await running({session: false, lingering: true});
		await type(machine, disableLinger);
		expect(await answers(machine)).toBe(false);
		expect((await type(machine, managerVersion)).exitCode).toBe(1);
	});
});

describe.each([
	{lingering: false, outlives: false},
	{lingering: true, outlives: true},
])('with lingering $lingering', ({lingering, outlives}) => {
	test(`a logout leaves the service running: ${String(outlives)}`, async () => {
		const machine = await running({lingering});
		await machine.events.logout();
		expect(await answers(machine)).toBe(outlives);
	});

	test(`a reboot starts the service: ${String(outlives)}`, async () => {
		const machine = await running({lingering});
		await machine.events.reboot();
		expect(await answers(machine)).toBe(outlives);
	});

	test(`a power cut is survived: ${String(outlives)}`, async () => {
		const machine = await running({lingering});
		await machine.events.cutPower();
		expect(await answers(machine)).toBe(outlives);
	});

	test('a login starts the service at the latest', async () => {
		const machine = await running({lingering});
		await machine.events.reboot();
		await machine.events.login();
		expect(await isActive(machine)).toBe('active');
	});
});

test('a service that is not enabled does not start at boot', async () => {
	const machine = await running({lingering: true});
	await type(machine, 'systemctl --user disable vira.service');
	await machine.events.reboot();
	expect(await isActive(machine)).toBe('inactive');
});

test('a reboot lets Vira write its checkpoint, a power cut does not', async () => {
	const last = async (machine: Rehearsal): Promise<string> =>
		(await type(machine, 'journalctl --user -u vira.service -n 9 -o cat')).stdout;
	const [rebooted, cut] = [await running(), await running()];
	await rebooted.events.reboot();
	await cut.events.cutPower();
	expect(await last(rebooted)).toContain('Checkpoint written');
	expect(await last(cut)).not.toContain('Checkpoint written');
});
