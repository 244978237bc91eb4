import {expect, test} from '@jest/globals';
import {everySilence, silent} from '../support/fault-injection.ts';
import {rehearseMac} from '../support/mac-rehearsal.ts';
import {macSetUp} from '../support/mac-setup.ts';
import {attempt, lines, told} from '../support/run-command.ts';

/** A Mac whose daemon starts at boot, as far as its disk is not locked then. */
const daemon = () => macSetUp({mac: {sudo: 'free', fileVault: false}}, '--domain', 'system');

test.each(everySilence)('fdesetup %s: no start at boot is promised, and none is denied', async (how) => {
	const machine = silent(await daemon(), /fdesetup/u, how);
	expect(await told(machine, 'status')).toMatchObject([0, {healthy: true, startsAtBoot: null}]);
	expect(await lines(machine, 'status')).toContain(
		'! Starts at boot   not known: fdesetup does not say whether FileVault is on',
	);
	const [, {checks}] = await told(machine, 'doctor');
	expect(checks).toContainEqual(
		expect.objectContaining({
			level: 'warning',
			code: 'starts-at-boot',
			message: 'It is not known whether it starts at boot.',
			consequence: 'fdesetup does not say whether FileVault is on.',
		}),
	);
});

test.each(everySilence)('fdesetup %s: an installation goes on, and says so before and after', async (how) => {
	const machine = silent(await rehearseMac({mac: {sudo: 'free', fileVault: false}}), /fdesetup/u, how);
	const {code, document} = await attempt(machine, '--domain', 'system');
	expect(code).toBe(0);
	expect(document).toMatchObject({outcome: 'installed', healthy: true, startsAtBoot: null});
	expect(document['warnings']).toContainEqual({
		code: 'boot-unknown',
		setting: 'domain',
		message:
			'It is not known whether the service starts at boot. fdesetup does not say whether FileVault is on.',
		mend: ['With FileVault on, a reboot waits until somebody has entered a password.'],
	});
	expect(document['findings']).toContainEqual({
		code: 'starts-at-boot',
		good: false,
		sentence: 'It is not known whether it starts at boot. fdesetup does not say whether FileVault is on.',
	});
});

test.each(everySilence)('defaults %s: who is logged in automatically is not known', async (how) => {
	const machine = silent(
		await macSetUp({mac: {autoLogin: 'alice', fileVault: false}}),
		/bin\/defaults/u,
		how,
	);
	expect(await lines(machine, 'status')).toContain(
		'! Starts at boot   not known: defaults does not say who is logged in automatically',
	);
});
