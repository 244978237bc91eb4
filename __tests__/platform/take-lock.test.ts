import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdirSync, mkdtempSync, readdirSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, describe, expect, test} from '@jest/globals';
import {takeLock} from '../../src/platform/take-lock.ts';
import type {Lock} from '../../src/platform/system.ts';
import {testWhere} from '../support/where-installed.ts';
import {afterTest} from '../support/after-test.ts';

const folder = mkdtempSync(join(tmpdir(), 'lock-'));
afterAll(() => rmSync(folder, {recursive: true}));

// A user that no machine has: the tests do not meet a run of the person who starts them.
const uid = 4_000_000_000 + process.pid;

const free = (lock: Lock): void => {
	if (!lock.taken) throw new Error('It was not taken.');
	lock.release();
};

const hold =
	"require('node:net').createServer().listen(process.argv[1].replace('@', '\\0'), () => console.log('held'))";

describe.each([
	['Linux', undefined],
	['macOS', folder],
])('on %s', (_, place) => {
	// The names of Linux's abstract namespace are Linux's alone.
	const there = testWhere(
		process.platform === 'linux' || place !== undefined,
		'only Linux has abstract sockets',
	);

	/** A lock of another process, at the socket that the lock of this user would be. */
	const heldByAnother = async (user: number) => {
		const lock = join(folder, `vira-setup-${user}.lock`);
		if (place !== undefined) mkdirSync(lock);
		const address = place === undefined ? `@vira-setup-${user}` : join(lock, 'theirs');
		const child = spawn(process.execPath, ['-e', hold, address]);
		afterTest(() => child.kill('SIGKILL'));
		await once(child.stdout, 'data');
		return child;
	};

	there('one run at a time: the second is told who has it, and can have it afterwards', async () => {
		const first = await takeLock(uid, 1234, place);
		expect(await takeLock(uid, 5678, place)).toEqual({taken: false, holder: 1234});
		free(first);
		free(await takeLock(uid, 5678, place));
	});

	there('a run that is asked and says nothing has it all the same', async () => {
		const child = await heldByAnother(uid + 1);
		expect(await takeLock(uid + 1, 1, place)).toEqual({taken: false, holder: undefined});
		child.kill('SIGKILL');
		await once(child, 'exit');
	});

	there('a run that was killed keeps nobody out, and of twenty at once one comes in', async () => {
		const child = await heldByAnother(uid + 2);
		child.kill('SIGKILL');
		await once(child, 'exit');
		const locks = await Promise.all(Array.from({length: 20}, (_one, pid) => takeLock(uid + 2, pid, place)));
		const winners = locks.flatMap((lock, pid) => (lock.taken ? [pid] : []));
		expect(winners).toHaveLength(1);
		expect(locks.filter(({taken}) => !taken)).toEqual(
			Array.from({length: 19}, () => ({taken: false, holder: winners[0]})),
		);
		locks.filter(({taken}) => taken).forEach(free);
	});
});

test('on macOS nothing but the lock itself is left', () => {
	expect(readdirSync(folder).toSorted()).toEqual(
		[uid, uid + 1, uid + 2].map((user) => `vira-setup-${user}.lock`),
	);
});

test('a folder for it that cannot be used is told, and taken for nobody', async () => {
	await expect(takeLock(uid, 1, join(folder, 'no such folder'))).rejects.toThrow('ENOENT');
});
