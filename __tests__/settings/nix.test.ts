import {expect, test} from '@jest/globals';
import {linkFolderOf} from '../../src/platform/vira/nix.ts';
import {parseVariables} from '../../src/settings/flags.ts';
import {defaultSettings, optionOf} from '../../src/settings/options.ts';
import {problemsOf} from '../../src/settings/rules.ts';
import {parseJsonValue} from '../../src/settings/module-json.ts';
import {maskSettings} from '../../src/settings/secrets/masker.ts';
import {formatValue, parseValue} from '../../src/settings/value.ts';
import {debian} from '../support/situation.ts';

const [program, extra] = [optionOf('package'), optionOf('extraPackages')];

test.each([
	'github:juspay/vira',
	'git+https://host/x?ref=y#z',
	'nixpkgs#openssh',
	'nixpkgs#openssl^bin,man',
	'path:/x#y',
	'nixpkgs/nixos-25.05#openssh',
	'/opt/vira',
	'~/vira',
])('%s is accepted as Vira and as an extra package, and stays unchanged', (text) => {
	expect(parseValue(program, [text])).toEqual({good: true, value: text});
	expect(parseValue(extra, [text])).toEqual({good: true, value: [text]});
	expect(parseJsonValue(program, text)).toEqual({good: true, value: text});
	expect(formatValue(text)).toEqual([text]);
});

test.each(['./x', '.#vira', 'vira', '-f:x', 'github:a b', 'github:a\u0007b', '#x', ''])(
	'%j is neither an absolute path nor something to build',
	(text) => {
		expect(parseValue(program, [text]).good).toBe(false);
		expect(parseValue(extra, [text]).good).toBe(false);
	},
);

test('the fix for a relative flake is named', () => {
	expect(parseValue(program, ['.#vira'])).toEqual({
		good: false,
		problem:
			'Must be a path that starts with / or ~/, or a Nix package such as github:juspay/vira. For a flake in a folder: path:/FOLDER.',
	});
});

test('a variable lists one per line', () => {
	const {given} = parseVariables({VIRA_SETUP_EXTRA_PACKAGE: 'nixpkgs#gh\n/opt/tools'});
	expect(given.get('extraPackages')).toEqual(['nixpkgs#gh', '/opt/tools']);
});

test.each([
	[{vira: '/usr/bin/vira', nix: true}, '/usr/bin/vira'],
	[{vira: undefined, nix: true}, 'github:juspay/vira'],
	[{vira: undefined, nix: false}, ''],
])('with %j found, Vira is %j', (found, expected) => {
	expect(defaultSettings(found).package).toBe(expected);
});

test('its name can be anything: the service runs our own link', () => {
	const settings = {...defaultSettings({vira: undefined}), package: String.raw`nixpkgs#"a\b"`};
	expect(problemsOf(settings, 'linux')).toEqual([]);
});

test('more packages than PATH has space for are refused', () => {
	const extraPackages = Array.from({length: 200}, (_, index) => `nixpkgs#a${index}`);
	expect(problemsOf({...defaultSettings({vira: '/v'}), extraPackages}, 'linux')).toMatchObject([
		{option: 'extraPackages'},
	]);
});

test('a password in its URL is masked', () => {
	const masked = maskSettings({
		...defaultSettings({vira: undefined}),
		package: 'git+https://me:pw123@host/vira',
		extraPackages: ['git+https://me:pw456@host/tool'],
	});
	expect([masked.package, ...masked.extraPackages].join(' ')).not.toMatch(/pw/u);
});

test('the folder of its link is named without it', () => {
	expect(linkFolderOf('git+https://me:pw123@host/vira', debian())).not.toContain('pw123');
});
