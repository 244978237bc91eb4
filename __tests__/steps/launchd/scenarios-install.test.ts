import {expect, test} from '@jest/globals';
import {macPresets, type GivenMac} from '../../../src/platform/rehearsal/launchd/fresh-mac.ts';
import {agentPath, gui, label, rehearseMac, serviceAt, typed} from '../../support/mac-rehearsal.ts';
import {backgroundPath, ended, launched, macSetUp, underProfiles} from '../../support/mac-setup.ts';
import {refusal, refusedWith, run} from '../../support/scripted.ts';

test('1, 7: a first installation on a Mac without a LaunchAgents folder runs in the session at the screen', async () => {
	const machine = await rehearseMac();
	expect(await machine.inspect('/Users/alice/Library/LaunchAgents')).toBeUndefined();
	const {code, document} = await run(machine);
	expect([code, document.outcome, document['startsAtBoot'], document['survivesLogout']]).toEqual([
		0,
		'installed',
		false,
		false,
	]);
	expect(await launched(machine)).toEqual([`${gui} running 1 ${agentPath}`]);
	expect(await machine.inspect(agentPath)).toMatchObject({kind: 'file', mode: 0o644});
});

test('2: a second run changes nothing, under every profile', () =>
	underProfiles(async (profile) => {
		const machine = await macSetUp({mac: {profile}});
		const {pid} = (await serviceAt(machine)) ?? {};
		expect(await ended(machine)).toEqual([0, 'unchanged', '']);
		expect(await serviceAt(machine)).toMatchObject({pid, runs: 1});
	}));

test.each([0o664, 0o666, 0o600])('8: an agent of mode %o is written again, and loaded', async (mode) => {
	const machine = await macSetUp();
	await machine.writeFile(agentPath, (await machine.readFile(agentPath)) ?? '', mode);
	expect(await ended(machine)).toEqual([0, 'updated', '']);
	expect(await machine.inspect(agentPath)).toMatchObject({mode: 0o644});
	expect(await launched(machine)).toEqual([`${gui} running 1 ${agentPath}`]);
});

test.each(['headless', 'unseen', 'otherAtScreen'] as const)(
	'9: %s: the agent is put in its place, and starts at the next login at the screen',
	async (preset) => {
		const machine = await rehearseMac(macPresets[preset]);
		const {code, document} = await run(machine);
		expect([code, document.outcome, document['startsAtBoot']]).toEqual([0, 'installed', false]);
		expect(document['warnings']).toContainEqual(expect.objectContaining({code: 'headless'}));
		expect(document['findings']).toMatchObject([
			{sentence: 'It does not run yet: it starts at your next login at the screen.'},
		]);
		expect(await launched(machine)).toEqual([]);
		await machine.events.guiLogin();
		expect(await launched(machine)).toEqual([`${gui} running 1 ${agentPath}`]);
		expect(await ended(machine)).toEqual([0, 'unchanged', '']);
	},
);

test('9: without a session at the screen, the domain user runs at once, from a file that no login loads', async () => {
	const machine = await macSetUp(macPresets.headless, '--domain', 'user');
	expect(await launched(machine)).toEqual([`user/501/${label} running 1 ${backgroundPath}`]);
	expect(await machine.inspect(agentPath)).toBeUndefined();
	await machine.events.guiLogin();
	expect(await ended(machine)).toEqual([0, 'unchanged', '']);
	expect(await launched(machine)).toEqual([`user/501/${label} running 1 ${backgroundPath}`]);
});

test('9: launchd that has not seen the person since the boot says so for the domain user', async () => {
	const machine = await rehearseMac(macPresets.unseen);
	expect(await ended(machine, '--domain', 'user')).toEqual([
		5,
		'failed',
		'launchd does not know you yet: nobody has logged in as you since the Mac was started.\nCould not find domain for uid: 501',
	]);
});

test('10: over SSH, while the same person sits at the screen, it runs there', async () => {
	expect(await launched(await macSetUp(macPresets.sshAndScreen))).toEqual([`${gui} running 1 ${agentPath}`]);
});

test.each([
	['gui', 'user', `user/501/${label} running 1 ${backgroundPath}`],
	['user', 'gui', `${gui} running 1 ${agentPath}`],
])('a change from the domain %s to %s leaves one instance and one file', async (from, to, expected) => {
	const machine = await macSetUp({}, '--domain', from);
	expect(await ended(machine, '--domain', to)).toEqual([0, 'updated', '']);
	expect(await launched(machine)).toEqual([expected]);
	const files = await Promise.all([agentPath, backgroundPath].map((path) => machine.inspect(path)));
	expect(files.filter((file) => file !== undefined)).toHaveLength(1);
	const receipt = (await machine.readFile('/Users/alice/.local/state/vira-setup/receipt.json')) ?? '';
	const {files: ours, state} = JSON.parse(receipt) as {files: Record<string, string>; state: string};
	expect(state).toBe('complete');
	expect([agentPath, backgroundPath].filter((path) => path in ours)).toEqual([
		to === 'gui' ? agentPath : backgroundPath,
	]);
});

test('16: no version of launchctl is asked to --wait, which some do not know', async () => {
	const machine = await macSetUp({mac: {version: '26.1'}});
	await ended(machine, '--port', '8443');
	const {calls} = await machine.events.mac();
	expect(calls.some(({command}) => command.includes('bootout'))).toBe(true);
	expect(calls.filter(({command}) => command.includes('--wait'))).toEqual([]);
});

test('19: a changed setting makes launchd read the new file', async () => {
	const machine = await macSetUp();
	expect(await ended(machine, '--port', '8443')).toEqual([0, 'updated', '']);
	const service = await serviceAt(machine);
	expect(service?.job.words).toContain('8443');
	expect(await launched(machine)).toEqual([`${gui} running 1 ${agentPath}`]);
});

test('20: what somebody has taken away by hand, and switched off, is installed again', async () => {
	const machine = await macSetUp();
	for (const verb of ['bootout', 'disable']) await typed(machine, `launchctl ${verb} ${gui}`);
	await machine.sleep(30_000);
	for (const path of [agentPath, '/Users/alice/.config/vira-setup/settings.json'])
		await machine.deleteFile(path);
	await machine.deleteFile('/Users/alice/.local/state/vira-setup/receipt.json');
	expect(await ended(machine)).toEqual([0, 'installed', '']);
	expect(await launched(machine)).toEqual([`${gui} running 1 ${agentPath}`]);
});

test('22: as root it is refused, and nothing changes', async () => {
	const machine = await rehearseMac(macPresets.root);
	expect(await refusedWith(machine)).toEqual({
		status: 3,
		said: ['This runs through sudo, as root.'],
		changed: false,
	});
});

test.each([
	['missing', 'There is no /bin/launchctl, which every Mac has.'],
	['hangs', 'launchctl did not answer in time.'],
] as const)('23: a launchctl that is %s is told, and nothing changes', async (launchctl, why) => {
	const machine = await rehearseMac({mac: {launchctl}});
	const began = machine.now();
	expect(await refusal(machine)).toMatchObject({code: 3, why});
	// Each question has 30 s; the simulated Mac answers one after the other.
	expect(machine.now() - began).toBeLessThan(7 * 30_000);
});

test('23: a launchctl that hangs in the middle is told, and what was written is taken back', async () => {
	const machine = await macSetUp();
	const before = await machine.readFile(agentPath);
	const hanging = {
		...machine,
		run: async (...call: Parameters<typeof machine.run>) => {
			if (call[0].includes('bootstrap')) await machine.events.changeMac({launchctl: 'hangs'});
			return machine.run(...call);
		},
	};
	const [code, outcome, sentence] = await ended(hanging, '--port', '8443');
	expect([code, outcome]).toEqual([5, 'failed']);
	expect(sentence).toContain('launchctl did not end in time.');
	expect(await machine.readFile(agentPath)).toBe(before);
});

test.each<readonly [string, GivenMac['mac'], boolean]>([
	['alice', {autoLogin: 'alice', fileVault: false}, true],
	['alice, and FileVault asks first', {autoLogin: 'alice', fileVault: true}, false],
	['bob', {autoLogin: 'bob', fileVault: false}, false],
])('who is logged in automatically: %s; what is said of the boot is true', async (_, mac, startsAtBoot) => {
	const machine = await rehearseMac({mac: mac ?? {}});
	expect((await run(machine)).document['startsAtBoot']).toBe(startsAtBoot);
	await machine.events.boot();
	expect(await launched(machine)).toEqual(startsAtBoot ? [`${gui} running 1 ${agentPath}`] : []);
});
