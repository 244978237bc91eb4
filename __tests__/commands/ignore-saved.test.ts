import {expect, test} from '@jest/globals';
import type {System} from '../../src/platform/system.ts';
import {put} from '../support/installed.ts';
import {lines, run, told} from '../support/run-command.ts';
import {simulate, type Simulation} from '../support/simulated-linux.ts';

const settingsFile = '/home/alice/.config/vira-setup/settings.json';
const described = '--ignore-saved --port 8443 --environment A=b';

const settingsOf = async (system: System): Promise<Record<string, unknown>> =>
	JSON.parse((await system.readFile(settingsFile)) ?? '') as Record<string, unknown>;

test('what is not given is the default, whatever is saved', async () => {
	const system = await simulate();
	const saved = '--port 5006 --repository a=https://git.example/a --extra-package /a --environment A=a';
	await run(system, ...saved.split(' '), '--environment', 'B=b', '--state-dir', '/home/alice/state');
	const [status, {outcome, changedSettings}] = await told(system, described);
	expect([status, outcome]).toEqual([0, 'updated']);
	expect(await settingsOf(system)).toMatchObject({
		...{port: 8443, extraPackages: [], stateDir: '~/.local/share/vira/state'},
		initialState: {repositories: {}},
		systemd: {environment: {A: 'b'}},
	});
	expect(changedSettings).toContainEqual({setting: 'extraPackages', from: ['/a'], to: []});
});

test('the same description makes no change the second time', async () => {
	const system = await simulate();
	await told(system, described);
	expect(await told(system, described)).toMatchObject([0, {outcome: 'unchanged', changed: false}]);
	expect((await told(system, `${described} --check`))[0]).toBe(0);
});

test('without the option, what is not given stays as it is saved', async () => {
	const system = await simulate();
	await told(system, described);
	expect(await told(system, '--log-level Debug')).toMatchObject([0, {settings: {port: 8443}}]);
});

/** The machine with another Vira, which comes first in PATH. */
const withAnother = async (machine: Simulation): Promise<System> => {
	const path = '/home/alice/first/vira';
	await put(machine, path, '');
	await machine.writeFile(path, '#!/bin/sh\n', 0o755);
	const {vira} = await machine.events.state();
	if (vira) await machine.events.change({otherViras: [{...vira, path}]});
	return {...machine, environment: {...machine.environment, PATH: '/home/alice/first'}};
};

test('a Vira that was chosen as the default stays, although another PATH leads to another one', async () => {
	const machine = await simulate();
	await run(machine);
	const elsewhere = await withAnother(machine);
	expect(await told(elsewhere, '--ignore-saved')).toMatchObject([0, {outcome: 'unchanged'}]);
	expect(await lines(elsewhere, 'export --ignore-saved --format json')).toContain(
		'\t"package": "/home/alice/.nix-profile/bin/vira",',
	);
});

test('a Vira that was given is the default no more once it is not given', async () => {
	const machine = await simulate();
	const elsewhere = await withAnother(machine);
	await run(elsewhere, '--package', '/home/alice/.nix-profile/bin/vira');
	expect(await told(elsewhere, '--ignore-saved')).toMatchObject([
		0,
		{outcome: 'updated', settings: {package: '/home/alice/first/vira'}},
	]);
});

test.each([
	['damaged', async (system: System) => system.writeFile(settingsFile, '{"port": "x"', 0o600)],
	['not valid', async (system: System) => system.writeFile(settingsFile, '{"port": "x"}', 0o600)],
	['lost', async (system: System) => system.deleteFile(settingsFile)],
])('saved settings that are %s are replaced', async (_, spoil) => {
	const system = await simulate();
	await told(system, described);
	await spoil(system);
	expect((await told(system, '--port 8443'))[0]).not.toBe(0);
	expect(await told(system, described)).toMatchObject([0, {outcome: 'updated'}]);
	expect((await settingsOf(system))['port']).toBe(8443);
});

test('a secret that is no longer described is masked', async () => {
	const system = await simulate();
	await run(system, '--environment', 'X=very-secret-value', '--environment', 'API_TOKEN=very-secret-value');
	const {written} = await run(system, '--ignore-saved', '--dry-run');
	expect(written).toContain('API_TOKEN');
	expect(written).not.toContain('very-secret-value');
});

test('the command that --print-command prints ignores what is saved as well', async () => {
	const system = await simulate();
	await run(system, '--port', '5006');
	expect(await lines(system, '--print-command --ignore-saved --log-level Debug')).toEqual([
		0,
		'vira-setup --non-interactive --ignore-saved --log-level Debug',
	]);
});

test('export says nothing of a machine that it does not ask', async () => {
	const system = await simulate();
	await run(system, '--port', '5006');
	const [status, ...exported] = await lines(system, 'export --format json --ignore-saved');
	expect([status, exported.join('')]).toEqual([0, expect.stringContaining('"port": 5005')]);
});
