import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, describe, expect, test} from '@jest/globals';
import {lockAddress, takeLock} from '../../src/platform/take-lock.ts';

const folder = mkdtempSync(join(tmpdir(), 'lock-'));
afterAll(() => rmSync(folder, {recursive: true}));

// A user that no machine has: the tests do not meet a run of the person who starts them.
const uid = 4_000_000_000 + process.pid;
const forget = async (path: string): Promise<void> => {
	rmSync(path, {force: true});
};

describe.each([
	['Linux', true],
	['macOS', false],
])('on %s', (_, isLinux) => {
	// The names of Linux's abstract namespace are Linux's alone.
	const there = process.platform === 'linux' || !isLinux ? test : test.skip;

	there('one run at a time: the second is told who has it, and can have it afterwards', async () => {
		const address = lockAddress(uid, {isLinux, folder});
		const first = await takeLock(address, 1234, forget);
		expect(await takeLock(address, 5678, forget)).toEqual({taken: false, holder: 1234});
		if (!first.taken) throw new Error('The first did not get it.');
		first.release();
		const second = await takeLock(address, 5678, forget);
		expect(second.taken).toBe(true);
		if (second.taken) second.release();
	});

	there('a run that was killed keeps nobody out', async () => {
		const address = lockAddress(uid + 1, {isLinux, folder});
		const hold =
			"require('node:net').createServer().listen(process.argv[1].replace('@', '\\0'), () => console.log('held'))";
		const child = spawn(process.execPath, ['-e', hold, address.replace('\0', '@')]);
		await once(child.stdout, 'data');
		expect((await takeLock(address, 1, forget)).taken).toBe(false);
		child.kill('SIGKILL');
		await once(child, 'exit');
		const lock = await takeLock(address, 1, forget);
		expect(lock.taken).toBe(true);
		if (lock.taken) lock.release();
	});
});
