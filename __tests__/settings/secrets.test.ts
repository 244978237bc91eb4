import {expect, test} from '@jest/globals';
import {isSecretName, masker, maskSettings} from '../../src/settings/secrets.ts';
import {settings} from '../support/situation.ts';

test.each([
	'TOKEN',
	'GITHUB_TOKEN',
	'MY_SECRET',
	'DB_PASSWORD',
	'API_KEY',
	'GITHUB_PAT',
	'DB_PASS',
	'SSH_AUTH',
])('the value of %s is a secret', (name) => {
	expect(isSecretName(name)).toBe(true);
});

test.each(['GIT_SSH_COMMAND', 'SSH_AUTH_SOCK', 'PATH', 'KEY_FILE', 'LANG', 'PATTERN', 'COMPATIBLE'])(
	'the value of %s is none',
	(name) => {
		expect(isSecretName(name)).toBe(false);
	},
);

test.each([
	[{environment: {TOKEN: 'abc"1'}}, 'Environment="TOKEN=abc\\"1" abc"1', 'Environment="TOKEN=••••••" ••••••'],
	[
		{repositories: {x: 'https://me:pw1@host/x'}},
		'pw1 in https://me:pw1@host/x',
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
])('with %j, "%s" is shown as "%s"', (changes, text, shown) => {
	expect(masker(settings(changes))(text)).toBe(shown);
});

test('settings for a screen hold no secret', () => {
	const all = settings({
		environment: {TOKEN: 's3cret', PROXY: 'http://me:s3cret@proxy'},
		repositories: {x: 'https://me:s3cret@host/x'},
		serviceConfig: {SetCredential: 'id:s3cret'},
	});
	expect(JSON.stringify(maskSettings(all))).not.toContain('s3cret');
});
