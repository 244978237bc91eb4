import {expect, test} from '@jest/globals';
import {put, type, unitPath} from '../support/installed.ts';
import {setUp} from '../support/linux-states.ts';
import {lines, told} from '../support/run-command.ts';

/** As Fedora has it. */
const ofDistribution = '/usr/lib/systemd/user/service.d/10-timeout-abort.conf';
const own = `${unitPath}.d/mine.conf`;

const setUpWith = async (path: string, text: string) => {
	const machine = await setUp();
	await put(machine, path, `[Service]\n${text}\n`);
	await type(machine, 'systemctl --user daemon-reload');
	return machine;
};

const said = async (machine: Awaited<ReturnType<typeof setUpWith>>): Promise<string> =>
	[
		...(await lines(machine, 'status')),
		...(await lines(machine, 'doctor')),
		...(await lines(machine, '--non-interactive --dry-run --log-level Debug')),
	].join('\n');

test('a drop-in of the distribution for all services is mentioned only if it replaces a line of ours', async () => {
	expect(await said(await setUpWith(ofDistribution, 'TimeoutStopFailureMode=abort'))).not.toContain(
		'service.d/',
	);
	const machine = await setUpWith(ofDistribution, 'RestartSec=1h');
	expect((await told(machine, 'status'))[1]).toMatchObject({
		drift: [{code: 'drop-in'}],
		dropIns: [ofDistribution],
	});
	expect(await said(machine)).toContain(`${ofDistribution} overrides RestartSec`);
});

test("status, doctor and the preview mention the user's own drop-in, which replaces nothing", async () => {
	const machine = await setUpWith(own, 'Nice=5');
	expect(await lines(machine, 'status')).toContain(
		'  Drop-in         ~/.config/systemd/user/vira.service.d/mine.conf (adds settings)',
	);
	expect((await lines(machine, 'doctor')).join('\n')).toContain(
		'vira.service.d/mine.conf adds settings to the service',
	);
	expect(await told(machine, 'doctor')).toMatchObject([0, {healthy: true}]);
	expect(await said(machine)).toContain('vira.service.d/mine.conf is kept and can override these settings.');
});
