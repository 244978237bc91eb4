import {expect, test} from '@jest/globals';
import {macPresets} from '../../../src/platform/rehearsal/launchd/fresh-mac.ts';
import type {Diagnosis} from '../../../src/steps/launchd/diagnosis.ts';
import {
	another,
	crashLoop,
	diagnosisOf,
	exit,
	remove,
	second,
	type,
	unstartable,
	type Happening,
} from '../../support/happenings.ts';
import {agentPath, backgroundPath, gui, label, launched, logPath} from '../../support/mac-rehearsal.ts';
import {ended, macSetUp} from '../../support/mac-setup.ts';

const stateFolder = '/Users/alice/.local/share/vira/state';
const background = `user/501/${label}`;

/** What happens to a Mac on which Vira runs, the resulting report, and its sentence. */
const causes: readonly (readonly [
	what: string,
	happen: Happening,
	code: Diagnosis['code'],
	title: string,
])[] = [
	['it exited without an error', exit(0), 'ended', 'Vira has ended, without an error.'],
	['it exited with an error', exit(3), 'crashed', 'Vira ended with status 3.'],
	[
		'it was killed',
		({events}) => events.procExit(gui, {how: 'signal', signal: 9}),
		'crashed',
		'Vira ended by the signal Killed: 9.',
	],
	[
		'it exited with an error, and launchd postpones the next start',
		async (machine) => {
			await machine.events.behave(label, {pendOnRestart: true});
			await exit(1)(machine);
		},
		'crashed',
		'Vira ended with status 1.',
	],
	[
		'it keeps crashing',
		crashLoop,
		'crash-loop',
		'Vira keeps ending: launchd has started it 3 times since it was loaded, and the last time it ended with status 1.',
	],
	[
		'launchd postpones its first start',
		async (machine) => {
			await machine.events.behave(label, {pendOnBootstrap: true});
			await type(`bootout ${gui}`)(machine);
			await type(`bootstrap gui/501 ${agentPath}`)(machine);
		},
		'put-off',
		'launchd has put off the start of Vira.',
	],
	[
		'it was disabled and stopped',
		type(`disable ${gui}`, `bootout ${gui}`),
		'switched-off',
		'Vira is switched off on this Mac: launchd does not start it.',
	],
	[
		'it was disabled and is running',
		type(`disable ${gui}`),
		'switched-off',
		'Vira runs, but is switched off on this Mac: it does not come back once it has stopped.',
	],
	[
		'it was stopped',
		type(`bootout ${gui}`),
		'not-loaded',
		'Vira does not run, although you are logged in at the screen: launchd does not have it.',
	],
	[
		'it is being stopped, and takes its time',
		async (machine) => {
			await machine.events.behave(label, {termDelayMs: 9000});
			await type(`bootout ${gui}`)(machine);
		},
		'ending',
		'Vira was told to end, and has not ended yet.',
	],
	['there are two', second, 'loaded-twice', 'launchd has the service twice, in two of its domains.'],
	[
		'it was loaded from another file',
		another,
		'other-file',
		'launchd has the service from another file: /Users/alice/mine.plist.',
	],
	[
		'its file was removed',
		(machine) => machine.deleteFile(agentPath),
		'file-gone',
		`The file of the service is gone: ${agentPath}.`,
	],
	[
		'others can write its file',
		async (machine) => {
			await type(`bootout ${gui}`)(machine);
			await machine.writeFile(agentPath, (await machine.readFile(agentPath)) ?? '', 0o664);
		},
		'file-not-trusted',
		'launchd does not trust the file of the service: others may write in it.',
	],
	[
		'its folder was removed',
		unstartable(remove(stateFolder)),
		'folder-unusable',
		`Vira cannot be started: its folder is not there, ${stateFolder}.`,
	],
	[
		'the folder of its log was removed',
		unstartable(remove('/Users/alice/Library/Logs')),
		'log-unusable',
		`Vira cannot be started: its log cannot be written, ${logPath}.`,
	],
	[
		'launchd cannot start it, for no visible reason',
		async (machine) => {
			await machine.events.behave(label, {spawnFails: true});
			await exit(1)(machine);
			await machine.sleep(15_000);
			await machine.events.behave(label, {spawnFails: false});
		},
		'not-startable',
		'launchd could not start Vira, and does not say why (status 78).',
	],
];

test.each(causes)(
	'%s: the cause is reported, and a run starts it again',
	async (...[, happen, code, title]) => {
		const machine = await macSetUp();
		expect(await diagnosisOf(machine)).toBeUndefined();
		await happen(machine);
		expect(await diagnosisOf(machine)).toMatchObject({code, title});
		expect((await ended(machine, '--overwrite')).slice(0, 2)).toEqual([0, 'updated']);
		expect(await launched(machine)).toEqual([expect.stringMatching(`^${gui} running \\d+ ${agentPath}$`)]);
		expect(await diagnosisOf(machine)).toBeUndefined();
	},
);

test("in an account's background domain, a reboot is reported as the cause, and a run starts it again", async () => {
	const machine = await macSetUp({}, '--domain', 'user');
	await machine.events.boot();
	await machine.events.sshLogin();
	expect(await diagnosisOf(machine)).toMatchObject({
		code: 'stopped',
		title: 'Vira was stopped, or the Mac has been restarted since it ran.',
		fixes: ['vira-setup start'],
	});
	expect(await ended(machine)).toEqual([0, 'updated', '']);
	expect(await launched(machine)).toEqual([`${background} running 1 ${backgroundPath}`]);
	expect(await diagnosisOf(machine)).toBeUndefined();
});

test.each(['headless', 'unseen', 'otherAtScreen'] as const)(
	'%s: without a desktop session it waits for one, which starts it again',
	async (preset) => {
		const machine = await macSetUp(macPresets[preset]);
		expect(await diagnosisOf(machine)).toMatchObject({
			code: 'no-session',
			title: 'Vira waits for alice to log in at the screen.',
		});
		await machine.events.guiLogin();
		expect(await diagnosisOf(machine)).toBeUndefined();
	},
);

test('while the Nix store is not mounted it waits for it, and then starts without help', async () => {
	const machine = await macSetUp();
	await unstartable(({events}) => events.unmountNix())(machine);
	expect(await diagnosisOf(machine)).toMatchObject({
		code: 'waits-for-store',
		title: 'Vira waits for the Nix store, which is not mounted.',
		fixedBy: 'itself',
	});
	await machine.events.mountNix();
	await machine.sleep(1000);
	expect(await diagnosisOf(machine)).toBeUndefined();
});
