import {describe, expect, test} from '@jest/globals';
import type {Simulation} from '../support/simulated-linux.ts';
import {put, show, type, unitPath} from '../support/installed.ts';
import {during, setUp} from '../support/linux-states.ts';
import {lines, told} from '../support/run-command.ts';
import {fixOf} from '../support/printed-fix.ts';

const dropIn = `${unitPath}.d/mine.conf`;

/** Set up, with a line from the user that systemd has loaded. */
const setUpWith = async (line: string): Promise<Simulation> => {
	const machine = await setUp();
	await put(machine, dropIn, `[Service]\n${line}\n`);
	await type(machine, 'systemctl --user daemon-reload');
	return machine;
};

const pidOf = async (machine: Simulation): Promise<number> =>
	Number(/\d+/u.exec(await show(machine, 'MainPID'))?.[0]);

describe('RemainAfterExit=yes in a drop-in: after Vira has exited, systemd calls it active', () => {
	const exited = async (): Promise<Simulation> => {
		const machine = await setUpWith('RemainAfterExit=yes');
		await type(machine, `kill -INT ${await pidOf(machine)}`);
		expect(await show(machine, 'ActiveState,SubState,MainPID')).toBe(
			'MainPID=0\nActiveState=active\nSubState=exited',
		);
		return machine;
	};

	test('status says that it is not running, and why', async () => {
		const machine = await exited();
		expect(await told(machine, 'status')).toMatchObject([
			1,
			{running: false, state: 'inactive', pid: null, diagnosis: {code: 'counts-as-active'}},
		]);
		expect((await lines(machine, 'status'))[1]).toBe('✖ Vira is not running.');
	});

	test.each(['start', 'restart', 'doctor --fix', '--non-interactive --log-level Debug'])(
		'%s starts it, which systemctl start would not',
		async (command) => {
			const machine = await exited();
			expect((await told(machine, command))[0]).toBe(0);
			expect(await pidOf(machine)).toBeGreaterThan(0);
			expect(await told(machine, 'status')).toMatchObject([0, {healthy: true}]);
		},
	);

	test('stop and uninstall make systemd forget that it was active', async () => {
		for (const command of ['stop', 'uninstall --non-interactive']) {
			const machine = await exited();
			expect((await lines(machine, command))[0]).toBe(0);
			expect(await show(machine, 'ActiveState')).toBe('ActiveState=inactive');
		}
	});
});

describe('KillMode=none in a drop-in: systemd says "inactive", and Vira is running', () => {
	const still = (pid: number): string =>
		`The service is stopped, but Vira is still running: vira (PID ${pid}).`;

	test('stop says so, each time, and names the command that ends it; then it says that nothing is running', async () => {
		const machine = await setUpWith('KillMode=none');
		const pid = await pidOf(machine);
		for (const changed of [true, false])
			expect(await told(machine, 'stop')).toMatchObject([
				5,
				{
					outcome: 'failed',
					changed,
					serviceState: 'running',
					error: {
						message: expect.stringContaining(still(pid)),
						fixes: [fixOf(`kill -INT ${pid}   stops it`)],
					},
				},
			]);
		expect((await lines(machine, 'stop')).join()).toContain('Vira was left running.');
		await type(machine, `kill -INT ${pid}`);
		expect(await lines(machine, 'stop')).toContain('✔ Vira is not running: nothing to stop.');
	});

	test('status and doctor say so, and no second Vira is started or set up', async () => {
		const machine = await setUpWith('KillMode=none');
		const pid = await pidOf(machine);
		await type(machine, 'systemctl --user stop vira.service');
		expect(await told(machine, 'status')).toMatchObject([
			1,
			{running: false, diagnosis: {code: 'still-running', message: expect.stringContaining(still(pid))}},
		]);
		const [, {checks}] = await told(machine, 'doctor');
		expect(
			(checks as readonly object[]).filter((one) => 'code' in one && one.code === 'still-running'),
		).toEqual([
			expect.objectContaining({
				level: 'error',
				message: still(pid),
				fixes: expect.not.arrayContaining([expect.objectContaining({safe: true})]),
			}),
		]);
		for (const command of ['start', 'restart', '--non-interactive --port 8443', 'doctor --fix'])
			expect((await told(machine, command))[0]).not.toBe(0);
		expect(await show(machine, 'ActiveState')).toBe('ActiveState=inactive');
		await type(machine, `kill -INT ${pid}`);
		expect((await told(machine, 'start'))[0]).toBe(0);
	});

	test('uninstall does not report Vira as removed, and deletes nothing permanently while it runs', async () => {
		for (const more of ['', ' --purge']) {
			const machine = await setUpWith('KillMode=none');
			const pid = await pidOf(machine);
			const [code, document] = await told(machine, `uninstall --non-interactive${more}`);
			expect([code, document]).toMatchObject([
				5,
				{outcome: 'failed', changed: true, error: {message: expect.stringContaining(still(pid))}},
			]);
			expect(await machine.inspect('/home/alice/.local/share/vira/state/ViraState')).toBeDefined();
		}
	});

	test('a setup that fails and is undone does not report that everything is as before', async () => {
		const machine = await setUpWith('KillMode=none');
		expect(await told(machine, '--non-interactive --port 8443')).toMatchObject([
			6,
			{outcome: 'failed', notUndone: [{message: expect.stringContaining('Vira')}]},
		]);
	});
});

test("the user's own Vira on the port of a stopped service is named", async () => {
	const machine = await setUp();
	await type(machine, 'systemctl --user stop vira.service');
	await machine.events.change({listeners: [{port: 5005, program: 'vira'}]});
	expect(await told(machine, 'stop')).toMatchObject([
		5,
		{
			error: {
				message: expect.stringContaining('Vira is still running: vira (PID 900).'),
				detail: expect.stringContaining('not part of the service, but uses its port 5005'),
			},
		},
	]);
});

describe.each(['oneshot', 'forking', 'notify'])(
	'Type=%s in a drop-in: systemd waits for a signal that Vira never sends',
	(kind) => {
		const title = `systemd never considers Vira started: a drop-in sets Type=${kind}.`;

		/** A start by hand, which is abandoned after a while. */
		const waiting = async (): Promise<Simulation> => {
			const machine = await setUpWith(`Type=${kind}`);
			await machine.run(['systemctl', '--user', 'restart', 'vira.service'], {timeoutMs: 3000});
			expect(await show(machine, 'ActiveState,SubState')).toBe('ActiveState=activating\nSubState=start');
			return machine;
		};

		test('status and doctor name it', async () => {
			const machine = await waiting();
			expect(await told(machine, 'status')).toMatchObject([
				1,
				{
					running: false,
					diagnosis: {code: 'start-never-over', message: expect.stringContaining(title)},
				},
			]);
			const [, {checks}] = await told(machine, 'doctor');
			expect(checks).toContainEqual(expect.objectContaining({level: 'error', message: title}));
		});

		test('start, restart and a setup say so immediately, until the line is removed; then they start it', async () => {
			const machine = await waiting();
			const began = machine.now();
			for (const command of ['start', 'restart', '--non-interactive --port 8443'])
				expect(await told(machine, command)).toMatchObject([
					3,
					{changed: false, error: {message: expect.stringContaining(title)}},
				]);
			expect(machine.now() - began).toBeLessThan(10_000);
			await put(machine, dropIn, '[Service]\n');
			expect(await told(machine, 'restart')).toMatchObject([0, {healthy: true}]);
		});

		test('stop stops it', async () => {
			const machine = await waiting();
			expect(await told(machine, 'stop')).toMatchObject([0, {outcome: 'stopped'}]);
		});
	},
);

test('a service that does not exit within its time is reported neither as stopped nor as removed', async () => {
	for (const command of ['stop', 'uninstall --non-interactive', 'uninstall --non-interactive --purge']) {
		const machine = await setUp();
		await during(machine, {active: 'deactivating', sub: 'stop-sigterm'});
		expect(await told(machine, command)).toMatchObject([
			5,
			{outcome: 'failed', error: {message: expect.stringMatching(/has not stopped yet|is still running/u)}},
		]);
		expect(await machine.inspect('/home/alice/.local/share/vira/state/ViraState')).toBeDefined();
	}
});
