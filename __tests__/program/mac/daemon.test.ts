import {describe, expect, test} from '@jest/globals';
import {macPresets} from '../../support/mac-presets.ts';
import type {GivenMac} from '../../../src/simulator/macos/fresh-mac.ts';
import {keys} from '../../../scripts/terminal/screen.ts';
import {testScenario} from '../../support/every-profile.ts';
import {done, endedOn, runningIn, runOn, setUpOn} from '../../support/mac-program.ts';
import {daemon, daemonPath, label, launched, macIn, typed} from '../../support/simulated-mac.ts';
import {newFolder} from '../../support/new-folder.ts';
import {openProgram} from '../../support/terminal.ts';

/** Reached by SSH only, with a sudo that asks for nothing. */
const server: GivenMac = {mac: {...macPresets.headless.mac, fileVault: false, sudo: 'free'}};
const asDaemon = ['--domain', 'system'];

describe('a Mac on which no one logs in', () => {
	testScenario('9: as a daemon it runs immediately and after a reboot, and says so', async (makeMac) => {
		const machine = await setUpOn(makeMac, server, ...asDaemon);
		expect(await launched(machine)).toEqual(runningIn('system'));
		await machine.events.boot();
		expect(await launched(machine)).toEqual(runningIn('system'));
		const {code, document} = await runOn(machine, 'status');
		expect([code, document]).toMatchObject([
			0,
			{
				running: true,
				healthy: true,
				domains: ['system'],
				startsAtBoot: true,
				survivesLogout: true,
				drift: [],
			},
		]);
	});

	testScenario('every command uses the domain of the daemon', async (makeMac) => {
		const machine = await setUpOn(makeMac, server, ...asDaemon);
		expect(await endedOn(machine, 'restart')).toEqual([0, 'restarted', '']);
		expect(await launched(machine)).toEqual(runningIn('system', 2));
		expect(await endedOn(machine, 'stop')).toEqual([0, 'stopped', '']);
		expect(await launched(machine)).toEqual([]);
		expect(await endedOn(machine, 'start')).toEqual([0, 'started', '']);
		expect(await launched(machine)).toEqual(runningIn('system'));
		expect((await done(machine)).filter((one) => !one.includes('system'))).toEqual([]);
	});

	testScenario('6: a daemon that root disabled is enabled and runs', async (makeMac) => {
		const machine = await makeMac(server);
		await typed(machine, `sudo launchctl disable ${daemon}`);
		expect(await endedOn(machine, ...asDaemon)).toEqual([0, 'installed', '']);
		expect(await launched(machine)).toEqual(runningIn('system'));
	});

	testScenario('5: a daemon that launchd rejects: the old one is restored, and runs', async (makeMac) => {
		const machine = await setUpOn(makeMac, server, ...asDaemon);
		await machine.events.behave(label, {rejects: '8443'});
		expect(await endedOn(machine, '--port', '8443')).toEqual([
			5,
			'failed',
			`launchd did not load the service.\n${daemonPath}: Input/output error Bootstrap failed: 5: Input/output error`,
		]);
		expect(await launched(machine)).toEqual(runningIn('system'));
	});

	testScenario(
		'from the agent to the daemon and back again, one instance and one file remain',
		async (makeMac) => {
			const machine = await setUpOn(makeMac, {mac: {sudo: 'free'}});
			expect(await endedOn(machine, ...asDaemon)).toEqual([0, 'updated', '']);
			expect(await launched(machine)).toEqual(runningIn('system'));
			expect(await endedOn(machine, '--domain', 'gui')).toEqual([0, 'updated', '']);
			expect(await launched(machine)).toEqual(runningIn('gui'));
			expect(await machine.inspect(daemonPath)).toBeUndefined();
		},
	);
});

test('a command in a terminal says what needs root, and sudo asks there', async () => {
	const machine = await macIn(newFolder(), server);
	await endedOn(machine, ...asDaemon);
	await machine.events.changeMac({sudo: 'password'});
	expect((await endedOn(machine, 'stop'))[0]).toBe(4);
	const screen = openProgram(['stop', '--simulate', 'macos', '--simulation-folder', machine.folder]);
	const text = await screen.shows('told');
	expect(text).toContain('administrator rights. sudo asks for your password:');
	expect(text).toContain('✔ Vira stopped.');
	expect(await launched(machine)).toEqual([]);
	screen.press(keys.enter);
});
