import {describe, expect, test} from '@jest/globals';
import {detect} from '../../../../src/steps/detect.ts';
import {managerOf} from '../../../../src/platform/service-manager/registry.ts';
import {simulate, type Simulation} from '../../../support/simulated-linux.ts';
import {put, type, typeAll, unitPath} from '../../../support/installed.ts';
import {setUp} from '../../../support/linux-states.ts';
import {lines, refusal, told} from '../../../support/run-command.ts';
import type {Fix} from '../../../../src/notice.ts';

const runtime = '/run/user/1000/systemd/user/vira.service';
const control = '/home/alice/.config/systemd/user.control/vira.service';

const linked = (...paths: readonly string[]): Promise<Simulation> =>
	simulate({links: Object.fromEntries(paths.map((path) => [path, '/dev/null']))});

const reload = 'systemctl --user daemon-reload';

const asFix = (command: string): Fix => ({say: '', command});

test.each([
	[[unitPath], [unitPath], ['systemctl --user unmask vira.service']],
	[[runtime], [runtime], ['systemctl --user --runtime unmask vira.service']],
	[[control], [control], [`rm ${control}`, reload]],
	[
		['/etc/systemd/user/vira.service'],
		['/etc/systemd/user/vira.service'],
		['sudo systemctl --global unmask vira.service', reload],
	],
	[
		['/run/systemd/user/vira.service'],
		['/run/systemd/user/vira.service'],
		['sudo systemctl --global --runtime unmask vira.service', reload],
	],
	[
		['/usr/lib/systemd/user/vira.service'],
		['/usr/lib/systemd/user/vira.service'],
		['sudo rm /usr/lib/systemd/user/vira.service', reload],
	],
	[
		[runtime, '/etc/systemd/user/vira.service'],
		['/etc/systemd/user/vira.service', runtime],
		['sudo systemctl --global unmask vira.service', 'systemctl --user --runtime unmask vira.service'],
	],
])('a mask at %j: %j are named, and %j removes them', async (places, named, commands) => {
	const machine = await linked(...places);
	const verb = named.length === 1 ? 'masks' : 'mask';
	expect(await refusal(machine, '--non-interactive')).toMatchObject({
		exit: 3,
		detail: `${named.join(' and ')} ${verb} it.`,
		fixes: commands.map(asFix),
	});
});

test('if /etc/xdg/systemd/user is a link, as on Debian, the mask is named by its real folder', async () => {
	const machine = await simulate({
		links: {'/etc/xdg/systemd/user': '/etc/systemd/user', '/etc/systemd/user/vira.service': '/dev/null'},
	});
	await machine.makeFolder('/etc/xdg', 0o755);
	expect(await refusal(machine, '--non-interactive')).toMatchObject({
		detail: '/etc/systemd/user/vira.service masks it.',
		fixes: ['sudo systemctl --global unmask vira.service', reload].map(asFix),
	});
});

test('an empty file masks too, and its removal is reported', async () => {
	const machine = await simulate();
	await put(machine, unitPath, '');
	expect(managerOf(await detect(machine)).refusals).toMatchObject([{detail: `${unitPath} masks it.`}]);
	await type(machine, 'systemctl --user unmask vira.service');
	expect((await detect(machine)).service.masked).toBe(false);
});

/** Set up, then masked at these paths in place of its unit, and stopped. */
const maskedAt = async (...paths: readonly string[]): Promise<Simulation> => {
	const machine = await setUp();
	for (const path of paths) await put(machine, `${path}.d/folder`, '');
	const {links} = await machine.events.state();
	await machine.deleteFile(unitPath);
	const masks = Object.fromEntries(paths.map((path) => [path, '/dev/null']));
	await machine.events.change({links: {...links, ...masks}});
	await typeAll(machine, reload, 'systemctl --user stop vira.service');
	return machine;
};

describe('set up, and masked later', () => {
	test("by the user's own links: doctor --fix and start remove each of them", async () => {
		for (const command of ['doctor --fix', 'start']) {
			const machine = await maskedAt(runtime, control);
			expect((await lines(machine, command))[0]).toBe(0);
			expect(await machine.inspect(runtime)).toBeUndefined();
			expect(await told(machine, 'status')).toMatchObject([0, {unitMasked: false, healthy: true}]);
		}
	});

	test.each([[['/etc/systemd/user/vira.service']], [[runtime, '/run/systemd/user/vira.service']]])(
		'by a link of root (%j): nothing changes, and start and status name the command',
		async (places) => {
			const machine = await maskedAt(...places);
			const {links} = await machine.events.state();
			const fixes = managerOf(await detect(machine)).refusals[0]?.fixes ?? [];
			const commands = [...fixes.map(({command}) => command), 'vira-setup'];
			expect(commands.join()).toContain('sudo systemctl --global');
			expect((await told(machine, 'doctor --fix'))[1]).toMatchObject({changed: false, plan: []});
			expect(await told(machine, 'start')).toMatchObject([
				3,
				{
					outcome: 'failed',
					error: {
						code: 'unsuitable',
						fixes: commands.map((command) => ({say: 'Run this command.', command})),
					},
				},
			]);
			expect(await lines(machine, 'status')).toEqual(expect.arrayContaining([`  ${commands[0] ?? ''}`]));
			expect((await machine.events.state()).links).toEqual(links);
			expect(await machine.inspect(unitPath)).toBeUndefined();
		},
	);
});
