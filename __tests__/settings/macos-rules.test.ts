import {expect, test} from '@jest/globals';
import type {Platform} from '../../src/platform/facts.ts';
import type {Settings} from '../../src/settings/options.ts';
import {problemsOf} from '../../src/settings/rules.ts';
import {settings} from '../support/situation.ts';

/** `option[item]: sentence` of each problem. */
const wrongWith = (changes: Partial<Settings>, platform: Platform): readonly string[] =>
	problemsOf(settings(changes), platform).map(
		({option, item, message}) => `${option}${item === undefined ? '' : `[${item}]`}: ${message}`,
	);

const cannotCarry = (code: string, subject = 'It'): string =>
	`${subject} contains the control character ${code}, which a launchd property list cannot store. Remove it.`;
const shellChanges = (name: string): string =>
	`environment[${name}]: ${name} cannot be set on macOS: the shell that waits for the Nix store changes it. Remove it.`;
const fits =
	'Together, the variables must be smaller than 640 KiB: macOS gives a program 1 MiB, including its arguments.';

const large = {A: 'x'.repeat(120_000), B: 'x'.repeat(120_000), C: 'x'.repeat(120_000)};

test.each<readonly [string, Partial<Settings>, readonly string[]]>([
	['a path with U+0001', {stateDir: '/a\u0001'}, [`stateDir: ${cannotCarry('U+0001')}`]],
	['a base path with U+001F', {basePath: '/\u001F'}, [`basePath: ${cannotCarry('U+001F')}`]],
	['a program with an escape', {package: '/\u001B[31m'}, [`package: ${cannotCarry('U+001B')}`]],
	[
		'both files of a certificate',
		{tlsCert: '/\u000B', tlsKey: '/\u000C'},
		[`tlsCert: ${cannotCarry('U+000B')}`, `tlsKey: ${cannotCarry('U+000C')}`],
	],
	['a certificate that is ignored without HTTPS', {https: false, tlsCert: '/\u0001', tlsKey: '/k'}, []],
	[
		'one folder of several',
		{extraPackages: ['/fine', '/\u0007']},
		[`extraPackages[/\u0007]: ${cannotCarry('U+0007', 'A folder')}`],
	],
	[
		'two variables of several',
		{environment: {A: '\u0008', B: 'fine', C: 'a\u000Eb\u0001'}},
		[`environment[A]: ${cannotCarry('U+0008', 'A')}`, `environment[C]: ${cannotCarry('U+000E', 'C')}`],
	],
	['tabs and line breaks', {environment: {A: '\t\n\r\r\n'}}, []],
	['control characters above U+001F', {environment: {A: '\u007F\u0080\u0085\u009F'}}, []],
	[
		'variables of the shell',
		{environment: {SHLVL: '1', PS1: '$', IFS: ',', _: ''}},
		['SHLVL', 'PS1', 'IFS', '_'].map(shellChanges),
	],
	[
		'variables of the dynamic linker',
		{environment: {DYLD_LIBRARY_PATH: '/x'}},
		[shellChanges('DYLD_LIBRARY_PATH')],
	],
	[
		'variables with similar names',
		{environment: {BASH_ENV: '/x', PS12: '', MY_PWD: '', HOME: '/x', A_DYLD_: ''}},
		[],
	],
	['variables of 600 kB', {environment: {...large, D: large.A, E: large.A}}, []],
	[
		'variables of 720 kB',
		{environment: {...large, D: large.A, E: large.A, F: large.A}},
		[`environment: ${fits}`],
	],
	["text that systemd's units cannot represent", {package: "/o'brien's/vira "}, []],
	['names that a Mac distinguishes', {repositories: {a: '/x', aa: '/y', ä: '/z'}}, []],
	[
		'names that are the same to a Mac, by case and by how an accent is written',
		{repositories: {vira: '/x', Vira: '/y', 'b\u00FCcher': '/x', 'BU\u0308CHER': '/y'}},
		[
			'repositories[Vira]: Vira would share a folder with vira: the file system of a Mac does not distinguish these names. Use another name.',
			'repositories[BU\u0308CHER]: BU\u0308CHER would share a folder with b\u00FCcher: the file system of a Mac does not distinguish these names. Use another name.',
		],
	],
	['settings that are not in the agent', {repositories: {'a b': 'x\u0001'}}, []],
	[
		'settings that only systemd has',
		{serviceConfig: {MemoryMax: '2G'}},
		['serviceConfig: launchd does not support systemd settings. Remove them on a Mac.'],
	],
])('on macOS: %s', (_, changes, problems) => {
	expect(wrongWith(changes, 'macos')).toEqual(problems);
});

test.each<readonly [string, Partial<Settings>]>([
	['control characters', {stateDir: '/a\u0001', environment: {A: '\u0001'}}],
	['names of other case', {repositories: {vira: '/x', Vira: '/y'}}],
	['variables of the shell', {environment: {SHLVL: '1', DYLD_LIBRARY_PATH: '/x'}}],
	['variables of 720 kB', {environment: {...large, D: large.A, E: large.A, F: large.A}}],
])('on Linux these are accepted: %s', (_, changes) => {
	expect(wrongWith(changes, 'linux')).toEqual([]);
});
