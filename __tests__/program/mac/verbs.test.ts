import {describe, expect} from '@jest/globals';
import {macPresets} from '../../support/mac-presets.ts';
import type {GivenMac} from '../../../src/simulator/macos/fresh-mac.ts';
import type {Ended as Ending} from '../../../src/simulator/macos/mac-state.ts';
import {
	agentText,
	gui,
	label,
	launched,
	serviceAt,
	typed,
	type MacSimulation,
} from '../../support/simulated-mac.ts';
import {testScenario} from '../../support/every-profile.ts';
import {done, domains, endedOn, places, runningIn, runOn, setUpOn} from '../../support/mac-program.ts';
import {pictureOf} from '../../support/picture-of.ts';

/** Root, for the domain that needs it, is available without a password. */
const rootIsFree: GivenMac = {mac: {sudo: 'free'}};

/** The problem that `status` reports. */
const trouble = async (machine: MacSimulation): Promise<string | undefined> => {
	const {code, document} = await runOn(machine, 'status');
	// Two instances can run and respond: the problem is still reported.
	expect(code).toBe(document['healthy'] ? 0 : 1);
	return (document['diagnosis'] as {readonly code: string} | null)?.code;
};

describe('3: an old instance that takes 8 seconds to exit', () => {
	testScenario('is waited for by a restart, and another process runs', async (makeMac) => {
		const machine = await setUpOn(makeMac);
		const {pid} = (await serviceAt(machine)) ?? {};
		await machine.events.behave(label, {termDelayMs: 8000});
		expect(await endedOn(machine, 'restart')).toEqual([0, 'restarted', '']);
		expect(await launched(machine)).toEqual(runningIn('gui', 2));
		expect((await serviceAt(machine))?.pid).not.toBe(pid);
	});

	testScenario('is waited for by a stop, and by a start after a manual stop', async (makeMac) => {
		const machine = await setUpOn(makeMac);
		await machine.events.behave(label, {termDelayMs: 8000});
		expect(await endedOn(machine, 'stop')).toEqual([0, 'stopped', '']);
		expect(await launched(machine)).toEqual([]);
		expect(await endedOn(machine, 'start')).toEqual([0, 'started', '']);
		await typed(machine, `launchctl bootout ${gui}`);
		expect(await trouble(machine)).toBe('ending');
		expect(await endedOn(machine, 'start')).toEqual([0, 'started', '']);
		expect(await launched(machine)).toEqual(runningIn('gui'));
	});
});

testScenario('4: one that never exits is not stopped, and the report says so', async (makeMac) => {
	const machine = await setUpOn(makeMac);
	const {files} = await pictureOf(machine);
	await machine.events.behave(label, {termDelayMs: 600_000, killDelayMs: 600_000});
	const [code, outcome, message] = await endedOn(machine, 'stop');
	expect([code, outcome]).toEqual([5, 'failed']);
	expect(message).toContain('The service did not stop within 30 seconds');
	expect((await pictureOf(machine)).files).toEqual(files);
});

testScenario('6: a start enables a disabled service', async (makeMac) => {
	const machine = await setUpOn(makeMac);
	expect(await endedOn(machine, 'stop')).toEqual([0, 'stopped', '']);
	await typed(machine, `launchctl disable ${gui}`);
	expect(await trouble(machine)).toBe('switched-off');
	expect(await endedOn(machine, 'start')).toEqual([0, 'started', '']);
	expect(await launched(machine)).toEqual(runningIn('gui'));
	expect(await trouble(machine)).toBeUndefined();
});

describe('9, 21: without a desktop session', () => {
	testScenario('after a reboot, status says what it waits for, and start what to do', async (makeMac) => {
		const machine = await setUpOn(makeMac);
		await machine.events.boot();
		await machine.events.sshLogin();
		const before = await pictureOf(machine);
		expect(await trouble(machine)).toBe('no-session');
		const [code, , message] = await endedOn(machine, 'start');
		expect([code, message]).toEqual([3, expect.stringContaining('alice has no desktop session')]);
		expect(await pictureOf(machine)).toEqual(before);
		await machine.events.guiLogin();
		expect(await trouble(machine)).toBeUndefined();
		expect(await launched(machine)).toEqual(runningIn('gui'));
	});

	testScenario('in the domain user, a start starts it again after a reboot', async (makeMac) => {
		const machine = await setUpOn(makeMac, macPresets.headless, '--domain', 'user');
		await machine.events.boot();
		await machine.events.sshLogin();
		expect(await trouble(machine)).toBe('stopped');
		expect(await endedOn(machine, 'start')).toEqual([0, 'started', '']);
		expect(await launched(machine)).toEqual(runningIn('user'));
	});
});

testScenario('10: over SSH the commands find the service in the desktop session', async (makeMac) => {
	const machine = await setUpOn(makeMac, macPresets.sshAndScreen);
	expect((await runOn(machine, 'status')).document['domains']).toEqual(['gui']);
	expect(await endedOn(machine, 'stop')).toEqual([0, 'stopped', '']);
	expect(await launched(machine)).toEqual([]);
	expect(await endedOn(machine, 'start')).toEqual([0, 'started', '']);
	expect(await launched(machine)).toEqual(runningIn('gui'));
});

testScenario('11: a stop ends both of two instances', async (makeMac) => {
	const machine = await setUpOn(makeMac);
	await machine.events.put('/Users/alice/second.plist', agentText({LimitLoadToSessionType: 'Background'}));
	await typed(machine, 'launchctl bootstrap user/501 /Users/alice/second.plist');
	expect(await trouble(machine)).toBe('loaded-twice');
	expect(await endedOn(machine, 'stop')).toEqual([0, 'stopped', '']);
	expect(await launched(machine)).toEqual([]);
	expect(await endedOn(machine, 'start')).toEqual([0, 'started', '']);
	expect(await launched(machine)).toEqual(runningIn('gui'));
});

testScenario('12: a start that launchd postponed is made', async (makeMac) => {
	const machine = await setUpOn(makeMac);
	expect(await endedOn(machine, 'stop')).toEqual([0, 'stopped', '']);
	await machine.events.behave(label, {pendOnBootstrap: true});
	await typed(machine, `launchctl bootstrap gui/501 ${places.gui.path}`);
	expect(await trouble(machine)).toBe('put-off');
	expect(await endedOn(machine, 'start')).toEqual([0, 'started', '']);
	expect(await launched(machine)).toEqual(runningIn('gui'));
});

describe('15: after a', () => {
	for (const [how, ending, says] of [
		['clean exit', {how: 'exit', code: 0}, 'ended'],
		['crash', {how: 'exit', code: 1}, 'crashed'],
		['kill', {how: 'signal', signal: 9}, 'crashed'],
	] as const satisfies readonly (readonly [string, Ending, string])[])
		testScenario(`${how}, start starts it where it is`, async (makeMac) => {
			const machine = await setUpOn(makeMac);
			await machine.events.procExit(gui, ending);
			expect(await trouble(machine)).toBe(says);
			expect(await endedOn(machine, 'start')).toEqual([0, 'started', '']);
			expect(await launched(machine)).toEqual(runningIn('gui', 2));
			expect(await trouble(machine)).toBeUndefined();
		});

	for (const domain of ['user', 'system'] as const)
		testScenario(`clean exit in ${domain}, start starts it there`, async (makeMac) => {
			const machine = await setUpOn(makeMac, rootIsFree, '--domain', domain);
			await machine.events.procExit(places[domain].id, {how: 'exit', code: 0});
			expect(await endedOn(machine, 'start')).toEqual([0, 'started', '']);
			expect(await launched(machine)).toEqual(runningIn(domain, 2));
		});
});

describe('16: each command that changes a service', () => {
	for (const domain of domains)
		testScenario(`in ${domain} uses only subcommands that every launchctl knows`, async (makeMac) => {
			const machine = await setUpOn(makeMac, rootIsFree, '--domain', domain);
			for (const verb of ['restart', 'stop', 'start']) expect((await endedOn(machine, verb))[0]).toBe(0);
			const {id, path} = places[domain];
			const before = id.slice(0, id.lastIndexOf('/'));
			expect((await done(machine)).slice(3)).toEqual([
				`kill SIGINT ${id}`,
				`kickstart ${id}`,
				`kill SIGINT ${id}`,
				`bootout ${id}`,
				`enable ${id}`,
				`bootstrap ${before} ${path}`,
				`kickstart ${id}`,
			]);
			expect((await machine.events.mac()).warnings).toEqual([]);
		});
});

testScenario('17: turned off in Login Items, start says where to turn it on', async (makeMac) => {
	const machine = await setUpOn(makeMac);
	await machine.events.toggleLoginItem(label, 'off');
	await machine.sleep(30_000);
	const {code, document} = await runOn(machine, 'start');
	expect([code, document.error]).toMatchObject([
		5,
		{fixes: expect.arrayContaining([{say: expect.stringContaining('Login Items')}])},
	]);
	await machine.events.toggleLoginItem(label, 'on');
	expect(await endedOn(machine, 'start')).toEqual([0, 'started', '']);
});

describe('18: a logout in the middle', () => {
	for (const [verb, before] of [
		['start', 'bootstrap'],
		['restart', 'kickstart'],
		['stop', 'bootout'],
	] as const)
		testScenario(
			`of a ${verb}: nothing runs in the background instead, and no file is lost`,
			async (makeMac) => {
				const machine = await setUpOn(makeMac);
				const {files} = await pictureOf(machine);
				if (verb === 'start') await endedOn(machine, 'stop');
				await machine.events.changeMac({faults: [{before, happens: 'gui-logout'}]});
				const [code, outcome] = await endedOn(machine, verb);
				expect([code, outcome]).toEqual(verb === 'stop' ? [0, 'stopped'] : [5, 'failed']);
				expect(await launched(machine)).toEqual([]);
				expect((await pictureOf(machine)).files).toEqual(files);
				await machine.events.guiLogin();
				expect(await launched(machine)).toEqual(runningIn('gui'));
			},
		);
});

testScenario('19: another program behind the same path runs after a restart', async (makeMac) => {
	const machine = await setUpOn(makeMac);
	const {pid} = (await serviceAt(machine)) ?? {};
	const {vira} = await machine.events.state();
	await machine.events.change({vira: vira && {...vira, version: '0.1.1'}});
	expect(await endedOn(machine, 'restart')).toEqual([0, 'restarted', '']);
	expect((await serviceAt(machine))?.pid).not.toBe(pid);
	expect(await launched(machine)).toEqual(runningIn('gui', 2));
});

describe('23: a launchctl that hangs', () => {
	for (const verb of ['status', 'start', 'stop', 'restart'])
		testScenario(`is reported by ${verb}, and nothing changes`, async (makeMac) => {
			const machine = await setUpOn(makeMac);
			await machine.events.changeMac({launchctl: 'hangs'});
			const before = await pictureOf(machine);
			expect((await endedOn(machine, verb))[0]).not.toBe(0);
			expect(await pictureOf(machine)).toEqual(before);
		});
});

testScenario('24: status distinguishes a process that waits for the Nix store from Vira', async (makeMac) => {
	const machine = await setUpOn(makeMac, {mac: {autoLogin: 'alice', fileVault: false}});
	await machine.events.boot({nixMountsAfterMs: 60_000});
	expect(await launched(machine)).toEqual(runningIn('gui'));
	expect(await trouble(machine)).toBe('waits-for-store');
	await machine.sleep(60_000);
	expect(await trouble(machine)).toBeUndefined();
});

testScenario('25: status says that the service is from another file, and a run fixes it', async (makeMac) => {
	const machine = await setUpOn(makeMac);
	await endedOn(machine, 'stop');
	await machine.events.put('/Users/alice/mine.plist', agentText());
	await typed(machine, 'launchctl bootstrap gui/501 /Users/alice/mine.plist');
	await machine.sleep(5000);
	expect(await trouble(machine)).toBe('other-file');
	expect(await endedOn(machine)).toEqual([0, 'updated', '']);
	expect(await trouble(machine)).toBeUndefined();
});
