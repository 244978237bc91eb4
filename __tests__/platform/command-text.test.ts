import {execFileSync} from 'node:child_process';
import {expect, test} from '@jest/globals';
import fc from 'fast-check';
import {commandText, shellWord} from '../../src/platform/command-text.ts';

test.each([
	['a-b_c=d/e:f,g@h+i%j.k', 'a-b_c=d/e:f,g@h+i%j.k'],
	['', "''"],
	['a b', "'a b'"],
	["it's", String.raw`'it'\''s'`],
	['~/x', "'~/x'"],
	['$HOME `id`', "'$HOME `id`'"],
	["a\n'b'\\", String.raw`$'a\n\'b\'\\'`],
	['\u001B[31m', String.raw`$'\u001b[31m'`],
	['a\u202Eb', String.raw`$'a\u202eb'`],
])('%j is written %s', (word, written) => {
	expect(shellWord(word)).toBe(written);
});

test('bash reads the intended words, and nothing else happens', () => {
	// No program can be given a NUL character.
	const word = fc.string({unit: 'binary'}).filter((text) => !text.includes('\0'));
	fc.assert(
		fc.property(fc.array(word, {minLength: 1, maxLength: 20}), (words) => {
			const script = `printf '%s\\0' ${commandText(['x', ...words]).slice(2)}`;
			const read = execFileSync('bash', ['--norc', '-c', script], {
				encoding: 'utf8',
				env: {LC_ALL: 'C.UTF-8'},
			});
			expect(read.split('\0').slice(0, -1)).toEqual(words);
		}),
		{numRuns: 50},
	);
});
