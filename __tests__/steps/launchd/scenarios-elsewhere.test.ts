import {expect, test} from '@jest/globals';
import type {MacRehearsal} from '../../../src/platform/rehearsal/rehearsal-mac.ts';
import {
	agentPath,
	agentText,
	daemonPath,
	gui,
	label,
	rehearseMac,
	typed,
} from '../../support/mac-rehearsal.ts';
import {backgroundPath, ended, launched, macSetUp, underProfiles} from '../../support/mac-setup.ts';
import {refusal} from '../../support/scripted.ts';

const running = [`${gui} running 1 ${agentPath}`];

/** A second one of the service, in the background. */
const addSecond = async (machine: MacRehearsal, path: string): Promise<void> => {
	const words = [
		'/Users/alice/.nix-profile/bin/vira',
		'--state-dir',
		'/Users/alice/state',
		'web',
		'--port',
		'7000',
	];
	await machine.events.put(path, agentText({LimitLoadToSessionType: 'Background', ProgramArguments: words}));
	expect(await typed(machine, `launchctl bootstrap user/501 ${path}`)).toEqual([0, '']);
};

test.each(['/Users/alice/second.plist', backgroundPath])(
	'11: one in the background as well, from %s: one is left, under every profile',
	(path) =>
		underProfiles(async (profile) => {
			const machine = await macSetUp({mac: {profile}});
			await addSecond(machine, path);
			expect(await launched(machine)).toHaveLength(2);
			expect((await ended(machine, '--overwrite')).slice(0, 2)).toEqual([0, 'updated']);
			expect(await launched(machine)).toEqual(running);
		}),
);

test('11: one in the background only, while the settings want the screen', async () => {
	const machine = await macSetUp();
	await typed(machine, `launchctl bootout ${gui}`);
	await machine.sleep(5000);
	await addSecond(machine, '/Users/alice/second.plist');
	expect(await ended(machine)).toEqual([0, 'updated', '']);
	expect(await launched(machine)).toEqual(running);
});

test('11: one in the background that is still ending is waited for', async () => {
	const machine = await macSetUp();
	await addSecond(machine, backgroundPath);
	await machine.deleteFile(backgroundPath);
	await machine.sleep(100);
	await machine.events.behave(label, {termDelayMs: 4000});
	await typed(machine, `launchctl bootout user/501/${label}`);
	expect((await ended(machine)).slice(0, 2)).toEqual([0, 'updated']);
	expect(await launched(machine)).toEqual(running);
});

test.each([true, false])(
	'a daemon of the same name is left alone (its file is there: %s)',
	async (hasFile) => {
		const machine = await rehearseMac();
		await machine.events.put(
			daemonPath,
			agentText({StandardOutPath: undefined, StandardErrorPath: undefined}),
		);
		await machine.events.boot();
		await machine.events.guiLogin();
		if (!hasFile) await machine.events.atTerminal(['/usr/bin/sudo', '/bin/rm', '-f', daemonPath]);
		const before = await launched(machine);
		expect(before).toHaveLength(1);
		expect(await refusal(machine)).toMatchObject({
			code: 3,
			what: 'A service named org.vira.service is managed by the system, as a daemon.',
		});
		expect(await launched(machine)).toEqual(before);
	},
);

test('25: a service that was loaded from another file is loaded from ours, under every profile', () =>
	underProfiles(async (profile) => {
		const machine = await macSetUp({mac: {profile}});
		await typed(machine, `launchctl bootout ${gui}`);
		await machine.sleep(5000);
		await machine.events.put('/Users/alice/mine.plist', agentText());
		await typed(machine, 'launchctl bootstrap gui/501 /Users/alice/mine.plist');
		await machine.sleep(5000);
		expect(await launched(machine)).toEqual([`${gui} running 1 /Users/alice/mine.plist`]);
		expect(await ended(machine)).toEqual([0, 'updated', '']);
		expect(await launched(machine)).toEqual(running);
	}));
