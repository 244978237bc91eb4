import {describe, expect, test} from '@jest/globals';
import type {MachineState} from '../../src/simulator/machine-state.ts';
import {type} from '../support/installed.ts';
import {simulate} from '../support/simulated-linux.ts';

describe('the result of a command without a service', () => {
	const journal = 'journalctl --user-unit=vira.service --quiet --no-hostname';
	const linger = 'loginctl show-user alice --property=Linger --value';
	const version = 'systemctl --user show --property=Version';
	const noBus = 'Failed to connect to bus: No medium found';

	test.each<
		readonly [state: Partial<MachineState>, line: string, exitCode: number, stdout: string, stderr?: string]
	>([
		[{}, `${version} --value`, 0, '252.39-1~deb12u2'],
		[{session: false}, version, 1, '', noBus],
		[{booted: false}, version, 1, '', noBus],
		[
			{},
			'systemctl --user show vira.service --property=ActiveState,LoadState,MainPID,UnitFileState',
			0,
			'MainPID=0\nLoadState=not-found\nActiveState=inactive\nUnitFileState=',
		],
		[{}, 'systemctl --user daemon-reload', 0, ''],
		[{}, linger, 0, 'no'],
		[{session: false}, linger, 1, '', 'Failed to get user: User ID 1000 is not logged in or lingering'],
		[{}, 'systemd-detect-virt --container', 1, 'none'],
		[{container: 'docker'}, 'systemd-detect-virt --container', 0, 'docker'],
		[{wsl: true}, 'systemd-detect-virt --container', 0, 'wsl'],
		[{}, journal, 0, ''],
		[{}, `${journal} --since=nonsense`, 1, '', 'Failed to parse timestamp: nonsense'],
		[
			{journalReadable: false},
			journal,
			1,
			'',
			'No journal files were opened due to insufficient permissions.',
		],
		[{}, 'vira --version', 0, '0.1.0.0'],
	])('with %j, %s ends with %i', async (state, line, exitCode, stdout, stderr = '') => {
		expect(await type(await simulate(state), line)).toMatchObject({exitCode, stdout, stderr, found: true});
	});
});

test.each([
	['start', 5, 'Failed to start vira.service: Unit vira.service not found.'],
	['stop', 5, 'Failed to stop vira.service: Unit vira.service not loaded.'],
	['enable', 1, 'Failed to enable unit: Unit file vira.service does not exist.'],
	['disable', 1, 'Failed to disable unit: Unit file vira.service does not exist.'],
	['reset-failed', 1, 'Failed to reset failed state of unit vira.service: Unit vira.service not loaded.'],
])('without a service, systemctl %s exits with %i', async (verb, exitCode, stderr) => {
	const result = await type(await simulate(), `systemctl --user ${verb} vira.service`);
	expect(result).toMatchObject({exitCode, stdout: '', stderr});
});

test.each([
	[{}, 'launchctl list'],
	[{}, '/no/such/program'],
	[{systemd: undefined, booted: false}, 'systemctl --version'],
])('with %j, %s does not exist', async (state, line) => {
	expect(await type(await simulate(state), line)).toMatchObject({found: false, exitCode: undefined});
});

test.each([
	'systemctl --user cat vira.service',
	'systemctl --user --fast start vira.service',
	'systemctl --user start vira.service other.service',
	'systemctl show vira.service',
	'systemctl --user enable --now vira.service',
	'loginctl list-sessions',
	'journalctl --unit=vira.service',
	'journalctl --unit=vira.service --output=cat',
	'journalctl --quiet --no-hostname --user-unit=vira.service _PID=1',
	'vira web --port 5005',
])('a command that is not simulated throws: %s', async (line) => {
	await expect(type(await simulate(), line)).rejects.toThrow(
		`The simulated machine does not support this command: ${line}`,
	);
});

test('a property that is not simulated throws', async () => {
	const asked = type(await simulate(), 'systemctl --user show vira.service --property=MemoryMax');
	await expect(asked).rejects.toThrow('The simulated machine does not support the property MemoryMax');
});
