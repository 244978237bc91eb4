import {describe, expect, test} from '@jest/globals';
import type {Simulation} from '../support/simulated-linux.ts';
import {setUp} from '../support/linux-states.ts';
import {lines, told} from '../support/run-command.ts';

const nine = Date.UTC(2026, 2, 2, 9);

const line = (count: number) => ({
	at: nine - (60 - count) * 60_000,
	by: 'vira',
	pid: 7,
	text: `said ${count}`,
});

/** A machine whose journal has one line a minute until nine, which is a few seconds ago: said 1 to said 59. */
const withJournal = async (systemd: number): Promise<Simulation> => {
	const machine = await setUp({systemd});
	const {units} = await machine.events.state();
	const invocation = units['vira.service']?.invocation;
	const said = Array.from({length: 59}, (_, index) => ({...line(index + 1), invocation}));
	await machine.events.change({journal: {'vira.service': said}});
	return machine;
};

const saidIn = (shown: readonly (number | string)[]): readonly string[] =>
	shown.flatMap((one) => /: (.*)$/u.exec(String(one))?.[1] ?? []);

describe.each([247, 252, 257])('with systemd %i', (systemd) => {
	test.each([
		['-n 3 --since today', ['said 57', 'said 58', 'said 59']],
		['-n 1 --since 2026-03-01', ['said 59']],
		['-n 9 --since -3min', ['said 58', 'said 59']],
		['-n 0 --since today', []],
		['-n 3 --since tomorrow', []],
		['-n 2', ['said 58', 'said 59']],
	])('logs %s shows %j', async (words, said) => {
		const machine = await withJournal(systemd);
		expect(saidIn(await lines(machine, `logs ${words}`))).toEqual(said);
		const [, document] = await told(machine, `logs ${words}`);
		expect(saidIn(document['lines'] as readonly string[])).toEqual(said);
	});

	test.each([
		['-n 2 --since today', ['said 58', 'said 59', 'later 1', 'later 2']],
		['-n 0 --since today', ['later 1', 'later 2']],
		['-n 5 --since now', ['later 1', 'later 2']],
	])('logs -f %s shows %j: no line is missing or repeated', async (words, said) => {
		const machine = await withJournal(systemd);
		const ending = new AbortController();
		const passed: string[] = [];
		const pass = async (bytes: Uint8Array): Promise<boolean> => {
			passed.push(Buffer.from(bytes).toString());
			if (passed.join('').includes('later 2')) ending.abort();
			return true;
		};
		const speaking: Simulation = {
			...machine,
			run: async (command, options) => {
				const answer = machine.run(command, options);
				if (command.includes('--follow')) void say(machine, 'later 1').then(() => say(machine, 'later 2'));
				return answer;
			},
		};
		expect(await lines(speaking, `logs -f ${words}`, {signal: ending.signal, output: {pass}})).toEqual([130]);
		expect(saidIn(passed.join('').split('\n'))).toEqual(said);
	});
});

/** The service logs a line now. */
const say = async (machine: Simulation, text: string): Promise<void> => {
	const {journal, clock} = await machine.events.state();
	const said = [...(journal['vira.service'] ?? []), {at: clock + 1, by: 'vira', pid: 7, text}];
	await machine.events.change({journal: {'vira.service': said}});
};
