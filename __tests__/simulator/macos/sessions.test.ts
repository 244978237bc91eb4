import {describe, expect, test} from '@jest/globals';
import {macPresets} from '../../support/mac-presets.ts';
import {
	agentPath,
	agentText,
	daemonPath,
	gui,
	label,
	macIn,
	macWithAgent,
	macWithRunning,
	serviceAt,
	simulateMac,
	typed,
	type MacSimulation,
} from '../../support/simulated-mac.ts';
import {put, type} from '../../support/installed.ts';
import {newFolder} from '../../support/new-folder.ts';

describe('where the program can be called', () => {
	test.each<readonly [keyof typeof macPresets, gui: number, user: number, screen: string, ssh: boolean]>([
		['desktop', 0, 0, 'alice', false],
		['headless', 125, 0, 'root', true],
		['unseen', 112, 112, 'root', true],
		['sshAndScreen', 0, 0, 'alice', true],
		['otherAtScreen', 125, 0, 'bob', true],
		['root', 0, 0, 'alice', false],
	])('%s: gui %i, user %i, screen of %s, SSH %s', async (preset, guiIs, userIs, screen, ssh) => {
		const machine = await simulateMac(macPresets[preset]);
		expect((await type(machine, 'launchctl print gui/501')).exitCode).toBe(guiIs);
		expect((await type(machine, 'launchctl print user/501')).exitCode).toBe(userIs);
		expect(await typed(machine, 'stat -f %Su /dev/console')).toEqual([0, screen]);
		expect(machine.environment['SSH_CONNECTION'] !== undefined).toBe(ssh);
	});
});

describe('logging in and out', () => {
	test('a login at the screen starts the agents in LaunchAgents', async () => {
		const machine = await macWithAgent(macPresets.headless);
		await machine.events.guiLogin();
		expect(await serviceAt(machine)).toMatchObject({state: 'running', path: agentPath});
	});

	const background = agentText({LimitLoadToSessionType: 'Background'});

	test.each<readonly [what: string, spoil: (machine: MacSimulation) => Promise<unknown>]>([
		['one for the background', ({writeFile}) => writeFile(agentPath, background, 0o644)],
		['one that others can write', ({writeFile}) => writeFile(agentPath, agentText(), 0o666)],
		['no property list', ({writeFile}) => writeFile(agentPath, 'hello', 0o644)],
		['a disabled label', (machine) => typed(machine, `launchctl disable user/501/${label}`)],
		[
			'a link',
			async ({events}) => {
				await events.put('/Users/alice/agent.plist', agentText());
				await events.change({links: {[agentPath]: '/Users/alice/agent.plist'}});
			},
		],
	])('but not %s', async (_, spoil) => {
		const machine = await macWithAgent(macPresets.headless);
		await spoil(machine);
		await machine.events.guiLogin();
		expect(await serviceAt(machine)).toBeUndefined();
	});

	test('a logout at the screen ends the session and all its processes; a background agent stays', async () => {
		const machine = await macWithRunning();
		await put(
			machine,
			'/Users/alice/b.plist',
			agentText({
				Label: 'b',
				LimitLoadToSessionType: 'Background',
				ProgramArguments: [
					'/Users/alice/.nix-profile/bin/vira',
					'--state-dir',
					'/tmp/b',
					'web',
					'--port',
					'5006',
				],
			}),
		);
		await typed(machine, 'launchctl bootstrap user/501 /Users/alice/b.plist');
		await machine.events.guiLogout();
		expect(Object.keys((await machine.events.mac()).services)).toEqual(['user/501/b']);
		expect((await typed(machine, `launchctl print ${gui}`))[0]).toBe(125);
		expect(await machine.readFile('/Users/alice/Library/Logs/vira.log')).not.toContain('checkpoint');
		expect(await machine.tryListen('127.0.0.1', 5005)).toBeUndefined();
	});

	test('the next login starts it as a new process', async () => {
		const machine = await macWithRunning();
		const before = (await serviceAt(machine))?.pid;
		await machine.events.guiLogout();
		await machine.events.guiLogin();
		expect(await serviceAt(machine)).toMatchObject({state: 'running', runs: 1});
		expect((await serviceAt(machine))?.pid).not.toBe(before);
	});
});

describe('a boot', () => {
	test('clears every service and session, and keeps files and disabled services', async () => {
		const machine = await macWithRunning();
		await typed(machine, `launchctl disable gui/501/com.example.a`);
		await machine.events.boot();
		expect((await machine.events.mac()).services).toEqual({});
		expect((await typed(machine, 'launchctl print gui/501'))[0]).toBe(112);
		await machine.events.sshLogin();
		expect((await typed(machine, 'launchctl print gui/501'))[0]).toBe(125);
		expect((await typed(machine, 'launchctl print-disabled user/501'))[1]).toContain(
			'"com.example.a" => disabled',
		);
		expect(await machine.readFile(agentPath)).toBe(agentText());
		await machine.events.guiLogin();
		expect((await serviceAt(machine))?.state).toBe('running');
	});

	test.each([
		[false, 'running'],
		[true, undefined],
	])('automatic login, FileVault %s: %s', async (fileVault, state) => {
		const machine = await macWithAgent({mac: {fileVault, autoLogin: 'alice'}});
		await machine.events.boot();
		expect((await serviceAt(machine))?.state).toBe(state);
	});

	const unlocked = {mac: {...macPresets.headless.mac, fileVault: false}};

	test('a daemon starts with FileVault once the disk is unlocked', async () => {
		const machine = await macWithAgent(macPresets.headless);
		await machine.events.put(daemonPath, agentText({UserName: 'alice'}));
		await machine.events.boot();
		expect(await serviceAt(machine, `system/${label}`)).toBeUndefined();
		await machine.events.sshLogin();
		expect(await serviceAt(machine, `system/${label}`)).toMatchObject({state: 'running'});
	});

	test('a daemon starts without a login, and waits for the Nix store', async () => {
		const machine = await macWithAgent(unlocked);
		const words = [
			'/bin/sh',
			'-c',
			'/bin/wait4path /nix/store && exec "$0" "$@"',
			'/Users/alice/.nix-profile/bin/vira',
			'web',
		];
		await machine.events.put(daemonPath, agentText({UserName: 'alice', ProgramArguments: words}));
		await machine.events.boot({nixMountsAfterMs: 5000});
		expect((await machine.ask('https://localhost:5005/', {timeoutMs: 1000})).answered).toBe(false);
		await machine.sleep(6000);
		expect((await machine.ask('https://localhost:5005/', {timeoutMs: 1000})).answered).toBe(true);
	});
});

describe('the Login Items', () => {
	test('turned off, the service is stopped, disabled, and denied at bootstrap until it is turned on', async () => {
		const machine = await macWithRunning();
		await machine.events.toggleLoginItem(label, 'off');
		await machine.sleep(5000);
		expect((await typed(machine, `launchctl print ${gui}`))[0]).toBe(113);
		expect((await typed(machine, `launchctl bootstrap gui/501 ${agentPath}`))[0]).toBe(5);
		await typed(machine, `launchctl enable ${gui}`);
		expect(await typed(machine, `launchctl bootstrap gui/501 ${agentPath}`)).toEqual([0, '']);
		expect((await typed(machine, `launchctl print ${gui}`))[0]).toBe(113);
		await machine.events.toggleLoginItem(label, 'on');
		await typed(machine, `launchctl bootstrap gui/501 ${agentPath}`);
		await machine.sleep(100);
		expect((await serviceAt(machine))?.state).toBe('running');
	});

	test('apply to both domains of a user: background services end too', async () => {
		const machine = await macWithAgent({}, {LimitLoadToSessionType: 'Background'});
		await typed(machine, `launchctl bootstrap user/501 ${agentPath}`);
		await machine.events.toggleLoginItem(label, 'off');
		expect((await serviceAt(machine, `user/501/${label}`))?.state).toBe('SIGTERMed');
		await machine.sleep(5000);
		expect((await machine.events.mac()).services).toEqual({});
	});
});

test('the same label in both domains is two services, and the second cannot have the port', async () => {
	const machine = await macWithRunning();
	await put(machine, '/Users/alice/b.plist', agentText({LimitLoadToSessionType: 'Background'}));
	expect(await typed(machine, 'launchctl bootstrap user/501 /Users/alice/b.plist')).toEqual([0, '']);
	await machine.sleep(100);
	const {services} = await machine.events.mac();
	expect(Object.entries(services).map(([id, {state}]) => [id, state])).toEqual([
		[gui, 'running'],
		[`user/501/${label}`, 'spawn scheduled'],
	]);
});

test('another process uses the same Mac', async () => {
	const folder = newFolder();
	const first = await macIn(folder, macPresets.headless);
	await first.events.guiLogin();
	await first.run(['launchctl', 'disable', gui]);
	const second = await macIn(folder);
	expect(second.platform).toBe('darwin');
	expect((await typed(second, 'launchctl print-disabled gui/501'))[1]).toContain(`"${label}" => disabled`);
	expect(second.now()).toBe(first.now() + 20);
});
