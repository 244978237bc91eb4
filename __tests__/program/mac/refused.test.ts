import {describe, expect} from '@jest/globals';
import {macPresets} from '../../support/mac-presets.ts';
import {testScenario} from '../../support/every-profile.ts';
import {done, endedOn, runningIn, runOn, setUpOn} from '../../support/mac-program.ts';
import {agentPath, gui, label, launched, typed} from '../../support/simulated-mac.ts';
import {pictureOf} from '../../support/picture-of.ts';
import {errorText} from '../../support/notices.ts';

describe('5: a bootstrap that always fails', () => {
	testScenario('for the new property list only: the old one is restored and runs', async (makeMac) => {
		const machine = await setUpOn(makeMac);
		const before = await pictureOf(machine);
		await machine.events.behave(label, {rejects: '8443'});
		expect(await endedOn(machine, '--port', '8443')).toEqual([
			5,
			'failed',
			'launchd did not load the service.\nBootstrap failed: 5: Input/output error',
		]);
		expect(await pictureOf(machine)).toEqual(before);
	});

	testScenario('for any: the old file is restored, and reported as not running', async (makeMac) => {
		const machine = await setUpOn(makeMac);
		const {files} = await pictureOf(machine);
		await machine.events.behave(label, {failAlways: {bootstrap: 5}});
		const {code, document} = await runOn(machine, '--port', '8443');
		expect([code, document]).toMatchObject([
			5,
			{
				outcome: 'failed',
				notUndone: [{message: expect.stringContaining('launchd did not load the service.')}],
			},
		]);
		expect((await pictureOf(machine)).files).toEqual(files);
		expect(await launched(machine)).toEqual([]);
	});
});

describe('6: a service that is disabled', () => {
	for (const [where, preset] of [
		['at the desktop', macPresets.desktop],
		['over SSH', macPresets.sshAndScreen],
	] as const)
		testScenario(`${where}: it is enabled and runs`, async (makeMac) => {
			const machine = await makeMac(preset);
			await typed(machine, `launchctl disable user/501/${label}`);
			expect(await endedOn(machine)).toEqual([0, 'installed', '']);
			expect(await launched(machine)).toEqual(runningIn('gui'));
			expect((await pictureOf(machine)).launchd?.disabled).toEqual([]);
		});

	testScenario('and an enable that exits with 0 and does nothing, at first', async (makeMac) => {
		const machine = await makeMac();
		await typed(machine, `launchctl disable user/501/${label}`);
		await machine.events.behave(label, {failNext: {enable: [0, 0]}});
		expect(await endedOn(machine)).toEqual([0, 'installed', '']);
		expect(await launched(machine)).toEqual(runningIn('gui'));
		expect((await pictureOf(machine)).launchd?.disabled).toEqual([]);
	});

	testScenario('while it runs: it is enabled, and loaded after the next login', async (makeMac) => {
		const machine = await setUpOn(makeMac);
		await typed(machine, `launchctl disable ${gui}`);
		expect(await endedOn(machine)).toEqual([0, 'updated', '']);
		expect(await launched(machine)).toEqual(runningIn('gui'));
		await machine.events.boot();
		await machine.events.guiLogin();
		expect(await launched(machine)).toEqual(runningIn('gui'));
	});

	testScenario(
		'without a desktop session: it is enabled, and the service starts at the next login',
		async (makeMac) => {
			const machine = await makeMac(macPresets.headless);
			await typed(machine, `launchctl disable user/501/${label}`);
			expect(await endedOn(machine)).toEqual([0, 'installed', '']);
			await machine.events.guiLogin();
			expect(await launched(machine)).toEqual(runningIn('gui'));
		},
	);
});

testScenario('12: a start that launchd postpones is requested', async (makeMac) => {
	const machine = await makeMac();
	await machine.events.behave(label, {pendOnBootstrap: true});
	expect(await endedOn(machine)).toEqual([0, 'installed', '']);
	expect(await launched(machine)).toEqual(runningIn('gui'));
});

describe('17: turned off in Login Items', () => {
	for (const [when, isThere] of [
		['before the first run', false],
		['later', true],
	] as const)
		testScenario(`${when}: the message says where to turn it on`, async (makeMac) => {
			const machine = isThere ? await setUpOn(makeMac) : await makeMac();
			await machine.events.toggleLoginItem(label, 'off');
			await machine.sleep(30_000);
			const before = await pictureOf(machine);
			const {code, document} = await runOn(machine);
			expect([code, document.error]).toMatchObject([
				5,
				{
					message: 'launchd loaded the service and removed it immediately.',
					fixes: expect.arrayContaining([{say: expect.stringContaining('Login Items')}]),
				},
			]);
			expect(await pictureOf(machine)).toEqual(before);
			await machine.events.toggleLoginItem(label, 'on');
			expect((await endedOn(machine))[0]).toBe(0);
			expect(await launched(machine)).toEqual(runningIn('gui'));
		});
});

testScenario('22: root is refused, and nothing changes', async (makeMac) => {
	const machine = await makeMac(macPresets.root);
	const before = await pictureOf(machine);
	const [code, outcome, message] = await endedOn(machine);
	expect([code, outcome, message.split('\n')[0]]).toEqual([
		3,
		'failed',
		'vira-setup is running as root through sudo.',
	]);
	expect(await pictureOf(machine)).toEqual(before);
	expect(await done(machine)).toEqual([]);
});

describe('23: a launchctl that', () => {
	for (const [launchctl, why] of [
		['missing', 'Cannot run launchctl. The program was not found.'],
		['hangs', 'It timed out.'],
	] as const)
		testScenario(`is ${launchctl}: that is reported, and nothing changes`, async (makeMac) => {
			const machine = await makeMac({mac: {launchctl}});
			const [before, began] = [await pictureOf(machine), machine.now()];
			const {code, document} = await runOn(machine);
			expect([code, errorText(document)]).toEqual([3, expect.stringContaining(why)]);
			expect(await pictureOf(machine)).toEqual(before);
			// Each query has 30 s; the simulated Mac answers one after the other.
			expect((await machine.events.state()).clock - began).toBeLessThan(7 * 30_000);
		});

	testScenario('hangs halfway: what was written is undone', async (makeMac) => {
		const machine = await setUpOn(makeMac);
		const {files} = await pictureOf(machine);
		await machine.events.changeMac({faults: [{before: 'bootstrap', happens: 'launchctl-hangs'}]});
		const [code, outcome, message] = await endedOn(machine, '--port', '8443');
		expect([code, outcome]).toEqual([5, 'failed']);
		expect(message).toContain('launchctl: It timed out.');
		expect(await machine.readFile(agentPath)).toBe(files[agentPath]?.replace(/^0644 /u, ''));
		await machine.events.changeMac({launchctl: 'works'});
		expect((await endedOn(machine)).slice(0, 2)).toEqual([0, 'updated']);
		expect(await launched(machine)).toEqual(runningIn('gui'));
	});
});
