import {expect, test} from '@jest/globals';
import {rehearsalLinux} from '../../../src/platform/rehearsal/rehearsal-linux.ts';
import {stageFiles} from '../../../src/platform/stage-files.ts';
import {newFolder, rehearse} from '../../support/rehearsal.ts';

test('sleeping moves the clock of the machine, and nothing else', async () => {
	const machine = await rehearse({clock: Date.UTC(2026, 0, 1)});
	await machine.sleep(3_600_000);
	expect(new Date(machine.now()).toISOString()).toBe('2026-01-01T01:00:00.000Z');
});

test('who was told to stop does not sleep', async () => {
	const machine = await rehearse({clock: 0});
	await machine.sleep(1000, AbortSignal.abort());
	expect(machine.now()).toBe(0);
});

test('asking again and again comes to an end: a command takes its time', async () => {
	const machine = await rehearse({clock: 0});
	await machine.run(['id']);
	expect(machine.now()).toBeGreaterThan(0);
});

test('at a lifelike pace a person waits a little, however long the machine sleeps', async () => {
	const waited: number[] = [];
	const machine = await rehearsalLinux({
		files: stageFiles,
		folder: newFolder(),
		pace: 'lifelike',
		wait: async (ms) => {
			waited.push(ms);
		},
	});
	await machine.sleep(5);
	await machine.sleep(10_000);
	await machine.run(['id']);
	expect(waited).toEqual([5, 60, 30]);
});

test('what is asked at the same time happens one after the other', async () => {
	const machine = await rehearse({clock: 0});
	await Promise.all(Array.from({length: 20}, () => machine.sleep(100)));
	expect(machine.now()).toBe(2000);
});
