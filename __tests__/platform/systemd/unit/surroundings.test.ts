import {describe, expect, test} from '@jest/globals';
import {managerOf} from '../../../../src/platform/service-manager/registry.ts';
import {readSurroundings} from '../../../../src/platform/systemd/unit/surroundings.ts';
import {defaultSettings} from '../../../../src/settings/options.ts';
import type {MachineState} from '../../../../src/simulator/machine-state.ts';
import {detect} from '../../../../src/steps/detect.ts';
import {machineWithUnit, put, typeAll, unitPath, unitWith} from '../../../support/installed.ts';
import {simulate} from '../../../support/simulated-linux.ts';

const settings = {
	...defaultSettings({vira: '/vira', nix: true}),
	environment: {EDITOR: 'vi', PAGER: 'less'},
	serviceConfig: {ProtectHome: 'read-only'},
};

const withDropIn = async (text: string, files: Readonly<Record<string, string>> = {}) => {
	const machine = await simulate();
	await put(machine, `${unitPath}.d/override.conf`, text);
	for (const [path, content] of Object.entries(files)) await put(machine, path, content);
	const facts = await detect(machine);
	if (facts.platform !== 'linux') throw new Error('The simulated machine is a Linux.');
	const {variables, ...rest} = await readSurroundings(machine, settings, facts);
	const {PATH, ...others} = variables;
	return {variables: {...others, PATH: PATH === undefined ? 'none' : 'ours'}, ...rest};
};

const ours = {EDITOR: 'vi', PAGER: 'less', PATH: 'ours'};

describe('a drop-in changes what surrounds the service', () => {
	test.each<[string, string, Readonly<Record<string, string>>]>([
		['nothing', '[Service]\nMemoryMax=2G\n', ours],
		['not in another section', '[Unit]\nEnvironment=EDITOR=ed\n', ours],
		[
			'quoted variables, and specifiers',
			`[Service]\nEnvironment=EDITOR=ed "HTTPS_PROXY=http://a b" \\\n 'KEY=%h/key'\n`,
			{...ours, EDITOR: 'ed', HTTPS_PROXY: 'http://a b', KEY: '/home/alice/key'},
		],
		['a line that systemd ignores', '[Service]\nEnvironment="EDITOR=ed\n', ours],
		['none of ours', '[Service]\nEnvironment=\nEnvironment=A=1\n', {A: '1', PATH: 'none'}],
		[
			'a file of variables, which counts more',
			'[Service]\nEnvironmentFile=-%h/env\nEnvironment=EDITOR=ed\n',
			{...ours, EDITOR: 'nano', NAME: 'of two words'},
		],
	])('%s', async (_, text, variables) => {
		const files = {'/home/alice/env': "# mine\nEDITOR=nano\nNAME='of two words'\n"};
		expect((await withDropIn(text, files)).variables).toEqual(variables);
	});

	test('its commands are not run by a check', async () => {
		const text = '[Service]\nExecStartPre=/bin/false\nExecStart=\nExecStart=/bin/other\nNoExecPaths=/srv\n';
		const {properties} = await withDropIn(text);
		expect(properties.filter((one) => /exec/iu.test(one))).toEqual(['NoExecPaths=/srv']);
	});

	test('a file that systemd does not read counts for nothing', async () => {
		const files = {[`${unitPath}.d/override.conf.bak`]: '[Service]\nEnvironment=EDITOR=ed\n'};
		expect((await withDropIn('', files)).variables).toEqual(ours);
	});

	test('its sandbox is added to that of the settings', async () => {
		const text = '[Service]\nPrivateTmp=yes\nMemoryMax=2G\nUnsetEnvironment=A B\n';
		expect(await withDropIn(text)).toMatchObject({
			properties: ['NoNewPrivileges=true', 'ProtectHome=read-only', 'PrivateTmp=yes'],
			unset: ['A', 'B'],
		});
	});
});

describe('the variables of a service', () => {
	const variablesOf = async (state: Partial<MachineState>, isRunning: boolean) => {
		const machine = await machineWithUnit(
			{builds: {environment: {FROM_MANAGER: 'at start'}}, ...state},
			unitWith({Environment: 'EDITOR=ed'}),
		);
		await typeAll(machine, 'systemctl --user daemon-reload', 'systemctl --user start vira.service');
		await machine.events.change({builds: {environment: {FROM_MANAGER: 'now'}}});
		const which = {settings, isRunning};
		return (await managerOf(await detect(machine)).asService(machine, which)).variables;
	};

	test('are those of its process where that is meant', async () => {
		expect(await variablesOf({}, true)).toMatchObject({EDITOR: 'ed', FROM_MANAGER: 'at start'});
		expect(await variablesOf({}, true)).not.toHaveProperty('INVOCATION_ID');
	});

	test('are those of the settings for the next start', async () => {
		expect(await variablesOf({}, false)).toMatchObject({EDITOR: 'vi', FROM_MANAGER: 'now'});
	});
});
