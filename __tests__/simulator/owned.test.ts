import {expect, test} from '@jest/globals';
import {put} from '../support/installed.ts';
import {simulateMac} from '../support/simulated-mac.ts';
import {simulate} from '../support/simulated-linux.ts';

test.each([
	['/srv/data', false],
	['/srv/data/alice', true],
	['/srv/data/alice/state', true],
	// A name that only begins the same way.
	['/srv/data/alice2', false],
	['/srv/data/alice/shut', false],
	['/srv/data/alice/shut/x', false],
])('for %s the nearest known folder decides whether it is the user’s: %s', async (path, isUsers) => {
	const machine = await simulate({
		readOnly: ['/', '/srv', '/srv/data/alice/shut'],
		owned: ['/srv/data/alice'],
	});
	await put(machine, `${path}/file`, '');
	expect(await machine.inspect(path)).toMatchObject({writable: isUsers, owner: isUsers ? 1000 : 0});
});

test('on a Mac a user can write in a folder that belongs to them, and not next to it', async () => {
	const machine = await simulateMac();
	await machine.events.put('/opt/alice/x', '');
	await expect(machine.writeFile('/opt/alice/y', '', 0o600)).rejects.toThrow('EACCES');
	await machine.events.change({owned: ['/opt/alice']});
	await machine.writeFile('/opt/alice/y', '', 0o600);
	await expect(machine.writeFile('/opt/y', '', 0o600)).rejects.toThrow('EACCES');
});

test.each([
	[5, {overflow: 5, exitCode: undefined, stdout: ''}],
	[6, {exitCode: 0, stdout: 'abcdef'}],
])('of a command that prints 6 bytes, %s may be kept', async (mostBytes, result) => {
	const machine = await simulateMac();
	await machine.writeFile('/Users/alice/log', 'abcdef', 0o600);
	expect(await machine.run(['/usr/bin/tail', '-n', '1', '/Users/alice/log'], {mostBytes})).toMatchObject(
		result,
	);
});
