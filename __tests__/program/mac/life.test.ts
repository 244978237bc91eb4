import {describe, expect} from '@jest/globals';
import type {GivenMac} from '../../../src/simulator/macos/fresh-mac.ts';
import type {Ended} from '../../../src/simulator/macos/mac-state.ts';
import {testScenario} from '../../support/every-profile.ts';
import {domains, endedOn, places, runningIn, runOn, setUpOn} from '../../support/mac-program.ts';
import {gui, label, launched, logPath, serviceAt} from '../../support/simulated-mac.ts';
import {pictureOf} from '../../support/picture-of.ts';
import {errorText} from '../../support/notices.ts';

/** Root, for the domain that needs it, is available without a password. */
const rootIsFree: GivenMac = {mac: {sudo: 'free'}};

for (const domain of domains)
	testScenario(
		`13: a crash loop in ${domain} is reported with its exit and its log, and leaves nothing`,
		async (makeMac) => {
			const machine = await makeMac(rootIsFree);
			const before = await pictureOf(machine);
			await machine.events.behave(label, {exitAfterMs: 200, ending: {how: 'exit', code: 1}});
			const {code, document} = await runOn(machine, '--domain', domain);
			expect([code, document.error]).toMatchObject([
				6,
				{
					message: expect.stringContaining('exited with status 1'),
					log: expect.arrayContaining([expect.stringContaining('Launching')]),
				},
			]);
			expect(await pictureOf(machine)).toEqual(before);
		},
	);

describe('14: launchd that cannot start it (status 78)', () => {
	testScenario('is reported with the usual reasons', async (makeMac) => {
		const machine = await makeMac();
		await machine.events.behave(label, {spawnFails: true});
		const [code, , message] = await endedOn(machine);
		expect(code).toBe(6);
		expect(message).toContain(
			'launchd could not start it (exit status 78): the program, the state folder or the log file cannot be used.',
		);
		expect(await launched(machine)).toEqual([]);
	});

	testScenario('because the log folder does not exist: it is created, and Vira runs', async (makeMac) => {
		const machine = await setUpOn(makeMac);
		await machine.deleteFolder('/Users/alice/Library/Logs', {withContents: true});
		await machine.events.procExit(gui, {how: 'exit', code: 1});
		await machine.sleep(15_000);
		expect((await serviceAt(machine))?.last).toEqual({how: 'exit', code: 78});
		expect(await endedOn(machine)).toEqual([0, 'updated', '']);
		expect(await serviceAt(machine)).toMatchObject({state: 'running'});
		expect(await machine.inspect(logPath)).toMatchObject({kind: 'file'});
	});

	testScenario(
		'because the log folder leads to another volume: that is reported, and nothing remains',
		async (makeMac) => {
			const machine = await makeMac({links: {'/Users/alice/Library/Logs': '/Volumes/Big/Logs'}});
			await machine.events.put('/Volumes/Big/Logs/.keep', '');
			const before = await pictureOf(machine);
			const {code, document} = await runOn(machine);
			expect([code, document.outcome]).toEqual([6, 'failed']);
			expect(errorText(document)).toContain('(exit status 78)');
			expect(await pictureOf(machine)).toEqual(before);
		},
	);
});

describe('15: a service that', () => {
	for (const [how, ending] of [
		['exited cleanly', {how: 'exit', code: 0}],
		['crashed', {how: 'exit', code: 1}],
		['was killed', {how: 'signal', signal: 9}],
	] as const satisfies readonly (readonly [string, Ended])[])
		testScenario(`${how} is started by the next run`, async (makeMac) => {
			const machine = await setUpOn(makeMac);
			await machine.events.procExit(gui, ending);
			expect(await endedOn(machine)).toEqual([0, 'updated', '']);
			expect(await launched(machine)).toEqual(runningIn('gui', 2));
		});

	for (const domain of ['user', 'system'] as const)
		testScenario(`exited cleanly, in ${domain}, is started by the next run`, async (makeMac) => {
			const machine = await setUpOn(makeMac, rootIsFree, '--domain', domain);
			await machine.events.procExit(places[domain].id, {how: 'exit', code: 0});
			expect(await endedOn(machine)).toEqual([0, 'updated', '']);
			expect(await launched(machine)).toEqual(runningIn(domain, 2));
		});

	testScenario('cannot be started again remains loaded as before', async (makeMac) => {
		const machine = await setUpOn(makeMac);
		await machine.events.procExit(gui, {how: 'exit', code: 0});
		await machine.events.behave(label, {spawnFails: true});
		expect((await endedOn(machine))[0]).toBe(6);
		expect(await serviceAt(machine)).toMatchObject({path: places.gui.path});
	});
});

describe('24: a process that only waits for the Nix store', () => {
	testScenario('is not taken for Vira, and does not remain', async (makeMac) => {
		const machine = await makeMac({mac: {faults: [{before: 'bootstrap', happens: 'nix-unmounts'}]}});
		const before = await pictureOf(machine);
		const [code, outcome, message] = await endedOn(machine);
		expect([code, outcome]).toEqual([6, 'failed']);
		expect(message).toContain('https://localhost:5005/ does not respond');
		await machine.events.mountNix();
		expect(await pictureOf(machine)).toEqual(before);
	});

	testScenario('after a boot: a run reports the missing store, and changes nothing', async (makeMac) => {
		const machine = await setUpOn(makeMac, {mac: {autoLogin: 'alice', fileVault: false}});
		await machine.events.boot({nixMountsAfterMs: 20_000});
		expect(await launched(machine)).toEqual(runningIn('gui'));
		const {files} = await pictureOf(machine);
		const [code, outcome, message] = await endedOn(machine);
		expect([code, outcome]).toEqual([2, 'failed']);
		expect(message).toContain('This Vira is in the Nix store, which is not mounted.');
		expect((await pictureOf(machine)).files).toEqual(files);
		await machine.sleep(25_000);
		expect(await endedOn(machine)).toEqual([0, 'unchanged', '']);
	});
});
