import {describe, expect} from '@jest/globals';
import {macPresets} from '../../support/mac-presets.ts';
import type {GivenMac} from '../../../src/simulator/macos/fresh-mac.ts';
import {testScenario} from '../../support/every-profile.ts';
import {endedOn, runningIn, runOn, setUpOn} from '../../support/mac-program.ts';
import {agentPath, backgroundPath, launched} from '../../support/simulated-mac.ts';
import {pictureOf} from '../../support/picture-of.ts';

const atNextLogin = 'Vira is not running yet: it starts after your next desktop login.';

describe('9: over SSH, without a desktop session', () => {
	for (const preset of ['headless', 'unseen', 'otherAtScreen'] as const)
		testScenario(
			`${preset}: the agent is installed, and starts at the next login to the desktop`,
			async (makeMac) => {
				const machine = await makeMac(macPresets[preset]);
				const {code, document} = await runOn(machine);
				expect([code, document]).toMatchObject([
					0,
					{outcome: 'installed', startsAtBoot: false, findings: [{message: atNextLogin}]},
				]);
				expect(document['warnings']).toContainEqual(expect.objectContaining({code: 'headless'}));
				expect(await launched(machine)).toEqual([]);
				await machine.events.guiLogin();
				expect(await launched(machine)).toEqual(runningIn('gui'));
				expect(await endedOn(machine)).toEqual([0, 'unchanged', '']);
			},
		);

	testScenario('the domain user runs immediately, from a file that no login loads', async (makeMac) => {
		const machine = await setUpOn(makeMac, macPresets.headless, '--domain', 'user');
		expect(await launched(machine)).toEqual(runningIn('user'));
		expect(await machine.inspect(agentPath)).toBeUndefined();
		await machine.events.guiLogin();
		expect(await endedOn(machine)).toEqual([0, 'unchanged', '']);
		expect(await launched(machine)).toEqual(runningIn('user'));
		await machine.events.guiLogout();
		expect(await launched(machine)).toEqual(runningIn('user'));
	});

	testScenario(
		'a launchd that has not seen the user since the boot: the domain user is refused',
		async (makeMac) => {
			const machine = await makeMac(macPresets.unseen);
			const before = await pictureOf(machine);
			expect(await endedOn(machine, '--domain', 'user')).toEqual([
				5,
				'failed',
				'launchd has no user domain for you yet: you have not logged in since the last boot.\nCould not find domain for uid: 501',
			]);
			expect(await pictureOf(machine)).toEqual(before);
		},
	);
});

testScenario('10: over SSH, while the same user has a desktop session, it runs there', async (makeMac) => {
	const machine = await setUpOn(makeMac, macPresets.sshAndScreen);
	expect(await launched(machine)).toEqual(runningIn('gui'));
	expect(await endedOn(machine)).toEqual([0, 'unchanged', '']);
});

describe('18: a logout in the middle of a run', () => {
	for (const verb of ['enable', 'bootstrap'])
		testScenario(`before ${verb}: nothing is started in the background instead`, async (makeMac) => {
			const machine = await makeMac({mac: {faults: [{before: verb, happens: 'gui-logout'}]}});
			const before = await pictureOf(machine);
			const [code, outcome, message] = await endedOn(machine);
			expect([code, outcome]).toEqual([5, 'failed']);
			expect(message).toContain('Your desktop session has ended');
			expect(await launched(machine)).toEqual([]);
			expect(await pictureOf(machine)).toEqual(before);
		});

	testScenario('before kickstart: that is reported, and nothing remains', async (makeMac) => {
		const machine = await makeMac({mac: {faults: [{before: 'kickstart', happens: 'gui-logout'}]}});
		const before = await pictureOf(machine);
		expect((await endedOn(machine)).slice(0, 2)).toEqual([5, 'failed']);
		expect(await launched(machine)).toEqual([]);
		expect(await pictureOf(machine)).toEqual(before);
	});

	testScenario('while a service is changed: the old file is back, for the next login', async (makeMac) => {
		const machine = await setUpOn(makeMac);
		const {files} = await pictureOf(machine);
		await machine.events.changeMac({faults: [{before: 'bootstrap', happens: 'gui-logout'}]});
		expect((await endedOn(machine, '--port', '8443')).slice(0, 2)).toEqual([5, 'failed']);
		expect(await launched(machine)).toEqual([]);
		expect((await pictureOf(machine)).files).toEqual(files);
		await machine.events.guiLogin();
		expect(await launched(machine)).toEqual(runningIn('gui'));
	});
});

describe('21: after a reboot', () => {
	testScenario('it waits for a desktop login, and a run says so', async (makeMac) => {
		const machine = await setUpOn(makeMac);
		await machine.events.boot();
		await machine.events.sshLogin();
		const {code, document} = await runOn(machine);
		expect([code, document]).toMatchObject([0, {outcome: 'unchanged', findings: [{message: atNextLogin}]}]);
		expect(await launched(machine)).toEqual([]);
		await machine.events.guiLogin();
		expect(await launched(machine)).toEqual(runningIn('gui'));
	});

	testScenario('in the domain user, a run starts it again', async (makeMac) => {
		const machine = await setUpOn(makeMac, {}, '--domain', 'user');
		await machine.events.boot();
		await machine.events.sshLogin();
		expect(await launched(machine)).toEqual([]);
		expect(await endedOn(machine)).toEqual([0, 'updated', '']);
		expect(await launched(machine)).toEqual(runningIn('user'));
		expect(await machine.inspect(backgroundPath)).toMatchObject({mode: 0o644});
	});

	for (const [who, mac, startsAtBoot] of [
		['alice', {autoLogin: 'alice', fileVault: false}, true],
		['alice, and FileVault asks first', {autoLogin: 'alice', fileVault: true}, false],
		['bob', {autoLogin: 'bob', fileVault: false}, false],
	] as const satisfies readonly (readonly [string, GivenMac['mac'], boolean])[])
		testScenario(
			`automatic login: ${who}; what the report says about the next boot is true`,
			async (makeMac) => {
				const machine = await makeMac({mac});
				expect((await runOn(machine)).document['startsAtBoot']).toBe(startsAtBoot);
				await machine.events.boot();
				expect(await launched(machine)).toEqual(startsAtBoot ? runningIn('gui') : []);
			},
		);
});
