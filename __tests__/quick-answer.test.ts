import {expect, test} from '@jest/globals';
import {quickAnswer} from '../src/quick-answer.ts';
import {validDocument} from './support/valid-document.ts';

const around = {version: '1.2.3', columns: 80};

test.each([[['--version']], [['--port', '1', '--version']]])(
	'%j prints the version of vira-setup',
	async (words) => {
		expect(await quickAnswer(words, around)).toBe('1.2.3\n');
	},
);

test.each([
	[['--help'], /^Usage: vira-setup \[VERB\]/u],
	[['-h'], /^Usage: vira-setup \[VERB\]/u],
	[['export', '--help'], /^Usage: vira-setup export /u],
	[['--help', '--version'], /^Usage: /u],
] as const)('%j prints a help page', async (words, beginning) => {
	expect(await quickAnswer(words, around)).toMatch(beginning);
});

test('with --json each is the one document', async () => {
	expect(validDocument((await quickAnswer(['--version', '--json'], around)) ?? '')).toEqual({
		schema: 1,
		outcome: 'version',
		changed: false,
		version: '1.2.3',
	});
	expect(validDocument((await quickAnswer(['--json', '--help'], around)) ?? '')).toMatchObject({
		schema: 1,
		outcome: 'help',
		text: expect.stringMatching(/^Usage: /u),
	});
});

test.each([[[]], [['export']], [['--json']]])('%j needs the whole program', async (words) => {
	expect(await quickAnswer(words, around)).toBeUndefined();
});
