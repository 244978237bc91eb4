import {expect, test} from '@jest/globals';
import {macPresets} from '../../../src/platform/rehearsal/launchd/fresh-mac.ts';
import {pictureOf} from '../../support/picture-of.ts';
import {agentPath, gui, label, rehearseMac, serviceAt, typed} from '../../support/mac-rehearsal.ts';
import {ended, launched, macSetUp, underProfiles} from '../../support/mac-setup.ts';
import {run} from '../../support/scripted.ts';

const running = [`${gui} running 1 ${agentPath}`];

test('3: a service that takes 8 seconds to end is waited for, under every profile', () =>
	underProfiles(async (profile) => {
		const machine = await macSetUp({mac: {profile}});
		await machine.events.behave(label, {termDelayMs: 8000});
		expect(await ended(machine, '--port', '8443')).toEqual([0, 'updated', '']);
		expect(await launched(machine)).toEqual(running);
		expect((await serviceAt(machine))?.job.words).toContain('8443');
	}));

test('3: a service that somebody has just told to end is waited for, and started again', () =>
	underProfiles(async (profile) => {
		const machine = await macSetUp({mac: {profile}});
		await machine.events.behave(label, {termDelayMs: 8000});
		await typed(machine, `launchctl bootout ${gui}`);
		expect(await ended(machine)).toEqual([0, 'updated', '']);
		expect(await launched(machine)).toEqual(running);
	}));

test('4: a service that never ends: nothing is lost, and what to do is said, under every profile', () =>
	underProfiles(async (profile) => {
		const machine = await macSetUp({mac: {profile}});
		const {files} = await pictureOf(machine);
		const {pid} = (await serviceAt(machine)) ?? {};
		await machine.events.behave(label, {termDelayMs: 600_000, killDelayMs: 600_000});
		const {code, document} = await run(machine, '--port', '8443');
		expect([code, document.outcome, document['error']]).toMatchObject([
			5,
			'failed',
			{
				message: expect.stringContaining('The service has not ended within 30 seconds'),
				hint: `kill -9 ${pid}\nThen start vira-setup again.`,
			},
		]);
		expect(document['notUndone']).toMatchObject([
			{message: expect.stringContaining('the one before it has still not ended')},
		]);
		expect((await pictureOf(machine)).files).toEqual(files);
		expect(await serviceAt(machine)).toMatchObject({pid, state: 'SIGKILLed'});
		await machine.events.procExit(gui, {how: 'signal', signal: 9});
		await machine.events.behave(label, {termDelayMs: 1000, killDelayMs: 0});
		expect(await ended(machine, '--port', '8443')).toEqual([0, 'updated', '']);
		expect(await launched(machine)).toEqual(running);
	}));

test('4: one that ends after the limit has the old service back, under every profile', () =>
	underProfiles(async (profile) => {
		const machine = await macSetUp({mac: {profile}});
		const before = await pictureOf(machine);
		await machine.events.behave(label, {termDelayMs: 600_000, killDelayMs: 20_000});
		const {code, document} = await run(machine, '--port', '8443');
		expect([code, document.outcome, document['notUndone']]).toEqual([5, 'failed', []]);
		expect(await pictureOf(machine)).toEqual(before);
	}));

test('5: an agent that launchd never takes: the old one is back, under every profile', () =>
	underProfiles(async (profile) => {
		const machine = await macSetUp({mac: {profile}});
		const before = await pictureOf(machine);
		await machine.events.behave(label, {rejects: '8443'});
		const [code, outcome, sentence] = await ended(machine, '--port', '8443');
		expect([code, outcome, sentence]).toEqual([
			5,
			'failed',
			'launchd did not take the service.\nBootstrap failed: 5: Input/output error',
		]);
		expect(await pictureOf(machine)).toEqual(before);
	}));

test('5: launchd that takes nothing any more: the old file is back, and that it does not run is said', async () => {
	const machine = await macSetUp();
	const {files} = await pictureOf(machine);
	await machine.events.behave(label, {failAlways: {bootstrap: 5}});
	const {code, document, written} = await run(machine, '--port', '8443');
	expect([code, document.outcome]).toEqual([5, 'failed']);
	expect(document['notUndone']).toHaveLength(1);
	expect(written).not.toContain('as root');
	expect((await pictureOf(machine)).files).toEqual(files);
});

test('6: a service that is switched off is switched on and runs, under every profile', () =>
	underProfiles(async (profile) => {
		for (const preset of [{mac: {}}, macPresets.sshAndScreen]) {
			const machine = await rehearseMac({...preset, mac: {...preset.mac, profile}});
			await typed(machine, `launchctl disable user/501/${label}`);
			expect(await ended(machine)).toEqual([0, 'installed', '']);
			expect(await launched(machine)).toEqual(running);
			expect((await pictureOf(machine)).launchd?.disabled).toEqual([]);
		}
	}));

test('6: one that runs and is switched off would not be there after the next login: it is switched on', async () => {
	const machine = await macSetUp();
	await typed(machine, `launchctl disable ${gui}`);
	expect(await ended(machine)).toEqual([0, 'updated', '']);
	expect(await launched(machine)).toEqual(running);
	await machine.events.boot();
	await machine.events.guiLogin();
	expect(await launched(machine)).toEqual(running);
});

test('6: without a session at the screen it is switched on all the same, so that the next login starts it', async () => {
	const machine = await rehearseMac(macPresets.headless);
	await typed(machine, `launchctl disable user/501/${label}`);
	expect(await ended(machine)).toEqual([0, 'installed', '']);
	await machine.events.guiLogin();
	expect(await launched(machine)).toEqual(running);
});

test('12: a start that launchd puts off is asked for, under every profile', () =>
	underProfiles(async (profile) => {
		const machine = await rehearseMac({mac: {profile}});
		await machine.events.behave(label, {pendOnBootstrap: true});
		expect(await ended(machine)).toEqual([0, 'installed', '']);
		expect(await launched(machine)).toEqual(running);
	}));

test.each([
	['on the first run', false],
	['later', true],
])('17: switched off in Login Items %s: it is said where to switch it on', async (_, installed) => {
	const machine = installed ? await macSetUp() : await rehearseMac();
	await machine.events.toggleLoginItem(label, 'off');
	const before = (await pictureOf(machine)).launchd?.disabled;
	const {code, document} = await run(machine);
	expect([code, document['error']]).toMatchObject([
		5,
		{
			message: 'launchd took the service and removed it at once.',
			hint: expect.stringContaining('Login Items'),
		},
	]);
	expect((await pictureOf(machine)).launchd).toEqual({services: {}, disabled: before});
	await machine.events.toggleLoginItem(label, 'on');
	expect((await ended(machine))[0]).toBe(0);
	expect(await launched(machine)).toEqual(running);
});

test('18: a logout in the middle: nothing is started in the background instead, under every profile', () =>
	underProfiles(async (profile) => {
		const surprises = [{before: 'bootstrap', happens: 'gui-logout' as const}];
		const machine = await rehearseMac({mac: {profile, surprises}});
		const [code, outcome, sentence] = await ended(machine);
		expect([code, outcome]).toEqual([5, 'failed']);
		expect(sentence).toContain('Your session at the screen has ended meanwhile');
		expect(await launched(machine)).toEqual([]);
		expect(await machine.inspect(agentPath)).toBeUndefined();
	}));
