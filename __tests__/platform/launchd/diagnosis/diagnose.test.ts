import {expect, test} from '@jest/globals';
import {macPresets} from '../../../support/mac-presets.ts';
import type {Diagnosis} from '../../../../src/platform/launchd/diagnosis/diagnosis.ts';
import {
	another,
	crashLoop,
	diagnosisOf,
	exit,
	remove,
	second,
	type,
	unstartable,
	type Incident,
} from '../../../support/mac-incidents.ts';
import {agentPath, backgroundPath, gui, label, launched, logPath} from '../../../support/simulated-mac.ts';
import {ended, macSetUp} from '../../../support/mac-setup.ts';
import {startVira} from '../../../../src/platform/service-manager/service-words.ts';

const stateFolder = '/Users/alice/.local/share/vira/state';
const background = `user/501/${label}`;

/** What happens to a Mac on which Vira runs, the resulting report, and its sentence. */
const causes: readonly (readonly [
	what: string,
	happen: Incident,
	code: Diagnosis['code'],
	message: string,
])[] = [
	['it exited without an error', exit(0), 'ended', 'Vira exited without an error.'],
	['it exited with an error', exit(3), 'crashed', 'Vira exited with status 3.'],
	[
		'it was killed',
		({events}) => events.procExit(gui, {how: 'signal', signal: 9}),
		'crashed',
		'Vira was killed by signal Killed: 9.',
	],
	[
		'it exited with an error, and launchd postpones the next start',
		async (machine) => {
			await machine.events.behave(label, {pendOnRestart: true});
			await exit(1)(machine);
		},
		'crashed',
		'Vira exited with status 1.',
	],
	[
		'it keeps crashing',
		crashLoop,
		'crash-loop',
		'Vira keeps crashing and restarting: the last time, it exited with status 1.',
	],
	[
		'launchd postpones its first start',
		async (machine) => {
			await machine.events.behave(label, {pendOnBootstrap: true});
			await type(`bootout ${gui}`)(machine);
			await type(`bootstrap gui/501 ${agentPath}`)(machine);
		},
		'put-off',
		'launchd has postponed starting Vira.',
	],
	[
		'it was disabled and stopped',
		type(`disable ${gui}`, `bootout ${gui}`),
		'switched-off',
		'Vira is disabled on this Mac: launchd does not start it.',
	],
	[
		'it was disabled and is running',
		type(`disable ${gui}`),
		'switched-off',
		'Vira is running, but disabled on this Mac: once stopped, it does not start again.',
	],
	[
		'it was stopped',
		type(`bootout ${gui}`),
		'not-loaded',
		'Vira is not running, although you have a desktop session: launchd has not loaded it.',
	],
	[
		'it is being stopped, and takes its time',
		async (machine) => {
			await machine.events.behave(label, {termDelayMs: 9000});
			await type(`bootout ${gui}`)(machine);
		},
		'ending',
		'Vira is stopping and has not exited yet.',
	],
	['there are two', second, 'loaded-twice', 'launchd has loaded the service twice, in two domains.'],
	[
		'it was loaded from another file',
		another,
		'other-file',
		'launchd loaded the service from another file: /Users/alice/mine.plist.',
	],
	[
		'its file was removed',
		(machine) => machine.deleteFile(agentPath),
		'file-gone',
		`The service file does not exist: ${agentPath}.`,
	],
	[
		'others can write its file',
		async (machine) => {
			await type(`bootout ${gui}`)(machine);
			await machine.writeFile(agentPath, (await machine.readFile(agentPath)) ?? '', 0o664);
		},
		'file-not-trusted',
		'launchd does not trust the service file: others can write to it.',
	],
	[
		'its folder was removed',
		unstartable(remove(stateFolder)),
		'folder-unusable',
		`Vira cannot start: its state folder ${stateFolder} does not exist.`,
	],
	[
		'the folder of its log was removed',
		unstartable(remove('/Users/alice/Library/Logs')),
		'log-unusable',
		`Vira cannot start: its log ${logPath} cannot be written.`,
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
		'launchd could not start Vira and gave no reason (exit status 78).',
	],
];

test.each(causes)(
	'%s: the cause is reported, and a run starts it again',
	async (...[, happen, code, message]) => {
		const machine = await macSetUp();
		expect(await diagnosisOf(machine)).toBeUndefined();
		await happen(machine);
		expect(await diagnosisOf(machine)).toMatchObject({code, message});
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
		message: 'Vira was stopped, or the Mac has rebooted since it ran.',
		fixes: [startVira],
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
			message: "Vira is waiting for alice to log in to the Mac's desktop.",
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
		message: 'Vira is waiting for the Nix store, which is not mounted.',
		fixedBy: 'itself',
	});
	await machine.events.mountNix();
	await machine.sleep(1000);
	expect(await diagnosisOf(machine)).toBeUndefined();
});
