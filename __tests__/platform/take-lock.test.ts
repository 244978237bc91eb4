import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {expect, test} from '@jest/globals';
import {takeLock} from '../../src/platform/take-lock.ts';

// A user that no machine has: the tests do not meet a run of the person who starts them.
const uid = 4_000_000_000 + process.pid;

test('one run at a time: the second is told who has it, and can have it afterwards', async () => {
	const first = await takeLock(uid, 1234);
	expect(await takeLock(uid, 5678)).toEqual({taken: false, holder: 1234});
	if (!first.taken) throw new Error('The first did not get it.');
	first.release();
	const second = await takeLock(uid, 5678);
	expect(second.taken).toBe(true);
	if (second.taken) second.release();
});

test('a run that was killed leaves no lock behind', async () => {
	const other = uid + 1;
	const hold = `require('node:net').createServer().listen('\\0vira-setup-${other}', () => console.log('held'))`;
	const child = spawn(process.execPath, ['-e', hold]);
	await once(child.stdout, 'data');
	expect((await takeLock(other, 1)).taken).toBe(false);
	child.kill('SIGKILL');
	await once(child, 'exit');
	const lock = await takeLock(other, 1);
	expect(lock.taken).toBe(true);
	if (lock.taken) lock.release();
});
