import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, describe, expect, test} from '@jest/globals';
import {lockInFolder} from '../../../src/platform/real/lock-in-folder.ts';
import type {Lock} from '../../../src/platform/system.ts';
import {marksOf, takeMark} from '../../../src/platform/real/lock-by-mark.ts';
import {testWhere} from '../../support/where-installed.ts';
import {afterTest} from '../../support/after-test.ts';

const folder = mkdtempSync(join(realpathSync(tmpdir()), 'lock-'));
afterAll(() => rmSync(folder, {recursive: true}));

const uid = process.getuid?.() ?? 0;
const us = {uid, pid: process.pid};

// Only of this test: it does not meet a run of the user who starts it.
const marks = {name: `vira-setup-test-${process.pid}`, mark: join(folder, 'mark')};
writeFileSync(marks.mark, '');

const free = (lock: Lock): void => {
	if (!lock.taken) throw new Error('It was not taken.');
	lock.release();
};

/** Another process of this account that runs a script, once it has said that it is ready. */
const another = async (script: string, ...words: readonly string[]) => {
	const child = spawn(process.execPath, ['-e', script, ...words]);
	afterTest(() => child.kill('SIGKILL'));
	await once(child.stdout, 'data');
	return child;
};

const hasMarks = process.platform === 'linux';

const manners = [
	['Linux', () => takeMark(us, marks), testWhere(hasMarks, 'only Linux has /proc')],
	['macOS', () => lockInFolder(us, folder), test],
] as const;

describe.each(manners)('on %s', (_, take, there) => {
	there('one run at a time: the second one names the holder, and can have it afterwards', async () => {
		const first = await take();
		expect(await take()).toEqual({taken: false, holder: process.pid});
		free(first);
		free(await take());
	});

	there('of twenty simultaneous runs one gets in', async () => {
		const locks = await Promise.all(Array.from({length: 20}, () => take()));
		expect(locks.filter(({taken}) => taken)).toHaveLength(1);
		expect(locks.filter(({taken}) => !taken)).toEqual(
			Array.from({length: 19}, () => ({taken: false, holder: process.pid})),
		);
		locks.filter(({taken}) => taken).forEach(free);
	});
});

describe('on Linux', () => {
	const there = testWhere(hasMarks, 'only Linux has /proc');
	const holdMark =
		"require('node:fs').openSync(process.argv[1]); console.log('held'); setInterval(() => 0, 9e6)";
	const holdName =
		"require('node:net').createServer().listen('\\0' + process.argv[1], () => console.log('held'))";

	there('another process that holds it is named, and a killed one blocks no one', async () => {
		const child = await another(holdMark, marks.mark);
		expect(await takeMark(us, marks)).toEqual({taken: false, holder: child.pid});
		child.kill('SIGKILL');
		await once(child, 'exit');
		free(await takeMark(us, marks));
	});

	there(
		'of two that start at the same moment, the later process gives up and the earlier one gets the lock',
		async () => {
			const givesWay = `const fs = require('node:fs');
			const mark = fs.openSync(process.argv[1]);
			console.log('held');
			setTimeout(() => fs.closeSync(mark), 300);
			setInterval(() => 0, 9e6);`;
			const {pid = 0} = await another(givesWay, marks.mark);
			const lock = await takeMark(us, marks);
			// PIDs start again at the lowest from time to time.
			expect(lock.taken).toBe(process.pid < pid);
			if (lock.taken) lock.release();
		},
	);

	there('a process that has the name but not the lock blocks no one, and lets only one in', async () => {
		await another(holdName, marks.name);
		const first = await takeMark(us, marks);
		expect(await takeMark(us, marks)).toEqual({taken: false, holder: process.pid});
		free(first);
	});

	there('a process of another account is never the holder', async () => {
		await another(holdMark, marks.mark);
		free(await takeMark({...us, uid: uid + 1}, marks));
	});
});

describe('on macOS', () => {
	/** A lock whose holder answers like this. */
	const heldBy = async (answer: string): Promise<string> => {
		const parent = mkdtempSync(join(folder, 'held-'));
		mkdirSync(join(parent, `vira-setup-${uid}.lock`));
		const address = join(parent, `vira-setup-${uid}.lock`, 'theirs');
		const drip = `require('node:net').createServer((socket) => {
			socket.on('error', () => 0);
			${answer}
		}).listen(process.argv[1], () => console.log('held'))`;
		await another(drip, address);
		return parent;
	};

	test.each([
		['nothing', ''],
		['endless zeros', "setInterval(() => socket.write('0'), 50)"],
		['one digit after the other', "let n = 0; setInterval(() => n++ < 9 && socket.write('1'), 150)"],
		['the PID of a process that no longer exists', "socket.end('4000000000')"],
		['something else', "socket.end('-1')"],
	])('a run that responds with %s still holds it, and is asked for at most one second', async (_, answer) => {
		const place = await heldBy(answer);
		const began = Date.now();
		expect(await lockInFolder(us, place)).toEqual({taken: false, holder: undefined});
		expect(Date.now() - began).toBeLessThan(2000);
	});

	test('a killed run blocks no one', async () => {
		const parent = mkdtempSync(join(folder, 'killed-'));
		mkdirSync(join(parent, `vira-setup-${uid}.lock`));
		const path = join(parent, `vira-setup-${uid}.lock`, 'theirs');
		const child = await another(
			"require('node:net').createServer().listen(process.argv[1], () => console.log('held'))",
			path,
		);
		child.kill('SIGKILL');
		await once(child, 'exit');
		free(await lockInFolder(us, parent));
		expect(readdirSync(parent)).toEqual([`vira-setup-${uid}.lock`]);
	});

	test('a lock that another account created does not count, and is named', async () => {
		const parent = mkdtempSync(join(folder, 'other-'));
		const lock = join(parent, `vira-setup-${uid + 1}.lock`);
		mkdirSync(lock);
		const server = createServer().listen(join(lock, 'theirs'));
		afterTest(() => server.close());
		await once(server, 'listening');
		await expect(lockInFolder({...us, uid: uid + 1}, parent)).rejects.toThrow(
			`${lock} belongs to another account.`,
		);
	});

	test('only the lock itself remains', () => {
		expect(readdirSync(folder).filter((name) => name.endsWith('.lock'))).toEqual([`vira-setup-${uid}.lock`]);
	});
});

test('the runs of an account share a name and a file of their own', () => {
	expect(marksOf({uid: 1000, pid: 1})).toEqual({name: 'vira-setup-1000', mark: '/proc/self/limits'});
});

test('a lock folder that cannot be used is reported, and not treated as a holder', async () => {
	await expect(lockInFolder(us, join(folder, 'no such folder'))).rejects.toThrow('ENOENT');
});
