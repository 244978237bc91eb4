import {expect, test} from '@jest/globals';
import {quickAnswer} from '../../src/command-line/quick-answer.ts';
import {validDocument} from '../support/valid-document.ts';

const around = {version: '1.2.3', columns: 80};

test.each([
	[['--version']],
	[['-V']],
	[['--port', '1', '--version']],
	[['status', '-V']],
	[['--prot', '1', '-V']],
	[['logs', '-fV']],
	[['version']],
	[['--plain', 'version']],
])('%j prints the version of vira-setup', async (words) => {
	expect(await quickAnswer(words, around)).toBe('1.2.3\n');
});

test.each([
	[['--help'], /^Usage: vira-setup \[COMMAND\]/u],
	[['-h'], /^Usage: vira-setup \[COMMAND\]/u],
	[['export', '--help'], /^Usage: vira-setup export /u],
	[['--help', '--version'], /^Usage: /u],
	[['help'], /^Usage: vira-setup \[COMMAND\]/u],
	[['help', 'export'], /^Usage: vira-setup export /u],
	[['--simulate', 'linux', 'help', 'logs'], /^Usage: vira-setup logs /u],
	[['help', 'version'], /^Usage: vira-setup \[COMMAND\]/u],
	[['help', 'help'], /^Usage: vira-setup \[COMMAND\]/u],
	[['help', 'setup'], /^Usage: vira-setup install /u],
	[['setup', '--help'], /^Usage: vira-setup install /u],
	[['logs', '-fh'], /^Usage: vira-setup logs /u],
	[['logs', '-fhV'], /^Usage: vira-setup logs /u],
] as const)('%j is answered with a page', async (words, beginning) => {
	expect(await quickAnswer(words, around)).toMatch(beginning);
});

test('with --json each is the one document', async () => {
	expect(validDocument((await quickAnswer(['--version', '--json'], around)) ?? '')).toEqual({
		schema: 2,
		outcome: 'version',
		changed: false,
		version: '1.2.3',
	});
	expect(validDocument((await quickAnswer(['--json', '--help'], around)) ?? '')).toMatchObject({
		schema: 2,
		outcome: 'help',
		text: expect.stringMatching(/^Usage: /u),
	});
});

test.each(['help status', '--json help'].map((typed) => [typed]))(
	'%s prints the same as --help',
	async (typed) => {
		const asOption = typed
			.replace(/(.*)help ?(.*)/u, '$1$2 --help')
			.trim()
			.split(' ');
		expect(await quickAnswer(typed.split(' '), around)).toBe(await quickAnswer(asOption, around));
	},
);

test.each([
	[[]],
	[['export']],
	[['--json']],
	[['--config', 'help']],
	[['--hostname', 'version', '--plain']],
	[['--simulate', 'help']],
	[['status', 'help']],
	[['help', 'statsu']],
	[['help', 'status', 'logs']],
	[['version', 'status']],
	[['version', 'version']],
	[['-v']],
	[['logs', '-nV']],
	[['--xV']],
	[['-xV']],
	[['--version=1']],
	[['help', '--prot']],
])('%j is not answered at once', async (words) => {
	expect(await quickAnswer(words, around)).toBeUndefined();
});
