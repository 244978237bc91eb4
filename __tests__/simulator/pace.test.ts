import {expect, test} from '@jest/globals';
import {diskFiles} from '../../src/simulator/files/disk-files.ts';
import {newFolder} from '../support/new-folder.ts';
import {openSimulation, simulate} from '../support/simulated-linux.ts';

test('waits are short for a person, however long the machine sleeps', async () => {
	const waited: number[] = [];
	const machine = await openSimulation({
		files: diskFiles,
		folder: newFolder(),
		pace: 'lifelike',
		wait: async (ms) => {
			waited.push(ms);
		},
	});
	await machine.sleep(5);
	await machine.sleep(10_000);
	await machine.run(['vira', '--version']);
	expect(waited).toEqual([5, 60, 30]);
});

test('time passes while the machine sleeps and with each command, but not after an abort', async () => {
	const machine = await simulate({clock: 0});
	await machine.sleep(1000, AbortSignal.abort());
	expect(machine.now()).toBe(0);
	await machine.sleep(3_600_000);
	await machine.run(['vira', '--version']);
	expect(machine.now()).toBe(3_600_010);
});

test('simultaneous requests run one after the other', async () => {
	const machine = await simulate({clock: 0});
	await Promise.all(Array.from({length: 20}, () => machine.sleep(100)));
	expect(machine.now()).toBe(2000);
});
