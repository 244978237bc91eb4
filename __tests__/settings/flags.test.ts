import {describe, expect, test} from '@jest/globals';
import fc from 'fast-check';
import {flags, parseVariables} from '../../src/settings/flags.ts';
import {
	defaultSettings,
	optionNames,
	optionOf,
	withGiven,
	type OptionName,
} from '../../src/settings/options.ts';
import {problemsOf} from '../../src/settings/rules.ts';
import {formatSettingsFile, parseSettingsFile} from '../../src/settings/settings-file.ts';
import {parseValue} from '../../src/settings/value.ts';
import {settingsToWords} from '../support/settings-words.ts';
import {parseRequest} from '../../src/command-line/request.ts';
import {anySettings} from '../support/any-settings.ts';
import {settings} from '../support/situation.ts';

const around = {environment: {}, read: () => Promise.resolve(undefined)};

test('settings written as flags are read back as the same settings', async () => {
	await fc.assert(
		fc.asyncProperty(anySettings, async (wanted) => {
			const {given} = await parseRequest([...settingsToWords(wanted), '--non-interactive'], around);
			expect(withGiven(defaultSettings({vira: undefined}), ...given)).toEqual(wanted);
		}),
	);
});

test('settings written to the file are read back as the same settings', () => {
	fc.assert(
		fc.property(anySettings, (wanted) => {
			const {given, problems} = parseSettingsFile(formatSettingsFile(wanted));
			expect(problems).toEqual([]);
			expect(withGiven(defaultSettings({vira: undefined}), given)).toEqual(wanted);
		}),
	);
});

const long = 'x'.repeat(131_072);

test.each<readonly [OptionName, string, string]>([
	['stateDir', '/a\0', 'It contains a NUL character, which cannot be passed to a program. Remove it.'],
	[
		'basePath',
		'/\uD83D',
		'It contains half a character (a lone surrogate), which cannot be saved in a file. Enter it again.',
	],
	['environment', 'A=\uFFFE', 'such as U+FFFE, which systemd rejects. Remove it.'],
	[
		'environment',
		'A=x\uFFFDy',
		'It contains U+FFFD, which stands for bytes that are not UTF-8. Enter it again.',
	],
	['environment', `A=${long.slice(2)}`, 'Must be shorter than 128 KiB'],
	['basePath', `/${long.slice(1)}`, 'Must be shorter than 128 KiB'],
	['tlsKey', `/${'x'.repeat(256)}`, 'Each name in the path must be at most 255 bytes.'],
	['package', '/x'.repeat(2048), 'Must be at most 4095 bytes, including your home folder.'],
	['stateDir', `~${'/x'.repeat(1920)}`, 'Must be at most 4095 bytes, including your home folder.'],
	['extraPackages', `/${'x'.repeat(256)}`, 'x: Each name in the path must be at most 255 bytes.'],
	['extraPackages', '/x'.repeat(2048), 'Must be at most 4095 bytes, including your home folder.'],
	['serviceConfig', 'A=1\nUser=root', 'Must be one line'],
	['extraPackages', '/opt/a:b', 'PATH cannot hold a path with a colon: use a link without one.'],
])('%s=%.20j is refused with its reason', (name, text, reason) => {
	expect(parseValue(optionOf(name), [text])).toEqual({good: false, problem: expect.stringContaining(reason)});
});

test('the mask of a secret is not a value', () => {
	const refused = {good: false, problem: expect.stringContaining('Enter the secret itself.')};
	expect(parseValue(optionOf('environment'), ['API_TOKEN=••••••'])).toEqual(refused);
	expect(parseValue(optionOf('repositories'), ['a=https://me:••••••@example.org/a'])).toEqual(refused);
});

const numbered = (count: number, value: string): Readonly<Record<string, string>> =>
	Object.fromEntries(Array.from({length: count}, (_, index) => [`A${index}`, value]));

const noSuchProgram =
	'systemd cannot run a program whose path contains a quote, a backslash or a control character, or ends with a space. Use a link with a plain name.';

test.each([
	[{package: "/o'brien/vira"}, noSuchProgram],
	[{package: '/a"/vira'}, noSuchProgram],
	[{package: String.raw`/a\b/vira`}, noSuchProgram],
	[{package: '/vira\t'}, noSuchProgram],
	[{package: '/vira '}, noSuchProgram],
	[
		{extraPackages: Array.from({length: 100}, () => `/${'x'.repeat(1000)}`)},
		'Together, the folders are too long for PATH. Use fewer.',
	],
	[
		{environment: numbered(13, 'x'.repeat(125_000))},
		'Together, the variables must be smaller than 1.5 MiB: Linux limits what it passes to a program.',
	],
	[
		{environment: numbered(10_001, '')},
		'There must be at most 10000 variables: systemd cannot handle many more.',
	],
])('%.40j is refused with its reason', (changes, message) => {
	expect(problemsOf(settings(changes), 'linux').map((one) => one.message)).toEqual([message]);
});

test('every option has a flag and a variable of its own', () => {
	const names = flags.map(({name}) => name);
	expect(new Set(names).size).toBe(optionNames.length);
});

test('a variable gives a list with one item per line', () => {
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

test('all wrong values are reported together, each where it was given', async () => {
	const asked = parseRequest(['--port', '0', '--repository', 'a', '--log-level', 'loud'], {
		...around,
		environment: {VIRA_SETUP_HOSTNAME: 'a b'},
	});
	await expect(asked).rejects.toThrow(
		[
			'--port 0: Must be a whole number from 1 to 65535.',
			'--repository: a: Must have the form NAME=URL.',
			'--log-level loud: Must be one of: Debug, Info, Warning, Error.',
			"VIRA_SETUP_HOSTNAME='a b': Must be a host name, an IPv4 address or an IPv6 address.",
		].join('\n'),
	);
});

const unreadable = (code: string) => () => Promise.reject(Object.assign(new Error(code), {code}));

test.each([
	['EISDIR', '/f is a folder. Use a file.'],
	['EACCES', 'Cannot read /f: permission denied. Use a copy that you can read.'],
	['EIO', 'Cannot read /f: EIO. Use another file.'],
])('a settings file that answers %s is refused with its reason', async (code, message) => {
	await expect(parseRequest(['--config', '/f'], {...around, read: unreadable(code)})).rejects.toMatchObject({
		failure: {exit: 2, message: `--config: ${message}`},
	});
});

const newer = '--config /f: schema: Written by a newer version of vira-setup. Use that version.';

test.each([
	['{"schema": 2, "port": 1}', newer],
	['\uFEFF{"schema": 2, "port": 1}', newer],
	['{"port": 0}', '--config /f: port 0: Must be a whole number from 1 to 65535.'],
	['{"port": "80"}', '--config /f: port "80": Must be a whole number from 1 to 65535.'],
	['{"https": "maybe"}', '--config /f: https "maybe": Must be true or false.'],
	['{"hostname": true}', '--config /f: hostname true: Must be a string.'],
	['{"port": "zq8value"}', '--config /f: port: Must be a whole number from 1 to 65535.'],
	['{"port": [80]}', '--config /f: port: Must be a whole number from 1 to 65535.'],
	['{"prot": 1}', '--config /f: prot: Unknown setting. Did you mean port?'],
])('a settings file with %j is refused with its reason', async (text, message) => {
	const read = () => Promise.resolve(text);
	await expect(parseRequest(['--config', '/f'], {...around, read})).rejects.toMatchObject({
		failure: {exit: 2, message},
	});
});

test.each(['{"schema": 1, "port": 1}', '\uFEFF{"port": 1}'])(
	'a settings file with %j is accepted',
	async (text) => {
		const read = () => Promise.resolve(text);
		const {given, problems} = await parseRequest(['--config', '/f', '--json'], {...around, read});
		expect([problems, given.map((one) => [...one])]).toEqual([[], [[['port', 1]], [], []]]);
	},
);

test('a flag overrides a variable, and a variable overrides the file', async () => {
	const {given} = await parseRequest(['--port', '1', '--config', 'f'], {
		environment: {VIRA_SETUP_PORT: '2', VIRA_SETUP_HOSTNAME: 'two'},
		read: () => Promise.resolve('{"port": 3, "hostname": "three", "basePath": "/three/"}'),
	});
	const {port, hostname, basePath} = withGiven(defaultSettings({vira: undefined}), ...given);
	expect({port, hostname, basePath}).toEqual({port: 1, hostname: 'two', basePath: '/three/'});
});

const texts: Readonly<Partial<Record<OptionName, readonly [text: string, value: unknown]>>> = {
	tlsCert: ['/c', '/c'],
	tlsKey: ['/k', '/k'],
	maxConcurrentBuilds: ['3', 3],
	repositories: ['a=https://x/y', {a: 'https://x/y'}],
	extraPackages: ['/opt', ['/opt']],
	environment: ['A=1', {A: '1'}],
	serviceConfig: ['Nice=5', {Nice: '5'}],
};

describe.each(
	flags
		.filter(({negatable}) => negatable)
		.map(({name, option, repeated}) => ({
			name,
			option,
			none: repeated ? (option === 'extraPackages' ? [] : {}) : undefined,
		})),
)('of --$name and --no-$name the last one counts', ({name, option, none}) => {
	const [text, value] = texts[option] ?? [];
	const set = text === undefined ? [`--${name}`] : [`--${name}`, text];
	test.each([
		[[`--no-${name}`, ...set], value ?? true],
		[[...set, `--no-${name}`], text === undefined ? false : none],
		[[...set, `--no-${name}`, ...set], value ?? true],
	])('%j', async (words, expected) => {
		const {given} = await parseRequest(words, around);
		expect(given.at(-1)?.get(option)).toEqual(expected);
	});
});

test.each([
	[['--prot', '1'], 'Unknown option --prot. Did you mean --port?'],
	[['--no-htps'], 'Unknown option --no-htps. Did you mean --no-https?'],
	[['--hepl'], 'Unknown option --hepl. Did you mean --help?'],
	[['--frobnicate=1'], 'Unknown option --frobnicate.'],
	[['-p', '1'], 'Unknown option -p.'],
	[['--config'], '--config needs a value: --config FILE.'],
	[['--environment', 'A=1', 'install', 'now'], 'Unexpected argument. If a value contains spaces, quote it.'],
])('%j is refused with a suggestion', async (words, message) => {
	await expect(parseRequest(words, around)).rejects.toThrow(new Error(message));
});
