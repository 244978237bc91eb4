import {describe, expect, test} from '@jest/globals';
import type {MachineState} from '../../src/simulator/machine-state.ts';
import {simulate, type Simulation} from '../support/simulated-linux.ts';
import {isActive, machineWithUnit, type, typeAll} from '../support/installed.ts';

const enableLinger = 'loginctl --no-ask-password enable-linger alice';
const disableLinger = 'loginctl --no-ask-password disable-linger alice';
const managerVersion = 'systemctl --user show --property=Version';
const lingerFile = '/var/lib/systemd/linger/alice';

const running = async (state: Partial<MachineState> = {}): Promise<Simulation> => {
	const machine = await machineWithUnit(state);
	await typeAll(machine, 'systemctl --user enable vira.service', 'systemctl --user start vira.service');
	return machine;
};

const linger = async (machine: Simulation): Promise<string> =>
	(await type(machine, 'loginctl show-user alice --property=Linger --value')).stdout;

/** Whether the page responds, which is what counts. */
const answers = async (machine: Simulation): Promise<boolean> =>
	(await machine.ask('https://localhost:5005/', {timeoutMs: 1000})).answered;

describe('turning lingering on', () => {
	test('creates its file, and turning it off removes that', async () => {
		const machine = await simulate();
		await type(machine, enableLinger);
		expect([await linger(machine), await machine.readFile(lingerFile)]).toEqual(['yes', '']);
		await type(machine, disableLinger);
		expect([await linger(machine), await machine.inspect(lingerFile)]).toEqual(['no', undefined]);
	});

	test('without a session starts the user manager, which responds a moment later', async () => {
		const machine = await simulate({session: false});
		expect((await type(machine, enableLinger)).exitCode).toBe(0);
		expect(await type(machine, managerVersion)).toMatchObject({
			exitCode: 1,
			stderr: 'Failed to connect to bus: No such file or directory',
		});
		await machine.sleep(300);
		expect(await type(machine, managerVersion)).toMatchObject({exitCode: 0});
	});

	test.each([
		['by the policy of the machine', {lingerRefused: true}, enableLinger],
		['for another account', {}, enableLinger.replace('alice', 'root')],
	])('can be refused: %s', async (_, state, line) => {
		const machine = await simulate(state);
		expect(await type(machine, line)).toMatchObject({
			exitCode: 1,
			stderr: 'Could not enable linger: Interactive authentication required.',
		});
		expect(await linger(machine)).toBe('no');
	});
});

test('turning lingering off without a session ends the user manager and its services', async () => {
	const machine = await running({session: false, lingering: true});
	await type(machine, disableLinger);
	expect(await answers(machine)).toBe(false);
	expect((await type(machine, managerVersion)).exitCode).toBe(1);
});

describe.each([false, true])('with lingering %s', (lingering) => {
	test.each(['logout', 'reboot'] as const)(
		`after a %s the service runs: ${String(lingering)}; after a login it runs`,
		async (happens) => {
			const machine = await running({lingering});
			await machine.events[happens]();
			expect(await answers(machine)).toBe(lingering);
			await machine.events.login();
			expect(await answers(machine)).toBe(true);
		},
	);
});

test('a service that is not enabled does not start at boot', async () => {
	const machine = await running({lingering: true});
	await type(machine, 'systemctl --user disable vira.service');
	await machine.events.reboot();
	expect(await isActive(machine)).toBe('inactive');
});
