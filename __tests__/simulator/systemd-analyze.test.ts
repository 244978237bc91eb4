import {describe, expect, test} from '@jest/globals';
import {put, type, unitWith} from '../support/installed.ts';
import {simulate} from '../support/simulated-linux.ts';

const path = '/tmp/x/vira.service';

/** The exit status, and standard error, of verifying a unit with this line on line 9. */
const verified = async (systemd: number, line: string) => {
	const machine = await simulate({systemd});
	await put(machine, path, unitWith().replace('\n\n[Install]', `\n${line}\n\n[Install]`));
	const {exitCode, stderr} = await type(machine, `systemd-analyze --user --man=no verify ${path}`);
	return [exitCode, ...stderr.split('\n').filter((words) => words !== '')];
};

describe('what systemd-analyze verify says about a line, as measured', () => {
	test.each([
		[247, 'MemoryMx=2G', [0, `${path}:9: Unknown key name 'MemoryMx' in section 'Service', ignoring.`]],
		[252, 'MemoryMx=2G', [0, `${path}:9: Unknown key 'MemoryMx' in section [Service], ignoring.`]],
		[257, 'MemoryMax=2GB', [0, `${path}:9: Invalid memory limit '2GB', ignoring: Invalid argument`]],
		[252, 'PrivateTmp=maybe', [0, `${path}:9: Failed to parse boolean value, ignoring: maybe`]],
		[257, 'PrivateTmp=maybe', [0, `${path}:9: Failed to parse PrivateTmp=maybe, ignoring: Invalid argument`]],
		[252, 'Restart=', [0, `${path}:9: Failed to parse service restart specifier, ignoring: `]],
		[252, 'Type=notify-reload', [0, `${path}:9: Failed to parse service type, ignoring: notify-reload`]],
		[257, 'Type=notify-reload', [0]],
		[252, 'KillMode=', [0]],
		[257, 'PrivateTmp=disconnected', [0]],
		[252, 'PrivateTmp=disconnected', [0, `${path}:9: Failed to parse boolean value, ignoring: disconnected`]],
		[247, 'MemoryLimit=1G', [0]],
		[
			252,
			'MemoryLimit=1G',
			[
				0,
				`${path}:9: Unit uses MemoryLimit=; please use MemoryMax= instead. Support for MemoryLimit= will be removed soon.`,
			],
		],
		[
			252,
			'MemoryZSwapMax=1G',
			[0, `${path}:9: Unknown key 'MemoryZSwapMax' in section [Service], ignoring.`],
		],
		[257, 'MemoryZSwapMax=1G', [0]],
		[252, 'X-Mine=1', [0]],
		[252, 'MemoryMax=', [0]],
		[
			252,
			'WorkingDirectory=foo',
			[
				1,
				`${path}:9: WorkingDirectory= path is not absolute: foo`,
				'vira.service: Unit configuration has fatal error, unit will not be started.',
				'Unit vira.service has a bad unit file setting.',
			],
		],
		[
			252,
			'ExecStart=\nExecStart=/no/such',
			[1, 'vira.service: Command /no/such is not executable: No such file or directory'],
		],
		[252, 'ExecStart=\nExecStart=/bin/sh', [0]],
	])('%i, %s', async (systemd, line, answer) => {
		expect(await verified(systemd, line)).toEqual(answer);
	});
});

test('it needs a runtime folder, which a user who is not logged in does not have', async () => {
	const machine = await simulate({session: false});
	await put(machine, path, unitWith());
	const verify = `systemd-analyze --user verify ${path}`;
	expect(await type(machine, verify)).toMatchObject({
		exitCode: 1,
		stderr: "Failed to create directory '/run/user/1000/systemd/': No such file or directory",
	});
	expect(await type(machine, `env XDG_RUNTIME_DIR=/tmp/x ${verify}`)).toMatchObject({
		exitCode: 0,
		stderr: '',
	});
});

test('systemd lists the names that its version knows', async () => {
	const list = async (systemd: number) => {
		const machine = await simulate({systemd});
		const {stdout} = await type(machine, '/usr/lib/systemd/systemd --user --dump-configuration-items');
		return stdout.split('\n').map((line) => line.replace(/=.*/u, ''));
	};
	expect(await list(252)).toEqual(expect.arrayContaining(['[Unit]', 'After', '[Service]', 'MemoryMax']));
	expect([await list(252), await list(257)].map((names) => names.includes('MemoryZSwapMax'))).toEqual([
		false,
		true,
	]);
});
