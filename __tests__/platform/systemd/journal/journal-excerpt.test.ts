import {describe, expect, test} from '@jest/globals';
import type {JournalLine, MachineState} from '../../../../src/simulator/machine-state.ts';
import type {Simulation} from '../../../support/simulated-linux.ts';
import {readJournalExcerpt} from '../../../../src/platform/systemd/journal/journal-excerpt.ts';
import {type} from '../../../support/installed.ts';
import {behave, linuxStates, setUp} from '../../../support/linux-states.ts';

const stop = 'systemctl --user stop vira.service';
const restart = 'systemctl --user restart vira.service';

const unitOf = async (machine: Simulation) => (await machine.events.state()).units['vira.service'];

/** The service logs this, as its last process. */
const say = async (machine: Simulation, count: number, rest: Partial<JournalLine> = {}): Promise<void> => {
	const {journal, clock} = await machine.events.state();
	const {invocation, lastPid: pid = 0} = (await unitOf(machine)) ?? {};
	const said = Array.from({length: count}, (_, index) => ({
		...{at: clock, by: 'vira', pid, invocation, text: `said ${index + 1}`},
		...rest,
	}));
	await machine.events.change({journal: {'vira.service': [...(journal['vira.service'] ?? []), ...said]}});
};

describe('from the log, a report has', () => {
	test('nothing of the process that was stopped for this start', async () => {
		const machine = await setUp();
		await say(machine, 30);
		await type(machine, restart);
		await machine.sleep(100);
		const {lines} = await readJournalExcerpt(machine);
		expect(lines).toContainEqual(expect.stringContaining('Launching at https://localhost:5005'));
		expect(lines.filter((line) => /said|Stop/u.test(line))).toEqual([]);
	});

	test.each([247, 252, 257])('with systemd %i the newest 20 lines of a longer start', async (systemd) => {
		const machine = await setUp({systemd});
		await say(machine, 30);
		const {lines} = await readJournalExcerpt(machine);
		expect(lines).toEqual(Array.from({length: 20}, (_, index) => `said ${index + 11}`));
	});

	test('in the pause before the next attempt, the lines of the last process', async () => {
		const machine = await setUp();
		await behave(machine, 'exits-at-once');
		await type(machine, restart);
		await machine.sleep(1000);
		expect(await unitOf(machine)).toMatchObject({sub: 'auto-restart', mainPid: 0});
		expect((await readJournalExcerpt(machine)).lines.slice(-3)).toEqual([
			'vira: something is wrong with this Vira',
			'vira.service: Main process exited, code=exited, status=1/FAILURE',
			"vira.service: Failed with result 'exit-code'.",
		]);
	});

	test('after systemd gave up, the lines of the last process, and that it gave up', async () => {
		const {lines} = await readJournalExcerpt(await linuxStates.failed());
		expect(lines).toContain('vira: something is wrong with this Vira');
		expect(lines).toContain('vira.service: Start request repeated too quickly.');
		expect(lines.filter((line) => line.startsWith('Starting')).length).toBeLessThan(2);
	});

	test('the lines of a process that exited before journald examined it', async () => {
		const machine = await setUp();
		await say(machine, 1, {unitLost: true, text: 'gone at once'});
		expect((await readJournalExcerpt(machine)).lines.at(-1)).toBe('gone at once');
	});

	test('colors and emoji as Vira writes them', async () => {
		const machine = await setUp();
		await say(machine, 1, {text: '\u001B[31m🚀 red\u001B[0m'});
		expect((await readJournalExcerpt(machine)).lines.at(-1)).toBe('\u001B[31m🚀 red\u001B[0m');
	});

	test('for a start that systemd has forgotten, the lines in the journal', async () => {
		const machine = await setUp();
		await type(machine, 'systemctl --user disable vira.service');
		await type(machine, restart);
		await machine.sleep(100);
		await type(machine, stop);
		expect((await unitOf(machine))?.invocation).toBeUndefined();
		const {lines} = await readJournalExcerpt(machine);
		expect(lines.at(-1)).toBe('Stopped vira.service - Vira web application.');
		expect(lines.filter((line) => line.startsWith('Stopped'))).toHaveLength(1);
	});
});

test('lines that reach the journal a moment later', async () => {
	const machine = await setUp();
	const {journal} = await machine.events.state();
	await machine.events.change({journal: {}});
	const late: Simulation = {
		...machine,
		sleep: async (ms) => {
			await machine.sleep(ms);
			await machine.events.change({journal});
		},
	};
	expect((await readJournalExcerpt(late)).lines).toContainEqual(
		expect.stringContaining('Launching at https://localhost:5005'),
	);
});

test.each<readonly [string, Partial<MachineState>, string]>([
	[
		'no journal is kept',
		{journalKept: false},
		'journald does not store a journal on this machine, so the service has no log.',
	],
	['it may not be read', {journalReadable: false}, 'Cannot read the log: it is in the system journal'],
])('where %s, that is said, and no line is one of ours', async (_, change, what) => {
	const machine = await setUp();
	await machine.events.change(change);
	const {lines, unreadable} = await readJournalExcerpt(machine);
	expect([lines, unreadable?.message]).toEqual([[], expect.stringContaining(what)]);
});

test('with a user manager that does not respond, the lines of the last start in the journal', async () => {
	const machine = await linuxStates['no session']();
	expect((await readJournalExcerpt(machine)).lines.at(-1)).toContain('Stopped vira.service');
});

test('no lines for a service that was never started, which is not reported as unreadable', async () => {
	const machine = await setUp();
	await machine.events.change({journal: {}, units: {}});
	expect(await readJournalExcerpt(machine)).toEqual({lines: []});
});
