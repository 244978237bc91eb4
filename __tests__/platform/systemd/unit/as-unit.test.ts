import {expect, test} from '@jest/globals';
import {managerOf} from '../../../../src/platform/service-manager/registry.ts';
import type {Command, RunOptions, RunResult, System} from '../../../../src/platform/system.ts';
import {defaultSettings, type Settings} from '../../../../src/settings/options.ts';
import type {MachineState} from '../../../../src/simulator/machine-state.ts';
import {detect} from '../../../../src/steps/detect.ts';
import {put, unitPath} from '../../../support/installed.ts';
import {simulate} from '../../../support/simulated-linux.ts';

interface Ran {
	readonly command: Command;
	readonly environment: RunOptions['environment'];
}

const done: RunResult = {exitCode: 0, stdout: '', stderr: '', timedOut: false, found: true};

/** What runs on such a machine for one command of the service. `answer`: of systemd-run. */
const ranOn = async (
	state: Partial<MachineState>,
	settings: Partial<Settings>,
	answer: Partial<RunResult> = {},
): Promise<readonly Ran[]> => {
	const machine = await simulate(state);
	const ran: Ran[] = [];
	const system: System = {
		...machine,
		run: async (command, options = {}) => {
			if (!['systemd-run', '/usr/bin/git'].includes(command[0])) return machine.run(command, options);
			ran.push({command, environment: options.environment});
			return command[0] === 'systemd-run' ? {...done, ...answer} : done;
		},
	};
	const wanted = {...defaultSettings({vira: '/vira', nix: true}), ...settings};
	const service = await managerOf(await detect(system)).asService(system, {
		settings: wanted,
		isRunning: false,
	});
	await service.run(['/usr/bin/git', 'version'], {timeoutMs: 5000, signal: new AbortController().signal});
	return ran;
};

test.each<[string, Settings['serviceConfig'], string, string | undefined]>([
	['nobody', {}, '', undefined],
	['the settings', {PrivateTmp: 'yes'}, '', '--service-config PrivateTmp=no'],
	['a drop-in', {PrivateTmp: 'yes'}, '[Service]\nPrivateTmp=1\n', 'vira-setup restart'],
	[
		'settings with a secret',
		{PrivateTmp: 'yes', SetCredential: 'token:ghp_0123456789abcdefghijABCDEFGHIJ456789'},
		'',
		'vira-setup',
	],
	['settings that a drop-in overrides', {PrivateTmp: 'yes'}, '[Service]\nPrivateTmp=off\n', undefined],
])('a private /tmp comes from %s', async (_, serviceConfig, dropIn, fix) => {
	const machine = await simulate();
	await put(machine, `${unitPath}.d/mine.conf`, dropIn);
	const wanted = {...defaultSettings({vira: '/vira', nix: true}), serviceConfig};
	const which = {settings: wanted, isRunning: false};
	const {lessSandbox} = await managerOf(await detect(machine)).asService(machine, which);
	const command = lessSandbox?.command;
	expect(fix === undefined ? command : command?.includes(fix)).toBe(fix === undefined ? undefined : true);
});

const secret = 'hunter2hunter2';
const environment = {GH_TOKEN: secret, LANG: 'de_DE.UTF-8'};

test('a command runs in the sandbox of the service, with its variables, and a secret is on no command line', async () => {
	const [ran, ...more] = await ranOn(
		{},
		{environment, serviceConfig: {PrivateTmp: 'true', ProtectHome: 'read-only', Restart: 'no'}},
	);
	expect(more).toEqual([]);
	expect(ran?.command).toEqual(
		expect.arrayContaining([
			'--property=PrivateTmp=true',
			'--property=NoNewPrivileges=true',
			'--property=ProtectHome=read-only',
			'--property=RuntimeMaxSec=6',
			'--setenv=LANG',
			'--setenv=GH_TOKEN',
		]),
	);
	expect(ran?.command.slice(-3)).toEqual(['--', '/usr/bin/git', 'version']);
	expect(ran?.command.join(' ')).not.toMatch(/Restart|hunter2/u);
	expect(ran?.environment).toMatchObject({GH_TOKEN: secret, XDG_RUNTIME_DIR: '/run/user/1000'});
});

test.each<[string, Partial<MachineState>, Partial<RunResult>]>([
	['a manager that cannot be given a secret unseen', {systemd: 247}, {}],
	['a manager that is not running', {session: false}, {}],
	[
		'a manager that refuses',
		{},
		{exitCode: 1, stderr: 'Failed to start transient service unit: Access denied'},
	],
	['no systemd-run', {}, {exitCode: undefined, found: false}],
])('%s: it runs with the same variables, without the sandbox', async (_, state, answer) => {
	const last = (await ranOn(state, {environment}, answer)).at(-1);
	expect(last?.command).toEqual(['/usr/bin/git', 'version']);
	expect(last?.environment).toMatchObject({...environment, HOME: '/home/alice', LC_ALL: 'C'});
});

test.each([
	['cancelled', true],
	['late', false],
])('the unit of a command that is %s is stopped, as it outlives systemd-run', async (_, isCancelled) => {
	const machine = await simulate();
	const cancelling = new AbortController();
	const stopped: string[] = [];
	let begun = '';
	let release = (): void => undefined;
	const system: System = {
		...machine,
		run: async (command, options) => {
			if (command.join(' ').startsWith('systemctl --user stop vira-setup-')) {
				stopped.push(command.at(-1) ?? '');
				release();
				return done;
			}
			if (command[0] !== 'systemd-run') return machine.run(command, options);
			begun = command.find((word) => word.startsWith('--unit='))?.slice('--unit='.length) ?? '';
			if (!isCancelled) return {...done, exitCode: undefined, timedOut: true};
			// The unit holds its output open.
			return new Promise((resolve) => {
				release = () => resolve({...done, exitCode: undefined});
				cancelling.abort();
			});
		},
	};
	const settings = defaultSettings({vira: '/vira', nix: true});
	const service = await managerOf(await detect(system)).asService(system, {settings, isRunning: false});
	await service.run(['/usr/bin/git', 'version'], {timeoutMs: 5000, signal: cancelling.signal});
	expect(stopped).toEqual([`${begun}.service`]);
});
