import {describe, expect, test} from '@jest/globals';
import type {Ended} from '../../../src/platform/rehearsal/launchd/mac-state.ts';
import {agentPath, gui, label, logPath, rehearseMac, serviceAt} from '../../support/mac-rehearsal.ts';
import {backgroundPath, ended, launched, macSetUp, underProfiles} from '../../support/mac-setup.ts';
import {pictureOf} from '../../support/picture-of.ts';
import {refusedWith, run} from '../../support/scripted.ts';

const running = [`${gui} running 1 ${agentPath}`];

test('13: a crash loop is told with how it ends and what it said, and is not left behind', async () => {
	const machine = await rehearseMac();
	const before = await pictureOf(machine);
	await machine.events.behave(label, {exitAfterMs: 200, ending: {how: 'exit', code: 1}});
	const {code, document} = await run(machine);
	expect([code, document['error']]).toMatchObject([
		6,
		{
			message: expect.stringContaining('The service ended and was started again. It ended with status 1.'),
			log: expect.arrayContaining([expect.stringContaining('Launching')]),
		},
	]);
	expect(await pictureOf(machine)).toEqual(before);
});

describe('14: launchd that cannot start it (status 78)', () => {
	test('is told with the usual reasons', async () => {
		const machine = await rehearseMac();
		await machine.events.behave(label, {spawnFails: true});
		const [code, , sentence] = await ended(machine);
		expect(code).toBe(6);
		expect(sentence).toContain(
			'launchd could not start it (status 78): the program, the state folder or the log file cannot be used.',
		);
		expect(await launched(machine)).toEqual([]);
	});

	test('because the log folder is gone: it is made, and the service runs', async () => {
		const machine = await macSetUp();
		await machine.deleteFolder('/Users/alice/Library/Logs', {withContents: true});
		await machine.events.procExit(gui, {how: 'exit', code: 1});
		await machine.sleep(15_000);
		expect((await serviceAt(machine))?.last).toEqual({how: 'exit', code: 78});
		expect(await ended(machine)).toEqual([0, 'updated', '']);
		expect(await serviceAt(machine)).toMatchObject({state: 'running'});
		expect(await machine.inspect(logPath)).toMatchObject({kind: 'file'});
	});
});

test.each<readonly [string, Ended]>([
	['exited cleanly', {how: 'exit', code: 0}],
	['crashed', {how: 'exit', code: 1}],
	['was killed', {how: 'signal', signal: 9}],
])('15: an agent that %s is started by the next run, under every profile', (_, ending) =>
	underProfiles(async (profile) => {
		const machine = await macSetUp({mac: {profile}});
		await machine.events.procExit(gui, ending);
		expect(await ended(machine)).toEqual([0, 'updated', '']);
		expect(await launched(machine)).toEqual([`${gui} running 2 ${agentPath}`]);
	}),
);

test('15: one that cannot be started again is left as loaded as it was', async () => {
	const machine = await macSetUp();
	await machine.events.procExit(gui, {how: 'exit', code: 0});
	await machine.events.behave(label, {spawnFails: true});
	expect((await ended(machine))[0]).toBe(6);
	expect(await serviceAt(machine)).toMatchObject({path: agentPath});
});

test('21: after a reboot it waits for the login at the screen, and a run says so', async () => {
	const machine = await macSetUp();
	await machine.events.boot();
	await machine.events.sshLogin();
	const {code, document} = await run(machine);
	expect([code, document.outcome, document['findings']]).toMatchObject([
		0,
		'unchanged',
		[{sentence: 'It does not run yet: it starts at your next login at the screen.'}],
	]);
	await machine.events.guiLogin();
	expect(await launched(machine)).toEqual(running);
});

test('21: in the domain user, a run brings it back after a reboot', async () => {
	const machine = await macSetUp({}, '--domain', 'user');
	await machine.events.boot();
	await machine.events.sshLogin();
	expect(await launched(machine)).toEqual([]);
	expect(await ended(machine)).toEqual([0, 'updated', '']);
	expect(await launched(machine)).toEqual([`user/501/${label} running 1 ${backgroundPath}`]);
});

test('24: a process that only waits for the Nix store is not taken for Vira', async () => {
	const machine = await rehearseMac();
	const before = await pictureOf(machine);
	const withoutNix = {
		...machine,
		run: async (...call: Parameters<typeof machine.run>) => {
			if (call[0].includes('bootstrap')) await machine.events.unmountNix();
			return machine.run(...call);
		},
	};
	const [code, outcome, sentence] = await ended(withoutNix);
	expect([code, outcome]).toEqual([6, 'failed']);
	expect(sentence).toContain('https://localhost:5005/ does not answer');
	await machine.events.mountNix();
	expect(await pictureOf(machine)).toEqual(before);
});

test('24: while the Nix store is not mounted, a run says that it is not, and changes nothing', async () => {
	const machine = await macSetUp({mac: {autoLogin: 'alice', fileVault: false}});
	await machine.events.boot({nixMountsAfterMs: 20_000});
	expect(await refusedWith(machine)).toEqual({
		status: 2,
		said: [
			'--package: There is nothing at /Users/alice/.nix-profile/bin/vira.',
			expect.stringContaining('The Nix store is not mounted, and this Vira is in it.'),
		],
		changed: false,
	});
	await machine.sleep(25_000);
	expect(await ended(machine)).toEqual([0, 'unchanged', '']);
});
