import {execFileSync} from 'node:child_process';
import {mkdirSync, symlinkSync, truncateSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:net';
import {join} from 'node:path';
import {beforeEach, describe, expect, test} from '@jest/globals';
import fc from 'fast-check';
import {exitCode, SetupError} from '../../../src/errors.ts';
import {readText, readTextSync} from '../../../src/platform/real/text-files.ts';
import type {ReadOptions} from '../../../src/platform/system.ts';
import {newFolder} from '../../support/new-folder.ts';

let path: string;
beforeEach(() => {
	path = join(newFolder(), 'file');
});

const write = (...parts: readonly (string | readonly number[])[]): void =>
	writeFileSync(path, Buffer.concat(parts.map((part) => Buffer.from(part as string))));

/** The result of both ways to read, which is the same; for a refusal the message, without the path. */
const read = async (options?: ReadOptions, at = path): Promise<string> => {
	const told = (error: unknown): string => {
		if (!(error instanceof SetupError)) return (error as NodeJS.ErrnoException).code ?? String(error);
		expect(error.failure.exit).toBe(exitCode.unsuitable);
		return error.failure.message.replace(at, 'FILE');
	};
	const slow = await readText(at, options).catch(told);
	const quick = await Promise.resolve()
		.then(() => readTextSync(at, options))
		.catch(told);
	expect(quick).toBe(slow);
	return slow;
};

test('text is returned unchanged, including a byte order mark, NUL and carriage returns', async () => {
	await fc.assert(
		fc.asyncProperty(fc.string({unit: 'binary'}), async (text) => {
			write('\uFEFF', text, '\0\r\n');
			expect(await read()).toBe(`\uFEFF${text}\0\r\n`);
		}),
		{numRuns: 50},
	);
});

describe('bytes that are not UTF-8 are refused with their line', () => {
	test.each<[string, readonly number[]]>([
		['Latin-1', [0xe9]],
		['a byte that never occurs', [0xff]],
		['the beginning of a character', [0xe2, 0x82]],
		['the end of a character', [0xac]],
		['a character in an overlong encoding', [0xc0, 0xaf]],
		['half of a surrogate pair', [0xed, 0xa0, 0x80]],
		['a code point beyond Unicode', [0xf5, 0x80, 0x80, 0x80]],
	])('not UTF-8: %s', async (_, bytes) => {
		write('first €\nsecond\nx', bytes, 'y\nlast\n');
		expect(await read()).toBe('FILE is not UTF-8 text: see line 3.');
		write(bytes);
		expect(await read()).toBe('FILE is not UTF-8 text: see line 1.');
	});

	test('UTF-16, as some editors save it', async () => {
		writeFileSync(path, Buffer.from('\uFEFF{}\n', 'utf16le'));
		expect(await read()).toBe('FILE is not UTF-8 text: see line 1.');
	});

	test('but not if they are only searched or shown', async () => {
		write('Jos', [0xe9], ':x');
		expect(await read({lossy: true})).toBe('Jos\uFFFD:x');
	});
});

describe('a file that is too large is refused, and not read further', () => {
	test('a file of exactly the limit is accepted, one more byte is not', async () => {
		const mostBytes = 2 ** 20;
		write('x'.repeat(mostBytes));
		expect((await read({mostBytes})).length).toBe(mostBytes);
		write('x'.repeat(mostBytes + 1));
		expect(await read({mostBytes})).toBe('FILE is too large: the limit is 1 MiB.');
	});

	test('three gigabytes', async () => {
		write('');
		truncateSync(path, 3 * 2 ** 30);
		const before = process.memoryUsage().rss;
		expect(await read()).toBe('FILE is too large: the limit is 4 MiB.');
		expect(process.memoryUsage().rss - before).toBeLessThan(20 * 2 ** 20);
	});

	test('a file without a size, as in /proc, is measured by its content', async () => {
		expect(await read(undefined, '/proc/self/limits')).toMatch(/^Limit/u);
		expect(await read({mostBytes: 3}, '/proc/self/limits')).toMatch(/^FILE is too large/u);
	});
});

describe('only ordinary files are opened: nothing waits', () => {
	test.each([
		['a pipe without a writer', 'pipe', () => execFileSync('mkfifo', [path])],
		[
			'a link to a pipe',
			'pipe',
			() => {
				execFileSync('mkfifo', [`${path}.fifo`]);
				symlinkSync('file.fifo', path);
			},
		],
		['/dev/zero', 'device', () => symlinkSync('/dev/zero', path)],
		['/dev/full', 'device', () => symlinkSync('/dev/full', path)],
		['/dev/null', 'device', () => symlinkSync('/dev/null', path)],
	])('%s', async (_, kind, make) => {
		make();
		expect(await read()).toBe(`FILE is not a regular file but a ${kind}.`);
	});

	test('a socket', async () => {
		const server = createServer();
		await new Promise<void>((resolve) => server.listen(path, resolve));
		expect(await read()).toBe('FILE is not a regular file but a socket.');
		server.close();
	});

	test('a folder and a missing file are reported like the system does', async () => {
		expect(await read()).toBe('ENOENT');
		mkdirSync(path);
		expect(await read()).toBe('EISDIR');
	});
});
