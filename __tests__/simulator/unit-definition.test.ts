import {describe, expect, test} from '@jest/globals';
import fc from 'fast-check';
import {freshState} from '../../src/simulator/fresh-state.ts';
import {defineUnit, managerVariables} from '../../src/simulator/linux/unit-definition.ts';

const define = (service: string) =>
	defineUnit('vira.service', {path: '/unit', text: `[Service]\n${service}\n`, dropIns: []}, freshState({}));

const argumentsOf = (words: string) => define(`ExecStart=/bin/vira ${words}`).arguments;

const environmentOf = (lines: string) => {
	const inherited = Object.keys(managerVariables(freshState({})));
	return Object.fromEntries(
		Object.entries(define(lines).environment).filter(([name]) => !inherited.includes(name)),
	);
};

describe('ExecStart=', () => {
	test.each([
		['one two', ['one', 'two']],
		['  one \t two  ', ['one', 'two']],
		['"one two" \'three four\'', ['one two', 'three four']],
		['""', ['']],
		[String.raw`"a\"b" 'c\'d' e\\f`, ['a"b', "c'd", 'e\\f']],
		[String.raw`"a\q\e" a\ b`, [String.raw`a\q\e`, String.raw`a\ b`]],
		[String.raw`"\x00"`, [String.raw`\x00`]],
		[String.raw`"\xc3\xa9"`, ['é']],
		['a#b #c \\; ";" ;d', ['a#b', '#c', ';', ';', ';d']],
		['$ $1 $A$B ${ x$HOME', ['${', 'x$HOME']],
		[String.raw`"\x41\n\t\u00e9\101"`, ['A\n\té' + 'A']],
		['100%% %h %u', ['100%', '/home/alice', 'alice']],
		['$$HOME a$$b', ['$HOME', 'a$b']],
		['${HOME}/x $NOTHING', ['/home/alice/x']],
		['one \\\n# a comment in between\n two', ['one', 'two']],
	])('%j becomes %j', (line, words) => {
		expect(argumentsOf(line)).toEqual(words);
	});

	test('an argument quoted by the rules arrives unchanged, whatever it contains', () => {
		const quoted = (text: string): string => {
			const escaped = text
				.replaceAll(/["\\]/gu, '\\$&')
				.replaceAll(/[$%]/gu, '$&$&')
				.replaceAll(/\p{Cc}/gu, (sign) => `\\x${sign.charCodeAt(0).toString(16).padStart(2, '0')}`);
			return `"${escaped}"`;
		};
		// U+FFFD represents bytes that are not UTF-8: a line with them is ignored.
		const anyText = fc.string({unit: 'grapheme'}).filter((text) => !/[\0\uFFFD]/u.test(text));
		fc.assert(
			fc.property(fc.array(anyText), (words) => {
				expect(argumentsOf(words.map(quoted).join(' '))).toEqual(words);
			}),
		);
	});

	test('an empty assignment clears the earlier one', () => {
		expect(define('ExecStart=/bin/one\nExecStart=\nExecStart=/bin/two a')).toMatchObject({
			program: '/bin/two',
			arguments: ['a'],
			fatal: undefined,
		});
	});

	test.each([
		['ExecStart=/bin/one\nExecStart=/bin/two', 'Service has more than one ExecStart= setting'],
		['Type=exec', 'Service has no ExecStart=, ExecStop=, or SuccessAction=. Refusing.'],
		[String.raw`ExecStart="/bin/a\\b"`, String.raw`Executable name contains special characters: /bin/a\b`],
		['ExecStart="/bin/vira', 'Unbalanced quoting.'],
		['ExecStart=/bin/vira a ; b', 'Service has more than one ExecStart= setting'],
		['ExecStart=/bin/vira 100%z', 'Failed to resolve unit specifiers in 100%z.'],
	])('%j cannot be started', (lines, why) => {
		expect(define(lines).fatal).toContain(why);
	});
});

describe('Environment=', () => {
	test.each([
		['Environment="A=one two" B=three', {A: 'one two', B: 'three'}],
		['Environment="A=100%%"', {A: '100%'}],
		['Environment="A=$HOME:$$"', {A: '$HOME:$$'}],
		['Environment=A=1\nEnvironment=A=2', {A: '2'}],
		['Environment=A=1\nEnvironment=', {}],
	])('%j sets %j', (lines, environment) => {
		expect(environmentOf(lines)).toEqual(environment);
	});

	test('an unquoted value with a space loses the rest, and the manager logs it', () => {
		const {failures, environment} = define('Environment=GIT_SSH_COMMAND=ssh -i /key');
		expect(environment).toMatchObject({GIT_SSH_COMMAND: 'ssh'});
		expect(failures).toEqual([
			'Invalid environment assignment, ignoring: -i',
			'Invalid environment assignment, ignoring: /key',
		]);
	});
});

test.each([
	['RestartSec=5s', 5000],
	['RestartSec=5', 5000],
	['RestartSec=1min 30s', 90_000],
	['RestartSec=250ms', 250],
	['RestartSec=soon', 100],
	['', 100],
])('%j means %i ms between restarts', (line, ms) => {
	expect(define(line).restartMs).toBe(ms);
});
