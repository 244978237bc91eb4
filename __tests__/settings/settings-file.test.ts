import {expect, test} from '@jest/globals';
import {defaultSettings, withGiven} from '../../src/settings/options.ts';
import {formatSettingsFile, parseSettingsFile} from '../../src/settings/settings-file.ts';
import {settings} from '../support/situation.ts';

test("the file nests as Vira's Home Manager module does", () => {
	const text = formatSettingsFile(settings({repositories: {vira: 'https://x/vira'}, environment: {A: '1'}}));
	expect(JSON.parse(text)).toMatchObject({
		schema: 1,
		hostname: 'localhost',
		tlsCert: null,
		initialState: {repositories: {vira: 'https://x/vira'}},
		systemd: {environment: {A: '1'}, serviceConfig: {}},
	});
});

test('what is written is read back, keys of other versions included', () => {
	const wanted = settings({
		port: 1,
		tlsCert: undefined,
		environment: {__proto__x: '', A: 'a\nb'},
		extraPackages: ['/a'],
	});
	const text = formatSettingsFile(wanted, {later: {x: 1}, 'systemd.socket': true});
	const read = parseSettingsFile(text);
	expect(read.problems).toEqual([]);
	expect(withGiven(defaultSettings({vira: undefined}), read.given)).toEqual(wanted);
	expect(formatSettingsFile(wanted, read.unknown)).toBe(text);
});

test.each([
	['[]', ['It must hold a JSON object.']],
	['{"port": "80"}', ['port: Use a whole number from 1 to 65535.']],
	['{"port": 0, "https": "yes"}', ['port: Use a whole number from 1 to 65535.', 'https: Use true or false.']],
	[
		'{"systemd": {"environment": {"1A": "x"}}}',
		['systemd.environment: 1A: Use letters, digits and _ in a variable name, and no digit first.'],
	],
	['{"systemd": {"serviceConfig": {"ExecStart": "/bin/sh"}}}', [expect.stringContaining('ExecStart')]],
	[
		'{"systemd": {"serviceConfig": {"Type": "exec\\\\"}}}',
		['systemd.serviceConfig: Type: Keep it on one line, without a backslash at its end.'],
	],
	['{"stateDir": "state"}', ['stateDir: Give the whole path: it starts with / or ~/.']],
	['{"stateDir": null}', ['stateDir: Give a value, or leave it out.']],
])('%s is refused with its place and its mend', (text, problems) => {
	expect(parseSettingsFile(text).problems).toEqual(problems);
});
