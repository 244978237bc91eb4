import {expect, test} from '@jest/globals';
import {simulate, type Simulation} from '../support/simulated-linux.ts';
import {show, type} from '../support/installed.ts';
import {behave, linuxStates, setUp} from '../support/linux-states.ts';
import {pictureOf} from '../support/picture-of.ts';
import {lines, run, told} from '../support/run-command.ts';

/** Starts a Vira that crashes once, and that systemd has restarted by the first check. */
const crashOnce = async <T>(machine: Simulation, start: () => Promise<T>): Promise<T> => {
	await behave(machine, 'exits-at-once');
	const result = await start();
	await machine.sleep(100);
	await behave(machine, 'well');
	await machine.sleep(10_000);
	return result;
};

/** The machine, on which every start is such a one. */
const crashing = (machine: Simulation): Simulation => ({
	...machine,
	run: (command, options) =>
		command.includes('start') || command.includes('restart')
			? crashOnce(machine, () => machine.run(command, options))
			: machine.run(command, options),
});

test('a restart that systemd counted before the first check makes an installation fail', async () => {
	const machine = await simulate();
	const before = await pictureOf(machine);
	const {code, document} = await run(crashing(machine));
	expect([code, document.outcome, document['error']]).toEqual([
		6,
		'failed',
		expect.objectContaining({
			message: expect.stringContaining('Vira exited and was restarted.'),
		}),
	]);
	expect(await pictureOf(machine)).toEqual(before);
});

test.each([
	['start', 'stopped'],
	['restart', 'running'],
] as const)('such a restart makes a %s fail', async (verb, state) => {
	const machine = await linuxStates[state]();
	const [status, ...said] = await lines(crashing(machine), verb);
	expect([status, said]).toEqual([6, expect.arrayContaining(['✖ Vira exited and was restarted.'])]);
});

test('a restart from before the run does not count against a running service', async () => {
	const machine = await setUp();
	await crashOnce(machine, () => type(machine, 'systemctl --user restart vira.service'));
	expect(await show(machine, 'NRestarts')).toBe('NRestarts=1');
	expect(await told(machine, 'start')).toMatchObject([0, {outcome: 'unchanged', healthy: true}]);
	expect(await run(machine)).toMatchObject({code: 0, document: {outcome: 'unchanged'}});
});
