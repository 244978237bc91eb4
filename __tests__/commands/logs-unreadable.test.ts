import {describe, expect, test} from '@jest/globals';
import type {MachineState} from '../../src/simulator/machine-state.ts';
import type {Simulation} from '../support/simulated-linux.ts';
import {setUp} from '../support/linux-states.ts';
import {lines, told} from '../support/run-command.ts';

/** A CI account: a system account, for which journald keeps no journal of its own. */
const ci = {user: {name: 'ci', uid: 998, home: '/home/ci', sudoFrom: undefined}};

const fixes = (name: string, uid: number): readonly string[] => [
	`  sudo journalctl _UID=${uid} _SYSTEMD_USER_UNIT=vira.service + _UID=${uid} USER_UNIT=vira.service   shows the log`,
	`  sudo usermod --append --groups systemd-journal ${name}   lets ${name} read it from its next session on`,
];

const refused = (name: string, uid: number): readonly (number | string)[] => [
	4,
	`vira-setup: Cannot read the log: it is in the system journal, which ${name} has no permission to read.`,
	...fixes(name, uid),
];

const asked = ['logs', 'logs -f', 'logs -n 5 --since today', 'logs --since tomorrow'];

describe.each([247, 252, 257])('with systemd %i', (systemd) => {
	test.each(asked)('a system account: %s shows the command that reads the log, exit 4', async (words) => {
		expect(await lines(await setUp({...ci, systemd}), words)).toEqual(refused('ci', 998));
	});

	test('a system account in the group systemd-journal sees its log', async () => {
		const machine = await setUp({...ci, systemd, inJournalGroup: true});
		expect((await lines(machine, 'logs -n 1'))[1]).toContain('Valid for: localhost');
	});

	test.each(asked)('a journal in /run that alice cannot read: %s exits with 4', async (words) => {
		const machine = await setUp({systemd, journalReadable: false});
		expect(await lines(machine, words)).toEqual(refused('alice', 1000));
	});

	test('a journal in /run is shown to members of the group systemd-journal', async () => {
		const machine = await setUp({systemd, journalReadable: false, inJournalGroup: true});
		expect((await lines(machine, 'logs -n 1'))[1]).toContain('Valid for: localhost');
	});

	test.each(asked)('no journal at all: %s says so, exit 3', async (words) => {
		expect(await lines(await setUp({systemd, journalKept: false}), words)).toEqual([
			3,
			'vira-setup: journald does not store a journal on this machine, so the service has no log.',
			'journalctl finds no journal files. Storage= in /etc/systemd/journald.conf controls whether there are any.',
			'  Set Storage=persistent in /etc/systemd/journald.conf, then: sudo systemctl restart systemd-journald',
			'  vira-setup restart   starts a new log',
		]);
	});
});

test.each<readonly [string, Partial<MachineState>, number, string]>([
	['a system account', ci, 4, 'privilege'],
	['a journal in /run', {journalReadable: false}, 4, 'privilege'],
	['no journal', {journalKept: false}, 3, 'unsuitable'],
])('%s: the document says it, and has no lines', async (_, given, status, code) => {
	const answer = await told(await setUp(given), 'logs');
	expect(answer).toMatchObject([status, {outcome: 'failed', error: {code}}]);
	expect(answer[1]).not.toHaveProperty('lines');
});

describe('a running service without journal lines for alice', () => {
	const withoutLines = async () => {
		const machine = await setUp();
		await machine.events.change({journal: {}});
		return machine;
	};

	test('is not reported as silent', async () => {
		expect(await lines(await withoutLines(), 'logs')).toEqual([
			4,
			'vira-setup: Cannot read the log: the journal has no lines of this service that alice can read.',
			'They are in a part of the journal that alice cannot read, or were deleted because of their age.',
			...fixes('alice', 1000),
		]);
	});

	test('is followed all the same: new lines may appear there', async () => {
		const machine = await withoutLines();
		const ending = new AbortController();
		const following: Simulation = {
			...machine,
			run: async (command, options) => {
				if (command.includes('--follow')) ending.abort();
				return machine.run(command, options);
			},
		};
		expect(await lines(following, 'logs -f', {signal: ending.signal})).toEqual([130]);
		expect(ending.signal.aborted).toBe(true);
	});

	test('-n 0 asks for no lines, and gets no notice', async () => {
		expect(await lines(await withoutLines(), 'logs -n 0')).toEqual([0]);
	});
});

test('a journalctl that times out is not an empty log', async () => {
	const machine = await setUp();
	const late = {exitCode: undefined, stdout: '', stderr: '', timedOut: true, found: true};
	const slow: Simulation = {
		...machine,
		run: async (command, options) => (command[0] === 'journalctl' ? late : machine.run(command, options)),
	};
	expect(await lines(slow, 'logs')).toEqual([
		5,
		'vira-setup: journalctl could not show the log.',
		'It timed out.',
	]);
});
