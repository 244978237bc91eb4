import {expect, test} from '@jest/globals';
import type {OptionName, Settings} from '../../../src/settings/options.ts';
import type {Problem} from '../../../src/settings/problem.ts';
import {askOption} from '../../../src/ui/plain/ask-settings.ts';
import {facts, settings} from '../ink/fixture.ts';
import {personWho} from './person-who.ts';

interface Before {
	readonly settings?: Partial<Settings>;
	readonly told?: readonly Problem[];
}

const asked = async (name: OptionName, typed: readonly string[], before: Before = {}) => {
	const person = personWho(...typed);
	const start = {facts, settings: {...settings, ...before.settings}, told: before.told ?? []};
	const answers = await askOption(name, start, person);
	return {value: answers.settings[name], heard: person.heard, told: answers.told};
};

test('a wrong value is reported, and asked for again', async () => {
	expect(await asked('port', ['99999', '8443'])).toMatchObject({
		value: 8443,
		heard: [
			'Port: TCP port of the web interface.',
			'? Port (5005) 99999',
			'✖ Must be a whole number from 1 to 65535.',
			'? Port (5005) 8443',
		],
	});
});

test.each<readonly [OptionName, Partial<Settings>, string, unknown]>([
	['port', {port: 6000}, 'Port: TCP port of the web interface. The default is 5005.', 6000],
	['https', {}, 'HTTPS: Serve the web interface over HTTPS. On or off.', true],
	[
		'tlsCert',
		{tlsCert: '/a.pem', tlsKey: '/a.key'},
		'Certificate: Certificate file (PEM) to use instead of the one that Vira creates. Type none to leave it unset. The default is none.',
		'/a.pem',
	],
	['logLevel', {}, 'Log level: How much Vira writes to its log. One of Debug, Info, Warning, Error.', 'Info'],
])('%s is introduced, and Enter keeps the current value', async (name, before, words, value) => {
	const {value: after, heard} = await asked(name, [''], {settings: before});
	expect([heard[0], after]).toEqual([words, value]);
});

test.each<readonly [OptionName, Partial<Settings>, string, unknown]>([
	['https', {}, 'n', false],
	['logLevel', {}, 'debug', 'Debug'],
	['maxConcurrentBuilds', {maxConcurrentBuilds: 4}, 'none', undefined],
	['tlsCert', {tlsCert: '/a.pem'}, 'none', undefined],
	['hostname', {}, 'none', 'none'],
])('%s of %j: %s gives %j', async (name, before, typed, value) => {
	expect((await asked(name, [typed], {settings: before})).value).toBe(value);
});

test('? explains the consequence of the choice', async () => {
	const {heard} = await asked('https', ['?', '']);
	expect(heard.slice(1)).toEqual([
		'? HTTPS (on) ?',
		'If you give no certificate, Vira creates one, which browsers warn about once.',
		'? HTTPS (on)',
	]);
});

test('a value with consequences is accepted with a warning', async () => {
	const {heard} = await asked('hostname', ['0.0.0.0']);
	expect(heard.at(-1)).toMatch(/^! Vira has no login: anyone who can reach 0\.0\.0\.0 port 5005/u);
});

test('a conflict with another setting can be left for that one', async () => {
	const before = {tlsCert: '/a.pem', tlsKey: '/a.key'};
	const {value, heard} = await asked('tlsKey', ['none', ''], {settings: before});
	expect(value).toBeUndefined();
	expect(heard.slice(1)).toEqual([
		'? Certificate key (/a.key) none',
		'✖ A certificate needs its key: set both, or neither.',
		'? Certificate key (none)',
	]);
});

test('a problem found on the machine is shown before the question, and disappears with the change', async () => {
	const told = [{option: 'port', message: 'Port 5005 is taken.'}] as const;
	const {heard, told: left} = await asked('port', ['5006'], {told});
	expect(heard[1]).toBe('✖ Port 5005 is taken.');
	expect(left).toEqual([]);
});

test('a secret in a value is never put on the input line', async () => {
	const before = {package: 'git+https://alice:hunter2hunter2@example.org/vira'};
	const {value, heard} = await asked('package', [''], {settings: before});
	expect(value).toBe(before.package);
	expect(heard[0]).toContain('Current value: git+https://alice:••••••@example.org/vira.');
	expect(heard[1]).toBe('? Vira program (keep)');
});
