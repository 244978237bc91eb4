import {expect, test} from '@jest/globals';
import {everySilence, silent} from '../support/fault-injection.ts';
import {simulateMac, typed} from '../support/simulated-mac.ts';
import {macSetUp} from '../support/mac-setup.ts';
import {macStates} from '../support/mac-states.ts';
import {attempt, lines, told} from '../support/run-command.ts';
import {warned} from '../support/notices.ts';
import {fixOf} from '../support/printed-fix.ts';

/** A Mac whose daemon starts at boot, unless its disk is locked then. */
const daemon = () => macSetUp({mac: {sudo: 'free', fileVault: false}}, '--domain', 'system');

const unreported = 'fdesetup did not report whether FileVault is on.';

test.each(everySilence)('fdesetup %s: a start at boot is neither promised nor denied', async (how) => {
	const machine = silent(await daemon(), /fdesetup/u, how);
	expect(await told(machine, 'status')).toMatchObject([0, {healthy: true, startsAtBoot: null}]);
	expect(await lines(machine, 'status')).toContain(
		'! Starts at boot  unknown: fdesetup did not report whether FileVault is on',
	);
	const [, {checks}] = await told(machine, 'doctor');
	expect(checks).toContainEqual(
		expect.objectContaining({
			level: 'warning',
			code: 'starts-at-boot',
			message: 'It is unknown whether Vira starts at boot.',
			detail: unreported,
		}),
	);
});

test.each(everySilence)('fdesetup %s: a setup continues, and says so before and after', async (how) => {
	const machine = silent(await simulateMac({mac: {sudo: 'free', fileVault: false}}), /fdesetup/u, how);
	const {code, document} = await attempt(machine, '--domain', 'system');
	expect(code).toBe(0);
	expect(document).toMatchObject({outcome: 'installed', healthy: true, startsAtBoot: null});
	expect(document['warnings']).toContainEqual(
		warned({
			code: 'boot-unknown',
			setting: 'domain',
			message: `It is unknown whether Vira starts at boot. ${unreported}`,
			fixes: ['If FileVault is on, a reboot waits until someone enters a password.'],
		}),
	);
	expect(document['findings']).toContainEqual(
		warned({
			code: 'starts-at-boot',
			message: `Starts at boot: unknown. ${unreported}`,
		}),
	);
});

test.each(everySilence)('defaults %s: the account with automatic login is unknown', async (how) => {
	const machine = silent(
		await macSetUp({mac: {autoLogin: 'alice', fileVault: false}}),
		/bin\/defaults/u,
		how,
	);
	expect(await lines(machine, 'status')).toContain(
		'! Starts at boot  unknown: defaults did not report who is logged in automatically',
	);
});

test.each(everySilence)(
	'print-disabled %s: the report says that it is unknown whether the service is disabled',
	async (how) => {
		const machine = silent(await daemon(), /print-disabled/u, how);
		expect(await told(machine, 'status')).toMatchObject([
			0,
			{
				enabled: null,
				startsAtBoot: null,
				nextStart: {
					message: 'It starts again after a reboot, unless it is disabled: launchd did not report that.',
				},
			},
		]);
		expect(await lines(machine, 'status')).toEqual(
			expect.arrayContaining([
				'! Enabled         unknown: launchd does not report it',
				'! Starts at boot  unknown: launchd did not report whether it is disabled',
			]),
		);
		const [, {checks}] = await told(machine, 'doctor');
		expect(checks).toContainEqual(
			expect.objectContaining({
				level: 'warning',
				code: 'switch-unknown',
				fixes: [fixOf('sudo launchctl enable system/org.vira.service   enables it')],
			}),
		);
	},
);

test.each(everySilence)('print-disabled %s: a start enables the service all the same', async (how) => {
	const mac = await macStates.disabled();
	const machine = silent(mac, /print-disabled/u, how);
	expect(await told(machine, 'start')).toMatchObject([0, {outcome: 'started', healthy: true}]);
	expect(await told(mac, 'status')).toMatchObject([0, {enabled: true}]);
});

test('a disabled service is not reported to start at boot', async () => {
	const mac = await daemon();
	expect(await told(mac, 'status')).toMatchObject([0, {startsAtBoot: true}]);
	await typed(mac, 'sudo launchctl disable system/org.vira.service');
	expect(await told(mac, 'status')).toMatchObject([0, {enabled: false, startsAtBoot: false}]);
});
