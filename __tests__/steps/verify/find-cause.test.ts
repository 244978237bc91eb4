import {describe, expect, test} from '@jest/globals';
import type {MachineState} from '../../../src/simulator/machine-state.ts';
import type {Behaviour} from '../../../src/simulator/vira/vira-process.ts';
import {simulate, type Simulation} from '../../support/simulated-linux.ts';
import {simulateMac, type MacSimulation} from '../../support/simulated-mac.ts';
import type {System} from '../../../src/platform/system.ts';
import {setUp} from '../../support/linux-states.ts';
import {macSetUp} from '../../support/mac-setup.ts';
import {run, told} from '../../support/run-command.ts';
import {errorText} from '../../support/notices.ts';

type Machine = Simulation | MacSimulation;

const behave = async (machine: Machine, behaviour: Behaviour): Promise<void> => {
	const {vira} = await machine.events.state();
	if (vira) await machine.events.change({vira: {...vira, behaviour}});
};

/** The machine, which changes as its service manager starts Vira: foreseeable problems are refused earlier. */
const changing = (machine: Machine, change: () => Promise<unknown>): Machine => ({
	...machine,
	run: async (command, options) => {
		if (command.includes('start') || command.includes('bootstrap')) await change();
		return machine.run(command, options);
	},
});

/** The reason for scripts, and the first sentence after the failure. */
const causeIn = (document: Readonly<Record<string, unknown>>): readonly unknown[] => {
	const {reason} = document['error'] as {readonly reason: unknown};
	return [reason, errorText(document).split('\n')[0]];
};

const behaviours: readonly (readonly [Behaviour, string, string])[] = [
	['exits-at-once', 'exited', 'with status 1'],
	['dies-after-a-second', 'exited', 'with status 1'],
	['gh-fails', 'tool-failed', 'A program that Vira needs at startup failed (exit status 1): '],
	['answers-500', 'server-error', 'https://localhost:5005/ responds with status 500.'],
	['never-answers', 'no-answer', 'https://localhost:5005/ does not respond'],
];

describe.each([
	['Linux', simulate, setUp, '/home/alice'],
	['a Mac', simulateMac, macSetUp, '/Users/alice'],
])('on %s, the cause comes first, and has a code for scripts', (_, fresh, running, home) => {
	test.each(behaviours)('if a first Vira %s: %s', async (behaviour, reason, message) => {
		const machine = await fresh();
		await behave(machine, behaviour);
		const {document} = await run(machine, '--wait', '5');
		expect(causeIn(document)).toEqual([reason, expect.stringContaining(message)]);
	});

	test.each(behaviours)('if a Vira that is started %s: %s', async (behaviour, reason, message) => {
		const machine = await running();
		await run(machine, 'stop');
		await behave(machine, behaviour);
		const [code, document] = await told(machine, 'start --wait 5');
		expect([code, ...causeIn(document)]).toEqual([6, reason, expect.stringContaining(message)]);
	});

	test('if another program took the port in the meantime: it is named', async () => {
		const machine = await running();
		await run(machine, 'stop');
		const taken = {listeners: [{port: 5005, program: 'registry'}]};
		const [, document] = await told(
			changing(machine, () => machine.events.change(taken)),
			'start',
		);
		expect(causeIn(document)).toEqual(['port-in-use', 'Port 5005 is already in use by registry (PID 900).']);
	});

	test('if its state has another schema', async () => {
		const machine = await running({}, '--no-auto-reset-state');
		await run(machine, 'stop');
		const path = `${home}/.local/share/vira/state/schema-version`;
		const [, document] = await told(
			changing(machine, () => machine.writeFile(path, '7', 0o644)),
			'start',
		);
		expect(causeIn(document)).toEqual([
			'schema-mismatch',
			'This Vira cannot read the state: its schema is 7, not 8.',
		]);
	});
});

/** For a system account, journald keeps no journal of its own. */
const ofSystem = {user: {name: 'ci', uid: 998, home: '/home/ci', sudoFrom: undefined}};

/** A Mac whose log file can no longer be read. */
const closedLog = (machine: MacSimulation): System => ({
	...machine,
	run: async (command, options) =>
		command[0] === '/usr/bin/tail'
			? {exitCode: 1, stdout: '', stderr: 'Permission denied', timedOut: false, found: true}
			: machine.run(command, options),
});

describe.each([
	['Linux', () => setUp(ofSystem), (machine: Machine): System => machine],
	['a Mac', macSetUp, (machine: Machine): System => closedLog(machine as MacSimulation)],
])('on %s, a Vira that exits and whose log cannot be read', (_, running, closed) => {
	const ending = async (change: Partial<MachineState>) => {
		const machine = await running();
		await run(machine, 'stop');
		await behave(machine, 'dies-after-a-second');
		const system = closed(machine);
		// An existing problem is refused, and nothing is started.
		const changing: System = {
			...system,
			run: async (command, options) => {
				if (['start', 'kickstart'].some((word) => command.includes(word)))
					await machine.events.change(change);
				return system.run(command, options);
			},
		};
		const [, document] = await told(changing, 'start --wait 5');
		return document;
	};

	test('another program on its port is the cause', async () => {
		const node = {port: 5005, program: 'node', address: '::1', status: 200, https: true};
		const document = await ending({localhost: ['::1', '127.0.0.1'], listeners: [node]});
		expect(document).toMatchObject({error: {log: []}});
		expect(causeIn(document)).toEqual([
			'port-in-use',
			expect.stringContaining('https://localhost:5005/ leads to node (PID 900)'),
		]);
	});

	test('if its page had responded, only its exit is known', async () => {
		expect(causeIn(await ending({}))[0]).toBe('exited');
	});
});
