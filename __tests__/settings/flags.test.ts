import {expect, test} from '@jest/globals';
import fc from 'fast-check';
import {flags, parseVariables, settingsToWords} from '../../src/settings/flags.ts';
import type {Option, Value} from '../../src/settings/option.ts';
import {
	defaultSettings,
	optionNames,
	optionOf,
	withGiven,
	type OptionName,
	type Settings,
} from '../../src/settings/options.ts';
import {parseRequest} from '../../src/request.ts';

const around = {version: '0.0.0', environment: {}, read: () => Promise.resolve(undefined)};

const path = fc.string({unit: 'grapheme'}).map((text) => `/${text.replaceAll(/[\0\n\r]/gu, '')}`);
const word = fc.stringMatching(/^[A-Za-z][A-Za-z0-9]{0,11}$/u);
const values: Partial<Record<OptionName, fc.Arbitrary<string>>> = {
	environment: fc.string({unit: 'grapheme'}).map((text) => text.replaceAll('\0', '')),
	serviceConfig: fc.string({unit: 'grapheme'}).map((text) => text.replaceAll(/[\0\n\r]/gu, '')),
	repositories: fc.webUrl(),
};

const valueOf = (name: OptionName, option: Option): fc.Arbitrary<Value> => {
	switch (option.kind) {
		case 'text':
			return name === 'basePath'
				? word.map((text) => `/${text}`)
				: fc.oneof(fc.domain(), fc.ipV4(), fc.constant('::1'));
		case 'path':
			return option.optional ? fc.option(path, {nil: undefined}) : path;
		case 'number': {
			const number = fc.integer({min: option.min, max: option.max});
			return option.optional ? fc.option(number, {nil: undefined}) : number;
		}
		case 'toggle':
			return fc.boolean();
		case 'choice':
			return fc.constantFrom(...option.choices);
		case 'list':
			return fc.array(path);
		case 'map':
			return fc.dictionary(
				word.filter((text) => !/^(?:ExecStart|User|Group|Environment)$/u.test(text)),
				values[name] ?? fc.string(),
			);
	}
};

const anySettings = fc
	.tuple(...optionNames.map((name) => valueOf(name, optionOf(name))))
	.map(
		(all) => Object.fromEntries(optionNames.map((name, index) => [name, all[index]])) as unknown as Settings,
	);

test('settings written as flags are read back as the same settings', async () => {
	await fc.assert(
		fc.asyncProperty(anySettings, async (wanted) => {
			const {given} = await parseRequest([...settingsToWords(wanted), '--non-interactive'], around);
			expect(withGiven(defaultSettings({vira: undefined}), ...given)).toEqual(wanted);
		}),
	);
});

test('every option has a flag and a variable of its own', () => {
	const names = flags.map(({name}) => name);
	expect(new Set(names).size).toBe(optionNames.length);
});

test('a list is given by a variable with one item a line', () => {
	const {given, problems} = parseVariables({
		VIRA_SETUP_REPOSITORY: 'a=https://x/a\nb=https://x/b\n',
		VIRA_SETUP_PORT: '8443',
	});
	expect(problems).toEqual([]);
	expect([...given]).toEqual([
		['port', 8443],
		['repositories', {a: 'https://x/a', b: 'https://x/b'}],
	]);
});

test('all wrong values are told at once, each where it was given', async () => {
	const asked = parseRequest(['--port', '0', '--repository', 'a', '--log-level', 'loud'], {
		...around,
		environment: {VIRA_SETUP_HOSTNAME: 'a b'},
	});
	await expect(asked).rejects.toThrow(
		[
			'--port: Use a whole number from 1 to 65535.',
			'--repository: a: Write it as NAME=URL.',
			'--log-level: Use one of: Debug, Info, Warning, Error.',
			'VIRA_SETUP_HOSTNAME: Use a host name, an IPv4 address or an IPv6 address.',
		].join('\n'),
	);
});

test('a flag wins over a variable, and a variable over the file', async () => {
	const {given} = await parseRequest(['--port', '1', '--config', 'f'], {
		version: '',
		environment: {VIRA_SETUP_PORT: '2', VIRA_SETUP_HOSTNAME: 'two'},
		read: () => Promise.resolve('{"port": 3, "hostname": "three", "basePath": "/three"}'),
	});
	const {port, hostname, basePath} = withGiven(defaultSettings({vira: undefined}), ...given);
	expect({port, hostname, basePath}).toEqual({port: 1, hostname: 'two', basePath: '/three'});
});

test('a misspelt flag is refused with the one that was meant', async () => {
	await expect(parseRequest(['--prot', '1'], around)).rejects.toThrow(
		/unknown option '--prot'\n\(Did you mean --port\?\)/u,
	);
});
