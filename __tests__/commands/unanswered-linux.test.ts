import {expect, test} from '@jest/globals';
import {everySilence, silent} from '../support/fault-injection.ts';
import {linuxStates} from '../support/linux-states.ts';
import {simulate} from '../support/simulated-linux.ts';
import {attempt, lines, told} from '../support/run-command.ts';
import {warned} from '../support/notices.ts';

const unread = 'Your home folder may be locked until you log in.';

test.each(everySilence)('lsattr %s: a start at boot is neither promised nor denied', async (how) => {
	const machine = silent(await linuxStates.running(), /^lsattr/u, how);
	expect(await told(machine, 'status')).toMatchObject([
		0,
		{
			healthy: true,
			startsAtBoot: null,
			nextStart: {
				message: 'It starts again at the next boot, unless your home folder is locked until you log in.',
			},
		},
	]);
	expect(await lines(machine, 'status')).toContain(
		'! Starts at boot  unknown: Your home folder may be locked until you log in',
	);
	const [, {checks}] = await told(machine, 'doctor');
	expect(checks).toContainEqual(
		expect.objectContaining({level: 'warning', code: 'starts-at-boot', detail: unread}),
	);
});

test.each(everySilence)('lsattr %s: an installation continues, and says so before and after', async (how) => {
	const {code, document} = await attempt(silent(await simulate(), /^lsattr/u, how), '--linger');
	expect(code).toBe(0);
	expect(document).toMatchObject({
		outcome: 'installed',
		startsAtBoot: null,
		warnings: [
			{
				code: 'boot-unknown',
				message: `It is unknown whether Vira starts at boot. ${unread}`,
			},
		],
	});
	expect(document['findings']).toContainEqual(
		warned({
			code: 'starts-at-boot',
			message: `Starts at boot: unknown. ${unread}`,
		}),
	);
});

const ofManager = /^systemctl --user show --property=Version/u;

test.each(everySilence)(
	'"systemctl --version" %s: the user manager reports its systemd version; without it, that is unknown',
	async (how) => {
		const asked = silent(await simulate(), /^systemctl --version/u, how);
		expect(await attempt(asked, '--dry-run')).toMatchObject({code: 0, document: {warnings: []}});
		const {code, document} = await attempt(silent(asked, ofManager, how), '--dry-run');
		// If systemctl cannot run, the report says so.
		const answers = how === 'fails after it has printed' || how === 'does not end in time';
		if (!answers) {
			expect(code).toBe(3);
			return;
		}
		expect([code, document['warnings']]).toEqual([
			0,
			[
				warned({
					code: 'systemd-untested',
					message:
						'systemctl does not report the version of systemd: vira-setup is tested with 247 and newer.',
				}),
			],
		]);
		const [, {checks}] = await told(silent(asked, ofManager, how), 'doctor');
		expect(checks).toContainEqual(
			expect.objectContaining({
				message: 'Debian GNU/Linux 12 (bookworm), systemd (version unknown), user manager not started yet',
			}),
		);
	},
);

test.each(everySilence)(
	'"systemctl show" %s: Vira is not reported as stopped, and the link shows that it is enabled',
	async (how) => {
		const machine = silent(await linuxStates.running(), /^systemctl --user show .*ActiveState/u, how);
		expect(await told(machine, 'status')).toMatchObject([
			1,
			{running: null, state: 'unknown', enabled: true, startsAtBoot: true, restarts: null},
		]);
	},
);
