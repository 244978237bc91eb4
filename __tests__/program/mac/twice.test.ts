import {describe, expect} from '@jest/globals';
import {
	agentText,
	backgroundPath,
	gui,
	label,
	launched,
	typed,
	type MacSimulation,
} from '../../support/simulated-mac.ts';
import {testScenario} from '../../support/every-profile.ts';
import {domains, endedOn, places, runningIn, setUpOn} from '../../support/mac-program.ts';
import {pictureOf} from '../../support/picture-of.ts';

const program = ['/Users/alice/.nix-profile/bin/vira', '--state-dir', '/Users/alice/state', 'web'];

/** A second one of the service, in the background. */
const addSecond = async (machine: MacSimulation, path: string): Promise<void> => {
	const ProgramArguments = [...program, '--port', '7000'];
	await machine.events.put(path, agentText({LimitLoadToSessionType: 'Background', ProgramArguments}));
	expect(await typed(machine, `launchctl bootstrap user/501 ${path}`)).toEqual([0, '']);
};

describe('11: the service in gui and in user', () => {
	for (const path of ['/Users/alice/second.plist', backgroundPath])
		testScenario(`from ${path}: one remains`, async (makeMac) => {
			const machine = await setUpOn(makeMac);
			await addSecond(machine, path);
			expect(await launched(machine)).toHaveLength(2);
			expect((await endedOn(machine, '--overwrite')).slice(0, 2)).toEqual([0, 'updated']);
			expect(await launched(machine)).toEqual(runningIn('gui'));
		});

	testScenario('from one property list with two session types: one remains', async (makeMac) => {
		const machine = await setUpOn(makeMac);
		const {path} = places.gui;
		await machine.writeFile(path, agentText({LimitLoadToSessionType: ['Aqua', 'Background']}), 0o644);
		// If a list is accepted there are two now, and if it is refused only the first one.
		await typed(machine, `launchctl bootstrap user/501 ${path}`);
		expect((await endedOn(machine, '--overwrite')).slice(0, 2)).toEqual([0, 'updated']);
		expect(await launched(machine)).toEqual(runningIn('gui'));
		expect(await machine.readFile(path)).not.toContain('LimitLoadToSessionType');
	});

	testScenario('only in user, while the settings ask for gui: it moves there', async (makeMac) => {
		const machine = await setUpOn(makeMac);
		await typed(machine, `launchctl bootout ${gui}`);
		await machine.sleep(5000);
		await addSecond(machine, '/Users/alice/second.plist');
		expect(await endedOn(machine)).toEqual([0, 'updated', '']);
		expect(await launched(machine)).toEqual(runningIn('gui'));
	});

	testScenario('the second still exiting: it is waited for', async (makeMac) => {
		const machine = await setUpOn(makeMac);
		await addSecond(machine, backgroundPath);
		await machine.deleteFile(backgroundPath);
		await machine.sleep(100);
		await machine.events.behave(label, {termDelayMs: 4000});
		await typed(machine, `launchctl bootout user/501/${label}`);
		expect((await endedOn(machine)).slice(0, 2)).toEqual([0, 'updated']);
		expect(await launched(machine)).toEqual(runningIn('gui'));
	});
});

describe('11: a change of the domain leaves one instance, and one file of ours', () => {
	for (const from of domains)
		for (const to of domains.filter((domain) => domain !== from))
			testScenario(`from ${from} to ${to}`, async (makeMac) => {
				const machine = await setUpOn(makeMac, {mac: {sudo: 'free'}}, '--domain', from);
				expect(await endedOn(machine, '--domain', to)).toEqual([0, 'updated', '']);
				expect(await launched(machine)).toEqual(runningIn(to));
				const receipt = await machine.readFile('/Users/alice/.local/state/vira-setup/receipt.json');
				const {files, state} = JSON.parse(receipt ?? '') as {files: Record<string, string>; state: string};
				expect(state).toBe('complete');
				for (const domain of domains) {
					const {path} = places[domain];
					expect([path, (await machine.inspect(path)) !== undefined, path in files]).toEqual([
						path,
						domain === to,
						domain === to,
					]);
				}
			});
});

for (const hasFile of [true, false])
	testScenario(
		`11: a daemon of the same name that is not ours is left alone (its file exists: ${hasFile})`,
		async (makeMac) => {
			const machine = await makeMac({mac: {sudo: 'free'}});
			const elsewhere = {StandardOutPath: undefined, StandardErrorPath: undefined};
			await machine.events.put(places.system.path, agentText(elsewhere));
			await machine.events.boot();
			await machine.events.guiLogin();
			// Vira creates its state in its first seconds.
			await machine.sleep(5000);
			if (!hasFile) await typed(machine, `sudo rm -f ${places.system.path}`);
			const before = [await launched(machine), await pictureOf(machine)];
			expect(before[0]).toHaveLength(1);
			const [code, outcome, message] = await endedOn(machine);
			expect([code, outcome]).toEqual([3, 'failed']);
			expect(message).toContain(`A service named ${label} is managed by the system, as a daemon.`);
			expect([await launched(machine), await pictureOf(machine)]).toEqual(before);
		},
	);

testScenario('25: a service that was loaded from another file is loaded from ours', async (makeMac) => {
	const machine = await setUpOn(makeMac);
	await typed(machine, `launchctl bootout ${gui}`);
	await machine.sleep(5000);
	await machine.events.put('/Users/alice/mine.plist', agentText());
	await typed(machine, 'launchctl bootstrap gui/501 /Users/alice/mine.plist');
	await machine.sleep(5000);
	// launchd keeps what it has: when given ours, it says that one is already loaded.
	expect((await typed(machine, `launchctl bootstrap gui/501 ${places.gui.path}`))[0]).not.toBe(0);
	expect(await launched(machine)).toEqual([`${gui} running 1 /Users/alice/mine.plist`]);
	expect(await endedOn(machine)).toEqual([0, 'updated', '']);
	expect(await launched(machine)).toEqual(runningIn('gui'));
});
