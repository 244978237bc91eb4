import {readdirSync, symlinkSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from '@jest/globals';
import {put} from '../support/installed.ts';
import {machineIn, simulate} from '../support/simulated-linux.ts';
import {newFolder} from '../support/new-folder.ts';

describe('files of the simulated machine', () => {
	test('a file is stored below the folder and read by its own path', async () => {
		const folder = newFolder();
		const machine = await machineIn(folder);
		await machine.writeFile('/home/alice/notes', 'hello', 0o600);
		expect(readdirSync(join(folder, 'home/alice'))).toContain('notes');
		expect(await machine.readFile('/home/alice/notes')).toBe('hello');
		expect(await machine.inspect('/home/alice/notes')).toMatchObject({kind: 'file', mode: 0o600});
	});

	test.each(['/../../notes', '/home/../../../notes', '/home/alice/../../../../notes'])(
		'%s does not lead out of the folder',
		async (path) => {
			const machine = await simulate();
			await machine.writeFile(path, 'hello', 0o600);
			expect(await machine.readFile('/notes')).toBe('hello');
		},
	);

	test('a link on the disk that leads out of the machine leads nowhere', async () => {
		const folder = newFolder();
		const machine = await machineIn(folder);
		symlinkSync('/', join(folder, 'outside'));
		expect(await machine.inspect('/outside')).toMatchObject({kind: 'link', realPath: undefined});
		expect(await machine.readFile('/outside/etc/passwd')).toBeUndefined();
		await expect(machine.writeFile('/outside/tmp/notes', '', 0o600)).rejects.toThrow(
			'/outside/tmp/notes: leads out of the folder of the simulated machine',
		);
	});

	test('a link on the disk within the machine is followed, and mapped back', async () => {
		const folder = newFolder();
		const machine = await machineIn(folder);
		await machine.writeFile('/home/alice/notes', 'hello', 0o600);
		symlinkSync(join(folder, 'home/alice/notes'), join(folder, 'tmp/link'));
		expect(await machine.inspect('/tmp/link')).toMatchObject({
			realPath: '/home/alice/notes',
			leadsTo: 'file',
		});
	});

	test('files of root are reported, and files in a folder that cannot be read are refused', async () => {
		const machine = await simulate({unreadable: ['/root'], readOnly: ['/etc']});
		await put(machine, '/root/notes', '');
		expect(await machine.inspect('/etc/os-release')).toMatchObject({
			owner: 0,
			readable: true,
			writable: false,
		});
		expect(await machine.inspect('/root')).toMatchObject({owner: 0, readable: false, writable: false});
		for (const looking of [
			machine.inspect('/root/notes'),
			machine.readFile('/root/notes'),
			machine.list('/root'),
		])
			await expect(looking).rejects.toMatchObject({code: 'EACCES'});
	});

	test('a link in place of the state is inspected and deleted without its target', async () => {
		const machine = await simulate({
			links: {'/etc/link': '../home/alice/notes', '/etc/nowhere': '/no/such', '/etc/round': '/etc/round'},
		});
		await machine.writeFile('/home/alice/notes', 'hello', 0o640);
		expect(await machine.inspect('/etc/link')).toMatchObject({
			kind: 'link',
			mode: 0o640,
			linksTo: '../home/alice/notes',
			realPath: '/home/alice/notes',
			leadsTo: 'file',
		});
		expect(await machine.inspect('/etc/nowhere')).toMatchObject({kind: 'link', leadsTo: undefined});
		expect(await machine.readFile('/etc/round')).toBeUndefined();
		await machine.deleteFolder('/etc', {withContents: false});
		await machine.deleteFile('/etc/link');
		expect(await machine.inspect('/etc/link')).toBeUndefined();
		expect(await machine.readFile('/home/alice/notes')).toBe('hello');
	});

	test('an error names the path as the machine knows it', async () => {
		const machine = await simulate();
		await expect(machine.writeFile('/no/folder', '', 0o600)).rejects.toThrow(/ '\/no\/folder'$/u);
	});
});

describe('a second process with the same folder', () => {
	test("uses the same machine, and each sees the other's changes", async () => {
		const folder = newFolder();
		const first = await machineIn(folder, {hostName: 'attic'});
		await put(first, '/home/alice/.config/notes', 'hello');
		await first.sleep(5000);
		await first.run(['loginctl', 'enable-linger', 'alice']);
		const second = await machineIn(folder);
		await second.run(['loginctl', 'disable-linger', 'alice']);
		expect((await first.events.state()).lingering).toBe(false);
		await first.run(['loginctl', 'enable-linger', 'alice']);
		expect(await second.readFile('/home/alice/.config/notes')).toBe('hello');
		expect(second.now()).toBe(first.now());
		expect(await second.events.state()).toMatchObject({hostName: 'attic', lingering: true});
	});
});
