import {describe, expect} from '@jest/globals';
import {testScenario} from '../../support/every-profile.ts';
import {done, endedOn, runningIn, runOn, setUpOn} from '../../support/mac-program.ts';
import {agentPath, gui, launched, logPath, serviceAt, typed} from '../../support/simulated-mac.ts';

testScenario('1: a first installation runs in the desktop session', async (makeMac) => {
	const machine = await makeMac();
	const {code, document} = await runOn(machine);
	expect([code, document]).toMatchObject([
		0,
		{
			outcome: 'installed',
			changed: true,
			url: 'https://localhost:5005/',
			startsAtBoot: false,
			survivesLogout: false,
		},
	]);
	expect(await launched(machine)).toEqual(runningIn('gui'));
	expect(await serviceAt(machine)).toMatchObject({process: {listens: {port: 5005, answers: true}}});
	// Enabled before it is loaded, and started afterwards, without -k.
	expect(await done(machine)).toEqual([
		`enable ${gui}`,
		`bootstrap gui/501 ${agentPath}`,
		`kickstart ${gui}`,
	]);
});

testScenario('2: a second run changes nothing, and asks launchd for nothing', async (makeMac) => {
	const machine = await setUpOn(makeMac);
	const [service, before] = [await serviceAt(machine), await done(machine)];
	const {code, document} = await runOn(machine);
	expect([code, document]).toMatchObject([0, {outcome: 'unchanged', changed: false}]);
	expect(await serviceAt(machine)).toEqual(service);
	expect(await done(machine)).toEqual(before);
});

testScenario(
	'7: a missing LaunchAgents folder and a missing log folder are created before the setup',
	async (makeMac) => {
		const machine = await makeMac();
		expect(await machine.list('/Users/alice/Library')).toEqual([]);
		expect(await endedOn(machine)).toEqual([0, 'installed', '']);
		for (const folder of ['/Users/alice/Library/LaunchAgents', '/Users/alice/Library/Logs'])
			expect(await machine.inspect(folder)).toMatchObject({kind: 'folder', mode: 0o700, owner: 501});
		expect(await machine.inspect(agentPath)).toMatchObject({kind: 'file', mode: 0o644, owner: 501});
		expect(await machine.inspect(logPath)).toMatchObject({kind: 'file', owner: 501});
	},
);

for (const mode of ['0664', '0666', '0600'])
	testScenario(`8: a property list with mode ${mode} is rewritten and loaded`, async (makeMac) => {
		const machine = await setUpOn(makeMac);
		const text = (await machine.readFile(agentPath)) ?? '';
		await machine.writeFile(agentPath, text, Number.parseInt(mode, 8));
		expect(await endedOn(machine)).toEqual([0, 'updated', '']);
		expect(await machine.inspect(agentPath)).toMatchObject({mode: 0o644});
		expect(await machine.readFile(agentPath)).toBe(text);
		expect(await launched(machine)).toEqual(runningIn('gui'));
	});

testScenario('8: a property list that others can write does not block the next boot', async (makeMac) => {
	const machine = await setUpOn(makeMac);
	await machine.writeFile(agentPath, (await machine.readFile(agentPath)) ?? '', 0o664);
	await machine.events.boot();
	await machine.events.guiLogin();
	expect(await launched(machine)).toEqual([]);
	expect(await endedOn(machine)).toEqual([0, 'updated', '']);
	expect(await launched(machine)).toEqual(runningIn('gui'));
});

describe('16: launchctl is never asked to --wait, which some versions do not know', () => {
	for (const version of ['12.7.6', '15.6.1', '26.1'])
		testScenario(`macOS ${version}`, async (makeMac) => {
			const machine = await setUpOn(makeMac, {mac: {version}});
			expect(await endedOn(machine, '--port', '8443')).toEqual([0, 'updated', '']);
			expect(await launched(machine)).toEqual(runningIn('gui'));
			const calls = await done(machine);
			expect(calls.filter((call) => call.startsWith('bootout'))).toEqual([`bootout ${gui}`]);
		});
});

testScenario('19: a changed setting makes launchd load the new file, in a new process', async (makeMac) => {
	const machine = await setUpOn(makeMac);
	const before = await serviceAt(machine);
	expect(await endedOn(machine, '--port', '8443')).toEqual([0, 'updated', '']);
	const service = await serviceAt(machine);
	expect(service?.pid).not.toBe(before?.pid);
	expect(service?.process?.listens).toMatchObject({port: 8443, answers: true});
	expect(await launched(machine)).toEqual(runningIn('gui'));
});

testScenario(
	'19: another program behind the same path changes no setting: nothing restarts',
	async (makeMac) => {
		const machine = await setUpOn(makeMac);
		const {pid} = (await serviceAt(machine)) ?? {};
		const {vira} = await machine.events.state();
		await machine.events.change({vira: vira && {...vira, version: '0.1.1'}});
		expect(await endedOn(machine)).toEqual([0, 'unchanged', '']);
		expect(await serviceAt(machine)).toMatchObject({pid, runs: 1});
	},
);

testScenario('20: a service that was deleted by hand and disabled is installed again', async (makeMac) => {
	const machine = await setUpOn(makeMac);
	for (const verb of ['bootout', 'disable']) await typed(machine, `launchctl ${verb} ${gui}`);
	await machine.sleep(30_000);
	for (const path of [agentPath, '/Users/alice/.config/vira-setup/settings.json'])
		await machine.deleteFile(path);
	await machine.deleteFile('/Users/alice/.local/state/vira-setup/receipt.json');
	expect(await endedOn(machine)).toEqual([0, 'installed', '']);
	expect(await launched(machine)).toEqual(runningIn('gui'));
});
