import {describe, expect, test} from '@jest/globals';
import type {Simulation} from '../support/simulated-linux.ts';
import type {MacSimulation} from '../support/simulated-mac.ts';
import type {System} from '../../src/platform/system.ts';
import {ownPair} from '../support/certificates.ts';
import {put} from '../support/installed.ts';
import {setUp} from '../support/linux-states.ts';
import {macSetUp} from '../support/mac-setup.ts';
import {pictureOf} from '../support/picture-of.ts';
import {lines, printedRefusal, run, told} from '../support/run-command.ts';

type Machine = Simulation | MacSimulation;

/** The program of the service is replaced in its place by one that reads states of another schema only. */
const replaceVira = async (machine: Machine): Promise<void> => {
	const {vira} = await machine.events.state();
	if (vira) await machine.events.change({vira: {...vira, schema: 9}});
};

/** The machine, on which the installed Vira does not say which states it reads. */
const withoutInfo = (machine: Machine): Machine => ({
	...machine,
	run: async (command, options) => {
		const result = await machine.run(command, options);
		return command.at(-1) === 'info' ? {...result, exitCode: 1, stdout: ''} : result;
	},
});

const processOf = async (machine: System): Promise<unknown> => (await told(machine, 'status'))[1]['pid'];

const reset = 'vira-setup --allow-state-reset   shows the plan, then moves the old state aside';
const notStopped = 'The running Vira was not stopped.';

/** Refused, and nothing changed. */
const refused = async (machine: Machine, verb: string) => {
	const [before, process] = [await pictureOf(machine), await processOf(machine)];
	const failure = await printedRefusal(machine, verb);
	expect(await pictureOf(machine)).toEqual(before);
	expect(await processOf(machine)).toEqual(process);
	return failure;
};

describe.each([
	['Linux', setUp, '/home/alice'],
	['a Mac', macSetUp, '/Users/alice'],
] as const)('on %s', (_, running: () => Promise<Machine>, home) => {
	const stopped = async (): Promise<Machine> => {
		const machine = await running();
		await lines(machine, 'stop');
		return machine;
	};

	const loss = `The state in ${home}/.local/share/vira/state has schema version 8, but this Vira needs 9. When it starts, it would delete the database and 0 job folders.`;

	test('restart does not stop a Vira whose program was replaced by one that would delete the state', async () => {
		const machine = await running();
		await replaceVira(machine);
		expect(await refused(machine, 'restart')).toMatchObject({
			exit: 5,
			message: loss,
			detail: notStopped,
			reason: 'schema-mismatch',
			fixes: [reset, expect.anything()],
		});
	});

	test('start does not start such a program, and its advice leads to a healthy Vira with the old state kept', async () => {
		const machine = await stopped();
		await replaceVira(machine);
		expect(await refused(machine, 'start')).toMatchObject({
			exit: 5,
			message: loss,
			reason: 'schema-mismatch',
		});
		expect(await run(machine, '--allow-state-reset')).toMatchObject({code: 0, document: {healthy: true}});
		expect((await machine.list(`${home}/.local/share/vira/state`))?.join(' ')).toContain('before-reset-');
		expect(await told(machine, 'restart')).toMatchObject([0, {healthy: true}]);
	});

	test('restart does not stop a Vira that would not start on its state again', async () => {
		const machine = await running();
		await lines(machine, '--non-interactive --no-auto-reset-state');
		await replaceVira(machine);
		expect(await refused(machine, 'restart')).toMatchObject({
			exit: 5,
			message: expect.stringContaining('It would refuse to start'),
			reason: 'schema-mismatch',
			fixes: [
				expect.stringContaining('vira-setup --auto-reset-state --allow-state-reset '),
				expect.anything(),
			],
		});
		expect(await run(machine, '--auto-reset-state', '--allow-state-reset')).toMatchObject({code: 0});
	});

	test.each(['start', 'restart'])('%s does not start a Vira on a state that it may delete', async (verb) => {
		const machine = withoutInfo(await (verb === 'start' ? stopped() : running()));
		expect(await refused(machine, verb)).toMatchObject({
			exit: 5,
			message: expect.stringContaining('and could delete the one in'),
			fixes: [expect.anything()],
		});
	});

	test('a Vira that does not report its schema is started if it cannot delete the state', async () => {
		const machine = await stopped();
		await lines(machine, '--non-interactive --no-auto-reset-state');
		await lines(machine, 'stop');
		expect(await told(withoutInfo(machine), 'start')).toMatchObject([0, {healthy: true}]);
	});

	test('restart reports problems with the certificate and the address that would end Vira, together', async () => {
		const machine = await running();
		const files = [`${home}/c.pem`, `${home}/k.pem`] as const;
		await put(machine, files[0], ownPair.certificate);
		await put(machine, files[1], ownPair.key);
		const words = ['--tls-cert', files[0], '--tls-key', files[1], '--hostname', '127.0.0.1'];
		expect(await run(machine, ...words)).toMatchObject({code: 0});
		await machine.deleteFile(files[1]);
		await machine.events.change({listeners: [{port: 5005, program: 'nginx'}]});
		expect(await refused(machine, 'restart')).toMatchObject({
			exit: 5,
			message: expect.stringMatching(/Port 5005 is in use by nginx.*\n.*k\.pem/u),
			detail: notStopped,
			reason: 'port-in-use',
			fixes: ['vira-setup   changes the settings'],
		});
		await machine.events.change({listeners: []});
		await put(machine, files[1], ownPair.key);
		expect(await told(machine, 'restart')).toMatchObject([0, {healthy: true}]);
	});

	test('start is refused if another program has the port, and works after it is gone', async () => {
		const machine = await stopped();
		await machine.events.change({listeners: [{port: 5005, program: 'nginx'}]});
		expect(await refused(machine, 'start')).toMatchObject({
			exit: 5,
			message: expect.stringContaining('Port 5005 is in use by nginx'),
			reason: 'port-in-use',
			fixes: ['vira-setup   changes the settings'],
		});
		await machine.events.change({listeners: []});
		expect(await told(machine, 'start')).toMatchObject([0, {healthy: true}]);
	});

	test('status and doctor suggest moving the state aside, and no start', async () => {
		const machine = await stopped();
		await replaceVira(machine);
		for (const verb of ['status', 'doctor']) {
			const said = (await lines(machine, verb)).join('\n');
			expect(said).toContain(reset);
			expect(said).not.toContain('vira-setup start   ');
		}
	});
});
