import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from '@jest/globals';
import type {GivenMac} from '../../../src/simulator/macos/fresh-mac.ts';
import {
	agentPath,
	agentText,
	daemonPath,
	macWithAgent,
	macWithRunning,
	simulateMac,
	typed,
} from '../../support/simulated-mac.ts';
import {machineIn} from '../../support/simulated-linux.ts';
import {newFolder} from '../../support/new-folder.ts';
import {diskFiles} from '../../../src/simulator/files/disk-files.ts';
import {openMac} from '../../../src/simulator/macos/mac-system.ts';
import {openLinux} from '../../../src/simulator/linux/linux-system.ts';

describe('facts about a Mac', () => {
	const intel: GivenMac = {mac: {architecture: 'x86_64', fileVault: false, version: '12.7.6'}};
	const rosetta: GivenMac = {mac: {translated: true, autoLogin: 'alice'}};

	test.each<readonly [GivenMac, string, number, string]>([
		[{}, 'sw_vers -productVersion', 0, '15.6.1'],
		[intel, 'sw_vers -productVersion', 0, '12.7.6'],
		[{}, 'uname -m', 0, 'arm64'],
		[intel, 'uname -m', 0, 'x86_64'],
		[rosetta, 'uname -m', 0, 'x86_64'],
		[{}, 'sysctl -n sysctl.proc_translated', 0, '0'],
		[rosetta, 'sysctl -n sysctl.proc_translated', 0, '1'],
		[intel, 'sysctl -n sysctl.proc_translated', 1, "sysctl: unknown oid 'sysctl.proc_translated'"],
		[{}, 'fdesetup status', 0, 'FileVault is On.'],
		[intel, 'fdesetup status', 0, 'FileVault is Off.'],
		[rosetta, 'defaults read /Library/Preferences/com.apple.loginwindow autoLoginUser', 0, 'alice'],
		[
			{},
			'defaults read /Library/Preferences/com.apple.loginwindow autoLoginUser',
			1,
			'2026-03-02 09:00:00.000 defaults[901:9001] \nThe domain/default pair of (/Library/Preferences/com.apple.loginwindow, autoLoginUser) does not exist',
		],
		[
			{mac: {sleep: {minutes: 1, disabled: false, preventedBy: 'powerd'}}},
			'pmset -g',
			0,
			'System-wide power settings:\n SleepDisabled\t\t0\nCurrently in use:\n standby              1\n displaysleep         10\n sleep                1 (sleep prevented by powerd)\n womp                 1',
		],
		[{}, '/Users/alice/.nix-profile/bin/vira --version', 0, '0.1.0.0'],
		[{}, 'nix --version', 0, 'nix (Nix) 2.24.9'],
	])('%j: %s', async (given, line, exit, text) => {
		expect(await typed(await simulateMac(given), line)).toEqual([exit, text]);
	});

	test.each([
		['Apple silicon', {}, 'darwin/aarch64'],
		['Intel', intel, 'darwin/x86_64'],
	])('Vira names the platform: %s', async (_, given, platform) => {
		const [exit, text] = await typed(await simulateMac(given), '/Users/alice/.nix-profile/bin/vira info');
		expect([exit, text.split('\n')]).toEqual([0, expect.arrayContaining([`Platform: ${platform}`])]);
	});

	test.each(['systemctl --user show', '/usr/bin/nothing'])('%s does not exist', async (line) => {
		const [program = '', ...words] = line.split(' ');
		expect(await (await simulateMac()).run([program, ...words])).toMatchObject({found: false});
	});

	test.each(['sw_vers', 'scutil', 'tail -n 2 -F /tmp/none', 'sudo', 'sudo reboot', 'rm -f /tmp/x'])(
		'%s is not simulated',
		async (line) => {
			await expect(typed(await simulateMac({mac: {sudo: 'free'}}), line)).rejects.toThrow(
				'The simulated machine does not support this command',
			);
		},
	);
});

describe('sudo', () => {
	const noTerminal =
		'sudo: a terminal is required to read the password; either use the -S option to read from standard input or configure an askpass helper\nsudo: a password is required';

	test.each<readonly ['free' | 'password' | 'refused', string, number, string]>([
		['free', '/usr/bin/sudo -n -- /usr/bin/true', 0, ''],
		['password', 'sudo -n true', 1, 'sudo: a password is required'],
		['password', 'sudo true', 1, noTerminal],
		['refused', 'sudo -n true', 1, 'sudo: a password is required'],
	])('%s: %s', async (sudo, line, exit, text) => {
		expect(await typed(await simulateMac({mac: {sudo}}), line)).toEqual([exit, text]);
	});

	test('in a terminal the user enters the password, and it is remembered for five minutes', async () => {
		const machine = await simulateMac();
		expect(await machine.events.atTerminal(['sudo', 'true'])).toMatchObject({exitCode: 0});
		expect((await typed(machine, 'sudo -n true'))[0]).toBe(0);
		await machine.sleep(300_000);
		expect((await typed(machine, 'sudo -n true'))[0]).toBe(1);
	});

	test("writes a file into a folder of root's and removes it", async () => {
		const machine = await simulateMac({mac: {sudo: 'free'}});
		await machine.writeFile('/Users/alice/new', 'text', 0o600);
		expect(
			await typed(machine, `sudo install -m 0644 -o root -g wheel /Users/alice/new ${daemonPath}`),
		).toEqual([0, '']);
		expect(await machine.inspect(daemonPath)).toMatchObject({owner: 0, mode: 0o644, writable: false});
		await expect(machine.deleteFile(daemonPath)).rejects.toThrow('EACCES');
		expect(await typed(machine, `sudo rm -f ${daemonPath}`)).toEqual([0, '']);
		expect(await machine.inspect(daemonPath)).toBeUndefined();
		expect(
			await typed(machine, `sudo install -m 0644 -o root -g wheel /Users/alice/none ${daemonPath}`),
		).toEqual([71, 'install: /Users/alice/none: No such file or directory']);
	});
});

test('the age and memory of a service process', async () => {
	const machine = await macWithRunning();
	const line = 'ps -o etime=,rss= -p 1201';
	expect(await typed(machine, line)).toEqual([0, '      00:00 46080']);
	await machine.sleep(((26 * 60 + 3) * 60 + 9) * 1000);
	expect(await typed(machine, line)).toEqual([0, '01-02:03:09 46080']);
	expect(await typed(machine, 'ps -o etime=,rss= -p 1')).toEqual([1, '']);
});

describe('tail', () => {
	test.each([
		['tail -n 2 /tmp/x', 0, 'b\nc'],
		['tail -n 9 /tmp/x', 0, 'a\nb\nc'],
		['tail -n 0 /tmp/x', 0, ''],
		['tail -n +2 /tmp/x', 0, 'b\nc'],
		['tail -n 2 /tmp/none', 1, 'tail: /tmp/none: No such file or directory'],
	])('%s', async (line, exit, text) => {
		const machine = await simulateMac();
		await machine.writeFile('/tmp/x', 'a\nb\nc\n', 0o644);
		expect(await typed(machine, line)).toEqual([exit, text]);
	});
});

test('the holders of a port: only those of this user, each with its process group and address', async () => {
	const line = 'lsof -nP -iTCP:5005 -sTCP:LISTEN -F pgctn';
	expect(await typed(await simulateMac(), line)).toEqual([1, '']);
	expect(await typed(await macWithRunning(), line)).toEqual([0, 'p1201\ng1201\ncvira\nf18\ntIPv4\nn*:5005']);
	const other = await simulateMac({
		listeners: [
			{port: 5005, program: 'node', address: '::1'},
			{port: 5005, program: 'httpd', address: '127.0.0.1', uid: 0},
		],
	});
	expect(await typed(other, line)).toEqual([0, 'p900\ng900\ncnode\nf18\ntIPv6\nn[::1]:5005']);
});

describe('files', () => {
	test("root's folders are closed to the user; /tmp and the home folder are open", async () => {
		const machine = await simulateMac();
		for (const path of ['/Library/x', '/etc/x', '/nix/x', '/x'])
			await expect(machine.writeFile(path, '', 0o644)).rejects.toThrow(
				`EACCES: permission denied, '${path}'`,
			);
		await expect(machine.makeFolder('/Volumes/x', 0o755)).rejects.toThrow('EACCES');
		expect(await machine.makeFolder('/Users', 0o755)).toBe(false);
		await machine.writeFile('/tmp/x', '', 0o644);
		await machine.writeFile('/Users/alice/x', '', 0o644);
	});

	test("a file of root's in a folder of the user's can be replaced, and then belongs to the user", async () => {
		const machine = await macWithAgent({readOnly: [agentPath]});
		expect(await machine.inspect(agentPath)).toMatchObject({owner: 0, writable: false});
		await machine.writeFile(agentPath, agentText(), 0o644);
		expect(await machine.inspect(agentPath)).toMatchObject({owner: 501, writable: true});
	});

	test('a volume that is not mounted does not exist, and cannot be written', async () => {
		const machine = await simulateMac({readOnly: []});
		await machine.events.unmountNix();
		expect(await machine.list('/nix')).toEqual([]);
		expect(await machine.list('/nix/store')).toBeUndefined();
		expect(await machine.inspect('/nix')).toMatchObject({kind: 'folder'});
		await expect(machine.writeFile('/nix/x', '', 0o644)).rejects.toThrow('ENOENT');
		await machine.events.mountNix();
		expect(await machine.inspect('/nix/store')).toMatchObject({kind: 'folder'});
	});
});

test('every call is recorded with its caller and its result', async () => {
	const machine = await simulateMac({clock: 0});
	await typed(machine, 'launchctl print gui/501');
	await typed(machine, 'sudo -n true');
	expect((await machine.events.mac()).calls).toEqual([
		{at: 0, command: ['launchctl', 'print', 'gui/501'], euid: 501, session: 'Aqua', exitCode: 0},
		{at: 20, command: ['sudo', '-n', 'true'], euid: 501, session: 'Aqua', exitCode: 1},
	]);
});

test('the folder of another kind of machine is refused', async () => {
	const {folder} = await machineIn(newFolder());
	const options = {files: diskFiles};
	await expect(openMac({...options, folder})).rejects.toThrow('is a Linux machine');
	const other = newFolder();
	await openMac({...options, folder: other});
	await expect(openLinux({...options, folder: other})).rejects.toThrow('is a Mac.');
});

test('a folder with files of its own is refused, and they stay as they are', async () => {
	const folder = newFolder();
	mkdirSync(join(folder, 'etc'));
	writeFileSync(join(folder, 'etc', 'os-release'), 'mine');
	const options = {files: diskFiles, folder};
	for (const open of [openLinux, openMac])
		await expect(open(options)).rejects.toThrow('is not empty and has no simulated machine');
	expect(readFileSync(join(folder, 'etc', 'os-release'), 'utf8')).toBe('mine');
});
