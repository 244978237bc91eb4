import {describe, expect, test} from '@jest/globals';
import type {MachineState, OtherListener} from '../../src/simulator/machine-state.ts';
import {simulate, type Simulation} from '../support/simulated-linux.ts';
import {simulateMac, type MacSimulation} from '../support/simulated-mac.ts';
import type {System} from '../../src/platform/system.ts';
import {setUp} from '../support/linux-states.ts';
import {macSetUp} from '../support/mac-setup.ts';
import {pictureOf} from '../support/picture-of.ts';
import {lines, run, told} from '../support/run-command.ts';

const otherPort = {say: expect.any(String), command: 'vira-setup --port PORT'};

/** Answers to HTTPS, as well as Vira would. */
const node: OtherListener = {port: 5005, program: 'node', address: '::1', status: 200, https: true};
const ipv6First = ['::1', '127.0.0.1'];
const named = 'https://localhost:5005/ leads to node (PID 900), not to Vira.';
const notHealthy = {healthy: false};

type Eventful = Simulation | MacSimulation;

/** Vira runs at 127.0.0.1, and another program takes the address that browsers try first. */
const besides = async (running: (given: {localhost: string[]}) => Promise<Eventful>): Promise<Eventful> => {
	const machine = await running({localhost: ['127.0.0.1', '::1']});
	await machine.events.change({localhost: ipv6First, listeners: [node]});
	return machine;
};

/** The machine, on which that program appears as soon as a service manager command has this word. */
const comingWith = (machine: Eventful, word: string): System => ({
	...machine,
	run: async (command, options) => {
		if (command.includes(word)) await machine.events.change({localhost: ipv6First, listeners: [node]});
		return machine.run(command, options);
	},
});

describe.each([
	['Linux', simulate, setUp, ['start', 'restart']],
	['a Mac', simulateMac, macSetUp, ['kickstart', 'kickstart']],
])(
	'on %s, a program that is not Vira and responds on its port',
	(_, fresh, running, [start = '', again = '']) => {
		test('is named before anything is installed', async () => {
			const machine = await fresh({listeners: [node]});
			expect(await lines(machine, '--non-interactive')).toEqual([
				2,
				'vira-setup: --port: Port 5005 is in use by node (PID 900). Stop that program, or use port 5006, which is free.',
			]);
		});

		test('makes an installation fail during which it appears, and everything is undone', async () => {
			const machine = await fresh();
			const before = await pictureOf(machine);
			const {code, document} = await run(comingWith(machine, start), '--wait', '3');
			expect([code, document.outcome, document['changed']]).toEqual([6, 'failed', false]);
			expect(document['findings']).toContainEqual(
				expect.objectContaining({code: 'responding', level: 'error', kind: 'other-program'}),
			);
			expect(document['error']).toMatchObject({
				reason: 'port-in-use',
				fixes: expect.arrayContaining([{say: expect.any(String), command: 'vira-setup'}, otherPort]),
			});
			expect(await pictureOf(machine)).toEqual(before);
		});

		test.each([
			['start', start],
			['restart', again],
		])('is named by a %s during which it appears, and Vira is not called healthy', async (verb, word) => {
			const machine = await running();
			if (verb === 'start') await lines(machine, 'stop');
			expect(await told(comingWith(machine, word), [verb, '--wait', '3'])).toMatchObject([
				6,
				{
					...notHealthy,
					...{outcome: 'failed', serviceState: 'running'},
					error: {
						reason: 'port-in-use',
						message: expect.stringContaining(named),
						fixes: expect.arrayContaining([
							{say: expect.any(String), command: 'vira-setup restart'},
							otherPort,
						]),
					},
				},
			]);
		});

		test('is named by status, and Vira is not called healthy', async () => {
			const machine = await besides(running);
			expect(await told(machine, 'status')).toMatchObject([
				1,
				{...notHealthy, ...{running: true, responding: false}, page: `${named} Vira listens on 127.0.0.1.`},
			]);
			expect((await lines(machine, 'status')).join('\n')).toContain('node (PID 900)');
		});

		test('is named by a start of a running Vira', async () => {
			expect(await told(await besides(running), 'start --wait 1')).toMatchObject([6, notHealthy]);
		});

		test('is named by doctor, with the command that ends it', async () => {
			const machine = await besides(running);
			const said = await lines(machine, 'doctor');
			expect(said).toEqual(
				expect.arrayContaining([
					1,
					`✖ ${named} Vira listens on 127.0.0.1.`,
					'    Stop that program, then: vira-setup restart',
				]),
			);
			expect(await told(machine, 'doctor --fix')).toMatchObject([1, notHealthy]);
		});
	},
);

describe.each([
	['Linux', simulate, setUp],
	['a Mac', simulateMac, macSetUp],
])('on %s, a Vira that responds with status 500', (_, fresh, running) => {
	test('is not installed', async () => {
		const machine = await fresh();
		await machine.events.change({vira: await failing(machine)});
		expect(await run(machine, '--wait', '3')).toMatchObject({code: 6, document: {outcome: 'failed'}});
	});

	test('is not called healthy by any command', async () => {
		const machine = await running();
		await machine.events.change({vira: await failing(machine)});
		expect(await told(machine, 'restart --wait 3')).toMatchObject([
			6,
			{...notHealthy, serviceState: 'running'},
		]);
		const page = 'https://localhost:5005/ responds with status 500.';
		expect(await told(machine, 'status')).toMatchObject([1, {...notHealthy, page}]);
		expect(await lines(machine, 'doctor')).toContain(`✖ ${page}`);
	});
});

/** The Vira of the machine, which fails on every page. */
const failing = async ({events}: Eventful): Promise<MachineState['vira']> => {
	const {vira} = await events.state();
	return vira && {...vira, behaviour: 'answers-500'};
};
