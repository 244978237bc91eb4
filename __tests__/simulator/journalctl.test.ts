import {describe, expect, test} from '@jest/globals';
import type {JournalLine, MachineState} from '../../src/simulator/machine-state.ts';
import {simulate, type Simulation} from '../support/simulated-linux.ts';
import {type} from '../support/installed.ts';

const ci = {user: {name: 'ci', uid: 998, home: '/home/ci', sudoFrom: undefined}};
const nine = Date.UTC(2026, 2, 2, 9);

const line = (count: number, rest: Partial<JournalLine> = {}): JournalLine => ({
	...{at: nine - 60_000 + count, by: 'vira', pid: 7, text: `said ${count}`, invocation: 'a1'},
	...rest,
});

const withLines = async (
	given: Partial<MachineState>,
	...lines: readonly JournalLine[]
): Promise<Simulation> => {
	const machine = await simulate(given);
	await machine.events.change({journal: {'vira.service': [...lines]}});
	return machine;
};

const nineLines = (given: Partial<MachineState> = {}) =>
	withLines(given, ...Array.from({length: 9}, (_, index) => line(index + 1)));

const noFiles = {exitCode: 0, stdout: '-- No entries --', stderr: 'No journal files were found.'};
const denied = {
	exitCode: 1,
	stdout: '',
	stderr: expect.stringMatching(
		/^Hint: [^]*No journal files were opened due to insufficient permissions\.$/u,
	),
};
const lines = {exitCode: 0, stdout: expect.stringContaining('said 9'), stderr: ''};

describe('the files that journalctl finds, as measured with systemd 247, 252 and 257', () => {
	test.each<readonly [string, Partial<MachineState>, string, object, object, object]>([
		['alice', {}, '--user --unit', lines, lines, lines],
		['alice', {}, '--user-unit', lines, lines, lines],
		['a system account', ci, '--user --unit', noFiles, noFiles, denied],
		['a system account', ci, '--user-unit', denied, denied, denied],
		['one in systemd-journal', {...ci, inJournalGroup: true}, '--user --unit', noFiles, noFiles, lines],
		['one in systemd-journal', {...ci, inJournalGroup: true}, '--user-unit', lines, lines, lines],
		['alice, all in /run', {journalReadable: false}, '--user --unit', denied, denied, denied],
		['alice, all in /run', {journalReadable: false}, '--user-unit', denied, denied, denied],
		[
			'alice in systemd-journal, all in /run',
			{journalReadable: false, inJournalGroup: true},
			'--user --unit',
			...([noFiles, noFiles, noFiles] as const),
		],
		[
			'alice in systemd-journal, all in /run',
			{journalReadable: false, inJournalGroup: true},
			'--user-unit',
			...([lines, lines, lines] as const),
		],
		['any user, with Storage=none', {journalKept: false}, '--user-unit', noFiles, noFiles, noFiles],
	])('%s (%j), %s', async (_, given, flag, ...answers) => {
		for (const [index, systemd] of [247, 252, 257].entries()) {
			const machine = await nineLines({...given, systemd});
			expect(await type(machine, `journalctl ${flag}=vira.service`)).toMatchObject(answers[index] ?? {});
		}
	});

	test('without notices, nothing says that there are no files', async () => {
		const machine = await nineLines({journalKept: false});
		for (const flag of ['--quiet', '--output=cat', '--output=json'])
			expect(await type(machine, `journalctl --user-unit=vira.service ${flag}`)).toMatchObject({
				exitCode: 0,
				stdout: '',
				stderr: '',
			});
	});
});

const cat = 'journalctl --user-unit=vira.service --output=cat';
const since = '--since=today';

describe('the lines that journalctl shows', () => {
	test.each([
		[247, `--lines=2 ${since}`, 'said 1\nsaid 2'],
		[252, `--lines=2 ${since}`, 'said 1\nsaid 2'],
		[254, `--lines=2 ${since}`, 'said 8\nsaid 9'],
		[252, '--lines=2', 'said 8\nsaid 9'],
		[252, `--lines=2 ${since} --reverse`, 'said 9\nsaid 8'],
		[252, '--lines=0', ''],
	])('systemd %i, %s: %j', async (systemd, flags, shown) => {
		expect((await type(await nineLines({systemd}), `${cat} ${flags}`)).stdout).toBe(shown);
	});

	test('from or after a cursor', async () => {
		const machine = await nineLines();
		const {stdout} = await type(machine, `${cat} --lines=2 --reverse --show-cursor`);
		const [, , cursor = ''] = stdout.split('\n').map((one) => one.replace('-- cursor: ', ''));
		expect((await type(machine, `${cat} --cursor=${cursor}`)).stdout).toBe('said 8\nsaid 9');
		expect((await type(machine, `${cat} --cursor=${cursor} --lines=1`)).stdout).toBe('said 8');
		expect((await type(machine, `${cat} --after-cursor=${cursor}`)).stdout).toBe('said 9');
	});

	test('a cursor is printed even if no line is shown', async () => {
		const {stdout} = await type(await nineLines(), `${cat} --since=tomorrow --reverse --show-cursor`);
		expect(stdout).toMatch(/^-- cursor: \S+$/u);
	});

	test('lines of one start, by the fields of the process that logged them', async () => {
		const machine = await withLines(
			{},
			line(1, {invocation: 'b2'}),
			line(2),
			line(3, {by: 'systemd', pid: 912}),
			line(4, {pid: 8, unitLost: true}),
			line(5, {pid: 8, by: 'systemd', invocation: undefined}),
		);
		const matching = async (matches: string) =>
			(await type(machine, `journalctl --output=cat ${matches}`)).stdout.split('\n');
		expect(await matching('_SYSTEMD_INVOCATION_ID=a1')).toEqual(['said 2']);
		expect(await matching('_SYSTEMD_INVOCATION_ID=a1 + USER_INVOCATION_ID=a1 _UID=1000')).toEqual([
			'said 2',
			'said 3',
		]);
		expect(await matching('_PID=8 _TRANSPORT=stdout')).toEqual(['said 4']);
		expect((await type(machine, cat)).stdout).not.toContain('said 4');
	});

	test('colors are removed, and binary data is not shown', async () => {
		const machine = await withLines(
			{},
			line(1, {text: '\u001B[31mred\u001B[0m 🚀'}),
			line(2, {text: 'a\rb'}),
		);
		expect((await type(machine, 'journalctl --user-unit=vira.service')).stdout.split('\n')).toEqual([
			'Mar 02 08:59:00 simulated vira[7]: red 🚀',
			'Mar 02 08:59:00 simulated vira[7]: [3B blob data]',
		]);
	});
});
