import {expect, test} from '@jest/globals';
import {isSecretName} from '../../../src/settings/secrets/assigned-secrets.ts';
import {maskItem, masker, maskSettings} from '../../../src/settings/secrets/masker.ts';
import {unitText} from '../../../src/platform/systemd/unit/unit.ts';
import {serviceFrom} from '../../../src/platform/service.ts';
import {debian, settings} from '../../support/situation.ts';

test.each([
	'TOKEN',
	'GITHUB_TOKEN',
	'MY_SECRET',
	'DB_PASSWORD',
	'API_KEY',
	'GITHUB_PAT',
	'DB_PASS',
	'SSH_AUTH',
	'USE_AUTH',
	'PGPASS',
	'PGPASSWORD',
	'BEARER',
	'GPG_PIN',
	'DEPLOY_PEM',
	'API_KEYS',
	'AWS_SECRET_ACCESS_KEY',
	'APIKEY',
	'apiToken',
	'api_key',
	'TOKEN2',
	'NPM_CONFIG__authToken',
	'HTTP_AUTHORIZATION',
	'COOKIE',
	'SESSION_COOKIES',
	'SESSION',
	'AOC_SESSION',
	'JWT',
])('the value of %s is a secret', (name) => {
	expect(isSecretName(name)).toBe(true);
});

test.each([
	'GIT_SSH_COMMAND',
	'SSH_AUTH_SOCK',
	'SSH_ASKPASS',
	'PATH',
	'KEY_FILE',
	'LANG',
	'PATTERN',
	'COMPATIBLE',
	'GIT_AUTHOR_NAME',
	'AUTHORITY',
	'MONKEY',
	'KEYBOARD_LAYOUT',
	'KEYMAP',
	'HOTKEY',
	'TOKENIZERS_PARALLELISM',
	'apikey_dir',
	'AWS_ACCESS_KEY_ID',
	'DESKTOP_SESSION',
	'XDG_SESSION_DESKTOP',
	'XDG_SESSION_ID',
	'DBUS_SESSION_BUS_ADDRESS',
	'TOKENIZER',
	'AUTHOR',
])('the value of %s is not a secret', (name) => {
	expect(isSecretName(name)).toBe(false);
});

test.each([
	[
		{environment: {TOKEN: 'abcd"1'}},
		'Environment="TOKEN=abcd\\"1" abcd"1',
		'Environment="TOKEN=••••••" ••••••',
	],
	[
		{repositories: {x: 'https://me:hunter1@host/x'}},
		'hunter1 in https://me:hunter1@host/x',
		'•••••• in https://me:••••••@host/x',
	],
	[
		{repositories: {x: 'https://ghp_abc@host/x'}},
		'cloning https://ghp_abc@host/x',
		'cloning https://••••••@host/x',
	],
	[
		{repositories: {x: 'https://alice@host/x'}},
		'https://alice@host/x of alice',
		'https://alice@host/x of alice',
	],
	[{serviceConfig: {SetCredential: 'id:s3cret'}}, 'SetCredential=id:s3cret', 'SetCredential=id:••••••'],
	[
		{},
		'https://me:pw@host and https://01234567890123456789@host',
		'https://me:••••••@host and https://••••••@host',
	],
	[
		{environment: {USE_AUTH: '1', DB_PASS: 'alice'}},
		'"schema": 1, "USE_AUTH": "1", USE_AUTH=1, DB_PASS=alice, /home/alice',
		'"schema": 1, "USE_AUTH": "••••••", USE_AUTH=••••••, DB_PASS=••••••, /home/alice',
	],
	[
		{environment: {DB_PASS: 'hunter', DB_PIN: '/home/hunter'}},
		'hunter in /home/hunter/x and /home/hunter is no hunters',
		'•••••• in /home/hunter/x and /home/hunter is no hunters',
	],
	[
		{environment: {GIT_AUTHOR_NAME: 'alice-liddell'}},
		'Environment="GIT_AUTHOR_NAME=alice-liddell"',
		'Environment="GIT_AUTHOR_NAME=alice-liddell"',
	],
	[{environment: {LONG_TOKEN: '0123456789abcdef'}}, '/x/0123456789abcdef/y', '/x/••••••/y'],
	[
		{repositories: {x: 'https://host/x?private_token=hunter12&ref=main'}},
		'https://host/x?private_token=hunter12&ref=main, "https://h/?a=1&apiKey=x", hunter12',
		'https://host/x?private_token=••••••&ref=main, "https://h/?a=1&apiKey=••••••", ••••••',
	],
	[
		{environment: {USE_AUTH: '1', TOKEN: 'a<b>&"c"\nd'}},
		'<key>USE_AUTH</key>\n\t<string>1</string><string>1</string><key>X</key><string>a&lt;b&gt;&amp;"c"\nd</string>',
		'<key>USE_AUTH</key>\n\t<string>••••••</string><string>1</string><key>X</key><string>••••••\n</string>',
	],
	[
		{},
		`NIX_CONFIG=access-tokens = github.com=ghp_0123456789, glpat-abc_def-1, xoxb-1-2-abc`,
		'NIX_CONFIG=access-tokens = github.com=••••••, ••••••, ••••••',
	],
	[
		{},
		String.raw`"DEPLOY=-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEAy\n-----END RSA PRIVATE KEY-----\n" x`,
		String.raw`"DEPLOY=••••••\n" x`,
	],
	[{}, 'a line -----BEGIN PRIVATE KEY-----.', 'a line -----BEGIN PRIVATE KEY-----.'],
	[
		{},
		`Environment="A_TOKEN=by hand" 'B_TOKEN=x y' C_TOKEN=z LANG=C`,
		`Environment="A_TOKEN=••••••" 'B_TOKEN=••••••' C_TOKEN=•••••• LANG=C`,
	],
])('with %j, "%s" is shown as "%s"', (changes, text, shown) => {
	expect(masker(settings(changes))(text)).toBe(shown);
});

test.each(['abcdef', 'abcdefghijklmnop'])(
	'an unknown secret that begins with %s is hidden to its end',
	(shorter) => {
		const [old, now] = [shorter, `${shorter}-2`].map((A_TOKEN) => settings({environment: {A_TOKEN}}));
		const mask = masker(...[old, now].filter((one) => one !== undefined));
		expect(mask(`A_TOKEN=${shorter}-2 "A_TOKEN": "${shorter}" ${shorter}-2`)).toBe(
			'A_TOKEN=•••••• "A_TOKEN": "••••••" ••••••',
		);
	},
);

test('settings shown on a screen contain no secret', () => {
	const all = settings({
		environment: {TOKEN: 's3cret', PROXY: 'http://me:s3cret@proxy'},
		repositories: {x: 'https://me:s3cret@host/x'},
		serviceConfig: {SetCredential: 'id:s3cret'},
	});
	expect(JSON.stringify(maskSettings(all))).not.toContain('s3cret');
});

const awkward = 'abc\u001Bdef\rgh\ni\tj%k"l\\m\u007F';

test.each([
	['a unit', unitText(serviceFrom(settings({environment: {MY: awkward}}), debian(), '/bin/vira'))],
	['JSON', JSON.stringify({MY: awkward})],
])('a secret with control characters is found in %s', (_, text) => {
	const mask = masker(settings({environment: {API_TOKEN: awkward}}));
	expect(mask(text)).toMatch(/MY\W+••••••"/u);
});

test.each([
	['environment', 'API_TOKEN=x', 'API_TOKEN=••••••'],
	['environment', 'API_TOKEN=', 'API_TOKEN='],
	['environment', 'LANG=C', 'LANG=C'],
	['serviceConfig', 'SetCredential=id:x', 'SetCredential=id:••••••'],
	['serviceConfig', 'PassEnvironment=LANG', 'PassEnvironment=LANG'],
	['repositories', 'auth=https://h/x', 'auth=https://h/x'],
	['repositories', 'a=https://me:pw@h/x', 'a=https://me:••••••@h/x'],
	['repositories', 'my-token=git@github.com:a/b', 'my-token=git@github.com:a/b'],
	['repositories', 'https://me:pw@h/x=1', 'https://me:••••••@h/x=1'],
	['serviceConfig', 'ExecStartPre=/bin/a --token=x -v', 'ExecStartPre=/bin/a --token=•••••• -v'],
	['environment', 'DSN=user=a password=b', 'DSN=user=a password=••••••'],
] as const)('in %s, the item %s is shown as %s', (option, item, shown) => {
	expect(maskItem(option, item, masker(settings({})))).toBe(shown);
});
