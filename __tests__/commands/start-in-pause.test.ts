import {describe, expect, test} from '@jest/globals';
import type {Simulation} from '../support/simulated-linux.ts';
import {isActive, show, type} from '../support/installed.ts';
import {behave, setUp} from '../support/linux-states.ts';
import {printed} from '../support/simulated-mac.ts';
import {macStates} from '../support/mac-states.ts';
import {lines, progress, run, told} from '../support/run-command.ts';

/** Vira has exited twice, and systemd waits before it restarts it; then the problem is fixed. */
const inPause = async (
	systemd: number,
	behaviour: 'well' | 'exits-at-once' = 'well',
): Promise<Simulation> => {
	const machine = await setUp({systemd});
	await behave(machine, 'exits-at-once');
	await type(machine, 'systemctl --user restart vira.service');
	await machine.sleep(6000);
	await behave(machine, behaviour);
	expect(await show(machine, 'NRestarts,SubState')).toBe('NRestarts=1\nSubState=auto-restart');
	return machine;
};

describe.each([247, 252, 257])('with systemd %i, in the pause before a restart', (systemd) => {
	test.each(['start', 'restart'])('%s runs Vira immediately, and reports it as healthy', async (verb) => {
		const machine = await inPause(systemd);
		const began = machine.now();
		expect(await told(machine, verb)).toMatchObject([0, {outcome: 'started', changed: true, healthy: true}]);
		// The time that a process has to survive.
		expect(machine.now() - began).toBeLessThan(4000);
		expect(await show(machine, 'NRestarts')).toBe('NRestarts=0');
	});

	test.each([
		['without a change', []],
		['with a change', ['--job-retention-days', '15']],
	])('an installation %s runs Vira, and reports it as healthy', async (_, words) => {
		const machine = await inPause(systemd);
		const {code, document} = await run(machine, ...words);
		expect([code, document.outcome, document['healthy']]).toEqual([0, 'updated', true]);
		expect(await isActive(machine)).toBe('active');
	});

	test('doctor --fix runs Vira, and finds no further problem', async () => {
		const machine = await inPause(systemd);
		expect(await told(machine, 'doctor --fix')).toMatchObject([0, {healthy: true}]);
		expect(await told(machine, 'status')).toMatchObject([0, {healthy: true, drift: []}]);
	});

	test.each(['start', 'restart'])(
		'%s of a Vira that still exits immediately fails, and leaves it to systemd',
		async (verb) => {
			const machine = await inPause(systemd, 'exits-at-once');
			expect(await told(machine, verb)).toMatchObject([
				6,
				{outcome: 'failed', serviceState: 'retrying', changed: true},
			]);
		},
	);
});

describe('on a Mac, while launchd waits before it starts Vira again', () => {
	const crashed = async () => {
		const machine = await macStates.crashed();
		await machine.events.changeMac({behaviours: {}});
		expect(await printed(machine, ['state'])).toBe('state = spawn scheduled');
		return machine;
	};

	test.each(['start', 'restart'])('%s runs Vira, and reports it as healthy', async (verb) => {
		expect(await told(await crashed(), verb)).toMatchObject([0, {outcome: 'started', healthy: true}]);
	});

	test.each([[[]], [['--job-retention-days', '15']]])('so does an installation (%j)', async (words) => {
		const {code, document} = await run(await crashed(), ...words);
		expect([code, document.outcome, document['healthy']]).toEqual([0, 'updated', true]);
	});

	test('so does doctor --fix', async () => {
		expect(await told(await crashed(), 'doctor --fix')).toMatchObject([0, {healthy: true}]);
	});
});

/** The machine, on which the run is ended as soon as a command has been run. */
const endedAfter = (machine: Simulation, verb: string) => {
	const ending = new AbortController();
	const watched: Simulation = {
		...machine,
		run: async (command, options) => {
			const result = await machine.run(command, options);
			if (command[0] === 'systemctl' && command.includes(verb)) ending.abort();
			return result;
		},
	};
	return {system: watched, signal: ending.signal};
};

describe('cancelled in the pause before a restart', () => {
	test.each(['start', 'restart'])('%s leaves Vira running, and says so', async (verb) => {
		const machine = await inPause(252);
		const {system, signal} = endedAfter(machine, 'restart');
		expect(await told(system, verb, {signal})).toMatchObject([
			130,
			{outcome: 'cancelled', changed: true, serviceState: 'running'},
		]);
		expect(await isActive(machine)).toBe('active');
	});

	test('a start of a Vira that still exits leaves it to systemd, as before', async () => {
		const machine = await inPause(252, 'exits-at-once');
		const {system, signal} = endedAfter(machine, 'reset-failed');
		expect(await lines(system, 'start', {signal})).toEqual([
			130,
			'Cancelled.',
			'Everything is as it was before.',
		]);
		expect(await show(machine, 'SubState')).toBe('SubState=auto-restart');
	});

	test.each([[['doctor', '--fix']], [[]]])('%j reports that Vira is running now', async (words) => {
		const machine = await inPause(252);
		const {system, signal} = endedAfter(machine, 'restart');
		const [status, ...said] = await lines(system, [...words, ...(words.length === 0 ? ['--json'] : [])], {
			signal,
		});
		expect(status).toBe(130);
		expect(said.join('\n')).toContain('Vira was waiting for its next restart before but is running now.');
		expect(await isActive(machine)).toBe('active');
	});
});

describe('a program that exits immediately', () => {
	/** With Type=exec, systemd may see the exit of a process before it has reported its start. */
	const seenTooSoon = (machine: Simulation): Simulation => ({
		...machine,
		run: async (command, options) => {
			const result = await machine.run(command, options);
			if (!command.includes('start') && !command.includes('restart')) return result;
			await machine.sleep(100);
			return {...result, exitCode: 1, stderr: 'Job for vira.service failed.'};
		},
	});

	const stopped = async () => {
		const machine = await setUp();
		await type(machine, 'systemctl --user stop vira.service');
		await behave(machine, 'exits-at-once');
		return machine;
	};

	test.each(['start', 'restart'])(
		'%s ends in the same way, whether or not systemd reports the start as failed',
		async (verb) => {
			const [one, other] = [await stopped(), await stopped()];
			const ends = [await lines(one, verb), await lines(seenTooSoon(other), verb)];
			expect(ends[1]?.slice(0, 4)).toEqual(ends[0]?.slice(0, 4));
			expect(ends[0]?.slice(0, 3)).toEqual([
				6,
				'✖ Vira exited with status 1.',
				'  Vira did not start properly.',
			]);
			expect(await Promise.all([one, other].map((machine) => show(machine, 'SubState')))).toEqual([
				'SubState=auto-restart',
				'SubState=auto-restart',
			]);
		},
	);

	test('what systemd does is reported once', async () => {
		expect(await progress(seenTooSoon(await stopped()), 'start')).toContain('✖ Start Vira');
	});
});
