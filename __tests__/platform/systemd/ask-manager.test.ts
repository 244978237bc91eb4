import {expect, test} from '@jest/globals';
import {simulate, type Simulation} from '../../support/simulated-linux.ts';
import {askManager} from '../../../src/platform/systemd/systemctl.ts';
import type {System} from '../../../src/platform/system.ts';
import {isActive} from '../../support/installed.ts';
import {setUp} from '../../support/linux-states.ts';
import {told} from '../../support/run-command.ts';

/** As systemctl reports it while the user manager re-executes itself (seen with 252 and 257). */
const unanswered = [
	'Failed to get properties: Transport endpoint is not connected',
	'Failed to get properties: Message recipient disconnected from message bus without replying',
	'Failed to connect to bus: Connection refused',
	'Failed to connect to user scope bus via local transport: Connection refused',
	'Failed to get properties: Connection reset by peer',
	'Reload daemon failed: Connection reset by peer',
];

/** The machine; this many attempts of each systemctl command get no answer. */
const reexecuting = (machine: Simulation, tries: number): System => {
	const asked = new Map<string, number>();
	return {
		...machine,
		run: async (command, options) => {
			const text = command.join(' ');
			const count = asked.get(text) ?? 0;
			if (!text.includes('systemctl --user') || count >= tries) return machine.run(command, options);
			asked.set(text, count + 1);
			const stderr = unanswered[count % unanswered.length] ?? '';
			return {exitCode: 1, stdout: '', stderr, timedOut: false, found: true};
		},
	};
};

test('while the user manager re-executes itself in the middle of a run, each query is repeated, and the run succeeds', async () => {
	const machine = await simulate();
	expect(await told(reexecuting(machine, unanswered.length), '--non-interactive')).toMatchObject([
		0,
		{outcome: 'installed'},
	]);
	expect(await isActive(machine)).toBe('active');
	for (const command of ['status', 'restart', 'stop'])
		expect((await told(reexecuting(machine, unanswered.length), command))[0]).toBe(0);
});

test('a user manager that never responds is not queried forever', async () => {
	const machine = await setUp();
	const began = machine.now();
	expect(await told(reexecuting(machine, 1000), 'status')).toMatchObject([1, {state: 'unknown'}]);
	expect(machine.now() - began).toBeLessThan(30_000);
});

/** The machine with a user manager that hangs: each caller waits as long as its limit. */
const hanging = (machine: Simulation): System => ({
	...machine,
	run: async (command, options) => {
		if (!command.join(' ').includes('systemctl --user')) return machine.run(command, options);
		await machine.sleep(options?.timeoutMs ?? 10_000);
		return {exitCode: undefined, stdout: '', stderr: '', timedOut: true, found: true};
	},
});

test.each(['status', 'doctor', 'stop', 'logs'])(
	'a user manager that hangs delays %s by some seconds, once',
	async (command) => {
		const machine = await setUp();
		const began = machine.now();
		await told(hanging(machine), command);
		expect(machine.now() - began).toBeLessThan(8000);
	},
);

test('a user manager that responds again gets the full time limit again', async () => {
	const machine = await setUp();
	const limits: (number | undefined)[] = [];
	let timedOut = true;
	const system: System = {
		...machine,
		run: async (_, options) => {
			limits.push(options?.timeoutMs);
			return {exitCode: timedOut ? undefined : 0, stdout: '', stderr: '', timedOut, found: true};
		},
	};
	const ask = () => askManager(system, ['systemctl', '--user', 'show'], {timeoutMs: 5000});
	await ask();
	await ask();
	timedOut = false;
	await ask();
	await ask();
	expect(limits).toEqual([5000, 500, 500, 5000]);
});
