import {describe, expect, test} from '@jest/globals';
import {setUp} from '../support/linux-states.ts';
import {macSetUp} from '../support/mac-setup.ts';
import {told} from '../support/run-command.ts';
import type {NoticeDocument} from '../../src/ui/scripted/json-text.ts';
import {warned} from '../support/notices.ts';

const foldersOf = (home: string, services: string): readonly string[] => [
	`${home}/.config/vira-setup`,
	`${home}/.local/state/vira-setup`,
	`${home}/.local/state/vira-setup/versions`,
	`${home}/${services}`,
];

describe.each([
	['Linux', setUp, foldersOf('/home/alice', '.config/systemd/user')],
	['a Mac', macSetUp, foldersOf('/Users/alice', 'Library/LaunchAgents')],
] as const)('on %s, our folders with mode 0777', (_, machineOf, folders) => {
	const opened = async () => {
		const machine = await machineOf();
		// The backup folder exists once there is a backup.
		await told(machine, '--non-interactive --log-level Debug');
		for (const path of folders) await machine.run(['chmod', '777', path]);
		return machine;
	};

	test('are reported by status and doctor, each with the command that corrects it', async () => {
		const machine = await opened();
		const [, {drift}] = await told(machine, 'status');
		const expected = folders.map((path) =>
			warned({
				code: 'other-mode',
				message: `Other users can write to the folder ${path} (mode 0777).`,
				fixes: [`chmod go-w ${path}   restores safe permissions`],
			}),
		);
		expect(drift).toEqual(expect.arrayContaining(expected.slice(0, 3)));
		for (const {fixes} of drift as readonly NoticeDocument[])
			await machine.run(fixes[0]?.command?.split(' ') as [string, ...string[]]);
		expect((await told(machine, 'status'))[1]).toMatchObject({drift: []});
	});

	test.each(['doctor --fix', '--non-interactive'])('are corrected by %s', async (command) => {
		const machine = await opened();
		expect((await told(machine, command))[0]).toBe(0);
		for (const path of folders.slice(0, 3)) expect((await machine.inspect(path))?.mode).toBe(0o755);
		expect((await told(machine, 'status'))[1]).toMatchObject({drift: []});
	});
});
