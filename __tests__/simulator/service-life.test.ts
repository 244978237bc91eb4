import {describe, expect, test} from '@jest/globals';
import {
	isActive,
	machineWithUnit,
	put,
	show,
	type,
	typeAll,
	unitPath,
	unitWith,
} from '../support/installed.ts';
import {simulate} from '../support/simulated-linux.ts';

const start = 'systemctl --user start vira.service';
const stop = 'systemctl --user stop vira.service';
const restart = 'systemctl --user restart vira.service';
const reload = 'systemctl --user daemon-reload';
const enable = 'systemctl --user enable vira.service';
const disable = 'systemctl --user disable vira.service';

const wantsLink = '/home/alice/.config/systemd/user/default.target.wants/vira.service';

const vira = (behaviour: 'well' | 'exits-at-once' | 'dies-after-a-second' | 'never-answers') => ({
	vira: {path: '/home/alice/.nix-profile/bin/vira', version: '0.1.0.0', schema: 8, behaviour},
});

const journal = async (machine: Parameters<typeof type>[0], lines: number): Promise<readonly string[]> =>
	(await type(machine, `journalctl --user --unit=vira.service --lines=${lines} --output=cat`)).stdout.split(
		'\n',
	);

describe('start and stop', () => {
	test('a started service runs, is not started twice, restarts with a new process, and stops', async () => {
		const machine = await machineWithUnit();
		expect(await type(machine, start)).toMatchObject({exitCode: 0, stderr: ''});
		expect(await show(machine, 'MainPID,ActiveState,SubState')).toBe(
			'MainPID=1201\nActiveState=active\nSubState=running',
		);
		await machine.sleep(60_000);
		await type(machine, start);
		expect(await show(machine, 'MainPID')).toBe('MainPID=1201');
		expect(await type(machine, stop)).toMatchObject({exitCode: 0});
		expect(await show(machine, 'MainPID,ActiveState,Result')).toBe(
			'MainPID=0\nResult=success\nActiveState=inactive',
		);
		const lines = await journal(machine, 30);
		expect([...lines.slice(0, 3), ...lines.slice(-3)]).toEqual([
			'Starting vira.service - Vira web application...',
			'Started vira.service - Vira web application.',
			'Opening ViraState database...',
			'  Valid for: localhost, localhost and common local network IPs',
			'Stopping vira.service - Vira web application...',
			'Stopped vira.service - Vira web application.',
		]);
		await typeAll(machine, start, restart);
		expect(await show(machine, 'MainPID')).toBe('MainPID=1203');
	});

	test.each([
		['SIGTERM', 15, []],
		['SIGINT', 2, ['Creating checkpoint before closing...']],
		['2', 2, ['Creating checkpoint before closing...']],
		['TERM', 15, []],
	])(
		'a stop with KillSignal=%s ends it by signal %i, cleanly, after it logged %j',
		async (signal, status, said) => {
			const machine = await machineWithUnit({}, unitWith({KillSignal: signal}));
			await typeAll(machine, enable, start);
			await machine.sleep(1000);
			await type(machine, stop);
			expect(await show(machine, 'ExecMainCode,ExecMainStatus,Result,ActiveState')).toBe(
				`Result=success\nExecMainCode=2\nExecMainStatus=${status}\nActiveState=inactive`,
			);
			const log = await journal(machine, 9);
			const began = log.findIndex((line) => line.startsWith('Stopping '));
			expect(log.slice(began + 1, -1)).toEqual(said);
		},
	);

	test('a folder in place of the unit is ignored, and a running service keeps running', async () => {
		const machine = await machineWithUnit();
		await typeAll(machine, enable, start);
		await machine.deleteFile(unitPath);
		await machine.makeFolder(unitPath, 0o755);
		const shown = 'LoadState,ActiveState,NeedDaemonReload';
		expect(await show(machine, shown)).toBe('LoadState=loaded\nActiveState=active\nNeedDaemonReload=yes');
		await typeAll(machine, stop, reload);
		expect(await show(machine, 'LoadState,ActiveState')).toBe('LoadState=not-found\nActiveState=inactive');
		expect(await type(machine, start)).toMatchObject({exitCode: 5});
		expect((await type(machine, enable)).stderr).toBe(
			'Failed to enable unit: File vira.service: Is a directory',
		);
		expect(await type(machine, disable)).toMatchObject({exitCode: 0});
	});

	test('a process stopped by SIGTERM counts as a success', async () => {
		const machine = await machineWithUnit();
		await typeAll(machine, enable, start, stop);
		expect(await show(machine, 'ExecMainCode,ExecMainStatus,Result')).toBe(
			'Result=success\nExecMainCode=2\nExecMainStatus=15',
		);
	});

	test('the journal has the time and the PID of each line', async () => {
		const machine = await machineWithUnit();
		await type(machine, start);
		await machine.sleep(100);
		const line = 'journalctl --user --unit=vira.service --lines=1 --quiet --no-pager --no-hostname';
		expect((await type(machine, line)).stdout).toBe(
			'Mar 02 09:00:00 vira[1201]:   Valid for: localhost, localhost and common local network IPs',
		);
	});

	test.each([
		['exec', 1, 'activating'],
		['simple', 0, 'activating'],
	])('with Type=%s a missing program makes start exit with status %i', async (kind, exitCode, active) => {
		const machine = await machineWithUnit({}, unitWith({Type: kind, ExecStart: '/no/such web'}));
		expect((await type(machine, start)).exitCode).toBe(exitCode);
		expect(await show(machine, 'ActiveState,ExecMainStatus,Result')).toBe(
			`Result=exit-code\nExecMainStatus=203\nActiveState=${active}`,
		);
		expect(await journal(machine, 20)).toContain(
			'vira.service: Failed at step EXEC spawning /no/such: No such file or directory',
		);
	});

	test.each([
		['[Service]\nType=exec\n', 'bad-setting', 'Unit vira.service has a bad unit file setting.'],
		['[Service]\nExecStart="/a\\\\b"\n', 'bad-setting', 'Unit vira.service has a bad unit file setting.'],
	])('a unit that contains %j cannot be started', async (text, load, why) => {
		const machine = await machineWithUnit({}, text);
		expect(await type(machine, start)).toMatchObject({exitCode: 1, stderr: expect.stringContaining(why)});
		expect(await show(machine, 'LoadState')).toBe(`LoadState=${load}`);
	});
});

describe('a mask', () => {
	const maskIt = 'systemctl --user mask vira.service';

	test('does not replace a unit', async () => {
		expect(await type(await machineWithUnit(), maskIt)).toMatchObject({
			exitCode: 1,
			stderr: `Failed to mask unit: File ${unitPath} already exists.`,
		});
	});

	test('replaces a deleted unit; a running service keeps running, and then cannot be started or enabled', async () => {
		const machine = await machineWithUnit();
		await typeAll(machine, enable, start);
		await machine.deleteFile(unitPath);
		expect(await type(machine, maskIt)).toMatchObject({
			exitCode: 0,
			stderr: `Created symlink ${unitPath} -> /dev/null.`,
		});
		expect(await type(machine, maskIt)).toMatchObject({exitCode: 0, stderr: ''});
		expect(await show(machine, 'LoadState,ActiveState,UnitFileState')).toBe(
			'LoadState=masked\nActiveState=active\nUnitFileState=masked',
		);
		await type(machine, stop);
		expect((await type(machine, start)).stderr).toBe(
			'Failed to start vira.service: Unit vira.service is masked.',
		);
		expect((await type(machine, enable)).stderr).toBe(
			`Failed to enable unit: Unit file ${unitPath} is masked.`,
		);
	});
});

test('while it runs, systemctl shows since when, and its memory', async () => {
	const machine = await machineWithUnit();
	const asked = 'ActiveEnterTimestamp,MemoryCurrent';
	expect(await show(machine, asked)).toBe('MemoryCurrent=[not set]\nActiveEnterTimestamp=');
	await typeAll(machine, enable, start);
	expect(await show(machine, asked)).toMatch(
		/^MemoryCurrent=\d+\nActiveEnterTimestamp=Mon 2026-03-02 09:00:00 UTC$/u,
	);
	const {stdout} = await type(machine, 'env TZ=UTC systemctl --user show vira.service --property=LoadState');
	expect(stdout).toBe('LoadState=loaded');
});

describe('a service that fails', () => {
	test('is restarted after RestartSec=, repeatedly', async () => {
		const machine = await machineWithUnit(vira('exits-at-once'));
		expect((await type(machine, start)).exitCode).toBe(0);
		await machine.sleep(1000);
		expect(await show(machine, 'NRestarts,ActiveState,SubState,Result,ExecMainCode,ExecMainStatus')).toBe(
			'Result=exit-code\nNRestarts=0\nExecMainCode=1\nExecMainStatus=1\nActiveState=activating\nSubState=auto-restart',
		);
		await machine.sleep(12_000);
		expect(await show(machine, 'NRestarts')).toBe('NRestarts=2');
		expect((await type(machine, 'systemctl --user is-active vira.service')).exitCode).toBe(3);
	});

	test('without a restart is failed until the failure is reset', async () => {
		const machine = await machineWithUnit(vira('exits-at-once'), unitWith({Restart: 'no'}));
		await type(machine, start);
		await machine.sleep(100);
		expect(await isActive(machine)).toBe('failed');
		await type(machine, stop);
		expect(await isActive(machine)).toBe('failed');
		await type(machine, 'systemctl --user reset-failed vira.service');
		expect(await isActive(machine)).toBe('inactive');
	});

	test('is given up after five failures within ten seconds', async () => {
		const machine = await machineWithUnit(vira('exits-at-once'), unitWith({RestartSec: '1s'}));
		await type(machine, start);
		await machine.sleep(20_000);
		expect(await show(machine, 'NRestarts,ActiveState')).toBe('NRestarts=5\nActiveState=failed');
		expect(await journal(machine, 3)).toContain('vira.service: Start request repeated too quickly.');
		expect((await type(machine, start)).exitCode).toBe(0);
	});

	/** In the pause before the second restart, in which Vira works. */
	const inSecondPause = async (systemd: number) => {
		const machine = await machineWithUnit({...vira('exits-at-once'), systemd});
		await type(machine, start);
		await machine.sleep(6000);
		await machine.events.change(vira('well'));
		return machine;
	};

	// Seen with 247, 252 and 257: when a process exists, in seconds, and how many restarts are counted then.
	test.each([
		[252, 'start', 4, 2],
		[257, 'start', 0, 2],
		[252, 'restart', 0, 1],
		[257, 'restart', 0, 0],
	] as const)(
		'with systemd %i, a %s in the pause before a restart takes %i s, and counts as restart %i',
		async (systemd, verb, seconds, restarts) => {
			const machine = await inSecondPause(systemd);
			const began = machine.now();
			expect((await type(machine, `systemctl --user ${verb} vira.service`)).exitCode).toBe(0);
			expect([Math.round((machine.now() - began) / 1000), await show(machine, 'NRestarts')]).toEqual([
				seconds,
				`NRestarts=${restarts}`,
			]);
			expect(await isActive(machine)).toBe('active');
		},
	);

	test('reset-failed in that pause clears the failure and the count, and the pause continues', async () => {
		const machine = await inSecondPause(252);
		await type(machine, 'systemctl --user reset-failed vira.service');
		expect(await show(machine, 'Result,NRestarts,SubState')).toBe(
			'Result=success\nNRestarts=0\nSubState=auto-restart',
		);
	});

	test('can be stopped while it waits for its restart', async () => {
		const machine = await machineWithUnit(vira('exits-at-once'));
		await type(machine, start);
		await machine.sleep(1000);
		await type(machine, stop);
		await machine.sleep(60_000);
		expect(await isActive(machine)).toBe('inactive');
	});
});

describe('what the manager has loaded', () => {
	test('a changed file counts only after daemon-reload', async () => {
		const machine = await machineWithUnit();
		await type(machine, start);
		await put(machine, unitPath, unitWith().replace('Vira web application', 'Vira'));
		expect(await show(machine, 'NeedDaemonReload')).toBe('NeedDaemonReload=yes');
		expect((await type(machine, restart)).stderr).toBe(
			"Warning: The unit file, source configuration file or drop-ins of vira.service changed on disk. Run 'systemctl --user daemon-reload' to reload units.",
		);
		expect(await journal(machine, 1)).toEqual(['Started vira.service - Vira web application.']);
		await type(machine, reload);
		expect(await show(machine, 'ActiveState,NeedDaemonReload')).toBe(
			'ActiveState=active\nNeedDaemonReload=no',
		);
		await type(machine, restart);
		expect(await journal(machine, 1)).toEqual(['Started vira.service - Vira.']);
	});

	test('a unit without references is read when it is started', async () => {
		const machine = await machineWithUnit();
		await put(machine, unitPath, unitWith().replace('Vira web application', 'Vira'));
		expect(await show(machine, 'NeedDaemonReload')).toBe('NeedDaemonReload=no');
		await type(machine, start);
		expect(await journal(machine, 1)).toEqual(['Started vira.service - Vira.']);
	});

	test('a service whose file was deleted keeps running after a reload, and is then not found', async () => {
		const machine = await machineWithUnit();
		await type(machine, start);
		await machine.deleteFile(unitPath);
		await type(machine, reload);
		expect(await show(machine, 'LoadState,ActiveState,FragmentPath')).toBe(
			'LoadState=not-found\nActiveState=active\nFragmentPath=',
		);
		await type(machine, stop);
		expect((await type(machine, start)).exitCode).toBe(5);
	});

	test('a drop-in adds to the unit', async () => {
		const machine = await machineWithUnit();
		const path = `${unitPath}.d/limits.conf`;
		await put(machine, path, '[Unit]\nDescription=Vira\n');
		expect(await show(machine, 'DropInPaths')).toBe(`DropInPaths=${path}`);
		await type(machine, start);
		expect(await journal(machine, 1)).toEqual(['Started vira.service - Vira.']);
	});
});

describe('enabling', () => {
	test('creates the link once, and disabling removes it with its folder', async () => {
		const machine = await machineWithUnit();
		expect(await type(machine, enable)).toMatchObject({
			exitCode: 0,
			stderr: `Created symlink ${wantsLink} -> ${unitPath}.`,
		});
		expect(await machine.inspect(wantsLink)).toMatchObject({kind: 'link', realPath: unitPath});
		expect(await show(machine, 'UnitFileState')).toBe('UnitFileState=enabled');
		expect(await type(machine, enable)).toMatchObject({exitCode: 0, stdout: '', stderr: ''});
		expect(await type(machine, disable)).toMatchObject({exitCode: 0, stderr: `Removed "${wantsLink}".`});
		expect(await machine.inspect(wantsLink.replace('/vira.service', ''))).toBeUndefined();
		expect(await show(machine, 'UnitFileState')).toBe('UnitFileState=disabled');
	});

	test('a unit without [Install] does nothing, and does not fail', async () => {
		const machine = await machineWithUnit({}, '[Service]\nExecStart=/bin/vira\n');
		expect(await type(machine, enable)).toMatchObject({
			exitCode: 0,
			stderr: expect.stringContaining('The unit files have no installation config'),
		});
		expect(await show(machine, 'UnitFileState')).toBe('UnitFileState=static');
	});

	test('disabling works after the file was deleted', async () => {
		const machine = await machineWithUnit();
		await type(machine, enable);
		await machine.deleteFile(unitPath);
		expect((await type(machine, disable)).exitCode).toBe(0);
	});

	test('a unit of Home Manager is a link, and enabled while it is wanted', async () => {
		const store = '/nix/store/x1-home-manager-files/vira.service';
		const machine = await simulate({links: {[unitPath]: store, [wantsLink]: store}});
		await put(machine, store, unitWith());
		await type(machine, reload);
		expect(await show(machine, 'LoadState,FragmentPath,UnitFileState')).toBe(
			`LoadState=loaded\nFragmentPath=${unitPath}\nUnitFileState=enabled`,
		);
		await machine.deleteFile(wantsLink);
		expect(await show(machine, 'UnitFileState')).toBe('UnitFileState=linked');
	});
});
