import {describe, expect, test} from '@jest/globals';
import type {System} from '../../src/platform/system.ts';
import {behave, setUp} from '../support/linux-states.ts';
import {run} from '../support/run-command.ts';

/** The machine, whose user manager no longer reports the service once it was stopped that often. */
const silentAfter = (system: System, stops: number): System => {
	let seen = 0;
	return {
		...system,
		run: async (command, options) => {
			if (command[0] === 'systemctl' && command.includes('stop')) seen += 1;
			const isQuestion = command[0] === 'systemctl' && command.includes('show');
			return seen >= stops && isQuestion
				? {exitCode: 1, stdout: '', stderr: 'Failed to connect to bus', timedOut: false, found: true}
				: system.run(command, options);
		},
	};
};

const notUndone = async (system: System): Promise<unknown> =>
	(await run(system, '--port', '8443', '--wait', '3')).document['notUndone'];

describe('after an update that was undone', () => {
	test('a Vira that runs as before is reported as running', async () => {
		const machine = await setUp();
		const well: System = {
			...machine,
			ask: async (url, options) =>
				url.includes(':8443/') ? {answered: false, why: 'timed out'} : machine.ask(url, options),
		};
		expect(await notUndone(well)).toEqual([]);
	});

	test('a Vira that does not keep running is not reported as running', async () => {
		const machine = await setUp();
		await behave(machine, 'exits-at-once');
		expect(await notUndone(machine)).toMatchObject([
			{message: 'Vira was running before but does not keep running now.'},
		]);
	});

	test('a Vira of unknown state is reported as unknown, and not as stopped', async () => {
		const machine = await setUp();
		await behave(machine, 'never-answers');
		// The first stop is for the update, the second undoes its start.
		expect(await notUndone(silentAfter(machine, 2))).toMatchObject([
			{message: 'It is unknown whether Vira is in its previous state.'},
		]);
	});
});
