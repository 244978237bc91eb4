import {describe, expect, test} from '@jest/globals';
import {flags, variableOf} from '../../src/settings/flags.ts';
import type {Option, Value} from '../../src/settings/option.ts';
import {defaultSettings, optionOf, withGiven, type OptionName} from '../../src/settings/options.ts';
import {formatSettingsFile} from '../../src/settings/settings-file.ts';
import {formatValue} from '../../src/settings/value.ts';
import {parseRequest} from '../../src/command-line/request.ts';
import {currentSettings} from '../../src/steps/load/load.ts';
import {put} from '../support/installed.ts';
import {simulate} from '../support/simulated-linux.ts';
import {onLinux, runProgram} from '../support/run-program.ts';
import {validDocument} from '../support/valid-document.ts';

/** From the weakest to the strongest; the default is below all of them. */
const layers = ['saved', 'file', 'variable', 'flag'] as const;
type Layer = (typeof layers)[number];

/** Two values of an option that are not its default, where there are two. */
const valuesOf = (option: Option): readonly [Value, Value] => {
	switch (option.kind) {
		case 'text':
			return option.default === '/' ? ['/a/', '/b/'] : [`${option.default}a`, `${option.default}b`];
		case 'path':
			return ['/a', '/b'];
		case 'number':
			return [option.min + 1, option.min + 2];
		case 'toggle':
			return [!option.default, option.default];
		case 'choice':
			return [option.choices[1], option.choices[0]];
		case 'list':
			return [['/a'], ['/b']];
		case 'map':
			return [{A: 'https://host/a'}, {B: 'https://host/b'}];
	}
};

const none = defaultSettings({vira: undefined});

const fileWith = (name: OptionName, value: Value): string => {
	const all = JSON.parse(formatSettingsFile(withGiven(none, new Map([[name, value]])))) as Record<
		string,
		unknown
	>;
	const [outer, inner] = optionOf(name).inFile ?? [name];
	const at = all[outer] as Record<string, unknown>;
	return JSON.stringify({[outer]: inner === undefined ? all[outer] : {[inner]: at[inner]}});
};

const flagWords = (name: OptionName, value: Value): readonly string[] => {
	const flag = flags.find(({option}) => option === name);
	if (typeof value === 'boolean') return [`--${value ? '' : 'no-'}${flag?.name ?? ''}`];
	return formatValue(value).flatMap((text) => [`--${flag?.name ?? ''}`, text]);
};

/** The value of an option if each of these layers has one. */
const settled = async (name: OptionName, given: ReadonlyMap<Layer, Value>): Promise<Value> => {
	const system = await simulate();
	if (given.has('saved'))
		await put(system, '/home/alice/.config/vira-setup/settings.json', fileWith(name, given.get('saved')));
	const flag = flags.find(({option}) => option === name);
	const request = await parseRequest(
		[
			'--print-command',
			...(given.has('file') ? ['--config', 'file'] : []),
			...(given.has('flag') ? flagWords(name, given.get('flag')) : []),
		],
		{
			environment:
				flag && given.has('variable')
					? {[variableOf(flag)]: formatValue(given.get('variable')).join('\n')}
					: {},
			read: async () => fileWith(name, given.get('file')),
		},
	);
	expect(request.problems).toEqual([]);
	return (await currentSettings(system, request)).settings[name];
};

describe.each(flags.map(({option}) => option))('%s', (name) => {
	const [weak, strong] = valuesOf(optionOf(name));

	test('without any source it is the default', async () => {
		const found = defaultSettings({vira: '/home/alice/.nix-profile/bin/vira'});
		expect(await settled(name, new Map())).toEqual(found[name]);
	});

	test.each(layers)('%s overrides the default and all weaker sources', async (layer) => {
		expect(await settled(name, new Map([[layer, weak]]))).toEqual(weak);
		const weaker = layers.slice(0, layers.indexOf(layer));
		const given = new Map<Layer, Value>([...weaker.map((one) => [one, weak] as const), [layer, strong]]);
		expect(await settled(name, given)).toEqual(strong);
	});
});

test('the built program uses the same order when it sets up', async () => {
	const machine = [...(await onLinux()), '--json'];
	const saved = ['--port', '2001', '--job-retention-days', '1', '--log-level', 'Debug', '--base-path', '/a/'];
	await runProgram([...machine, ...saved]);
	const {stdout} = await runProgram([...machine, '--port', '2004', '--config', '-'], {
		env: {VIRA_SETUP_PORT: '2003', VIRA_SETUP_JOB_RETENTION_DAYS: '3'},
		input: '{"port": 2002, "jobRetentionDays": 2, "logLevel": "Error"}',
	});
	expect(validDocument(stdout)).toMatchObject({
		settings: {port: 2004, jobRetentionDays: 3, logLevel: 'Error', basePath: '/a/', hostname: 'localhost'},
	});
});
