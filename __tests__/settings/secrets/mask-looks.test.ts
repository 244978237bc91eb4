import {expect, test} from '@jest/globals';
import {maskLooks} from '../../../src/settings/secrets/mask-looks.ts';

test.each([
	['a variable of a command', 'ExecStartPre=/usr/bin/env API_TOKEN=zq1 /bin/a -v'],
	['a quoted one', 'ExecStartPre=/usr/bin/env "API_TOKEN=zq1 zq2" /bin/a'],
	['one that continues a line', 'Environment=A=1 \\\n  API_TOKEN=zq1'],
	['an option', '/bin/a --token=zq1 -v'],
	['an option with a quoted value', `/bin/a --api-key="zq1 zq2" --db-password='zq3 zq4' -v`],
	['an option and the next word', '/bin/a --token zq1 --password "zq2 zq3" -v'],
	['an option in a property list', '<string>--token</string>\n\t<string>zq1 zq2</string>'],
	['a variable in a property list', '<string>API_TOKEN=zq1 zq2</string>'],
	['a header', 'curl -H "Authorization: Bearer zq1" -H "PRIVATE-TOKEN: zq2" https://h/x'],
	['a header of another scheme', `curl -H 'authorization: Basic zq1' -H 'Proxy-Authorization: zq2'`],
	['a header with several parts', 'Authorization: Digest username="me", response="zq1"'],
	['a header with spaces as systemd writes them', String.raw`-H Authorization:\x20Bearer\x20zq1 -v`],
	['a header after another word', 'error: X-Api-Key: zq1, headers: Authorization: zq2'],
	['tokens of nix.conf', 'NIX_CONFIG=access-tokens = github.com=zq1 git.example/a=PAT:zq2\nsandbox = true'],
	['tokens of nix.conf in a unit', 'Environment="NIX_CONFIG=extra-access-tokens = github.com=zq1"'],
	['tokens of nix.conf in an option', '--option access-tokens "github.com=zq1 gitlab.com=OAuth2:zq2" -v'],
	['cookies', 'curl -H "Cookie: a=zq1; b=zq2" https://h/x'],
	['a scheme without its header', 'sent Basic enExOnpxMg== and Bearer zq3.abc-def'],
	['the user of curl', 'curl -u me:zq1 --proxy-user "me:zq2" https://h/x'],
	['the password of sshpass', 'sshpass -p zq1 ssh h'],
	['a password among other values', 'DATABASE_URL=host=h user=a password=zq1 sslmode=require'],
	['one with spaces around its sign', 'user = a password = zq1 sslmode = require'],
	['one between semicolons', 'Server=h;User Id=sa;Password=zq1;Encrypt=yes'],
	['JSON in a value', 'CONFIG={"user":"a","password":"zq1","apiKey": "zq2","on":true}'],
	['JSON in JSON', String.raw`{"CONFIG": "{\"password\":\"zq1\\\"zq2\",\"a\":1}"}`],
	['JSON in a unit', String.raw`Environment="CONFIG={\"client_secret\": \"zq1\"}" A=1`],
	['YAML in a value', 'CONFIG=user: a\n  password: zq1\n  apiToken: "zq2 zq3"\n'],
	['a password with an @', 'https://me:zq1@zq2@h/x'],
	['a user with an @', 'https://me@corp:zq1@h/x'],
	['a token with an @', 'https://ghp_zq1@zq2@h/x'],
	['a fragment', 'https://h/x#token=zq1&state=1'],
	['a query and a fragment', 'https://h/x?access_token=zq1#id_token=zq2'],
	['keys of AWS', 'AWS_SECRET_ACCESS_KEY=zq1 AWS_SESSION_TOKEN=zq2 AWS_ACCESS_KEY_ID=AKIA0'],
	['a token of RFC 7519', 'got eyJzcTFzcTFzcTE.eyJzcTJzcTJzcTI.zq3'],
	['a credential in a unit', 'SetCredential=id:zq1 zq2\nA=1'],
])('hidden: %s', (_, text) => {
	const shown = maskLooks(text);
	expect(shown).toContain('••••••');
	expect(shown).not.toMatch(/zq\d|enEx|sTFz/u);
	expect(maskLooks(shown)).toBe(shown);
});

test.each([
	['text after it', '/bin/a --token=zq1 -v, --password zq2.', '/bin/a --token=•••••• -v, --password ••••••.'],
	[
		'the rest of a URL',
		'https://me:a@b@h/x?token=c&ref=main#d',
		'https://me:••••••@h/x?token=••••••&ref=main#d',
	],
	['the quotes', `"API_TOKEN=a b" 'c' "d"`, `"API_TOKEN=••••••" 'c' "d"`],
	['the scheme', 'Authorization: Bearer abc failed', 'Authorization: Bearer •••••• failed'],
	['the other values', '{"password":"a","user":"b"}', '{"password":"••••••","user":"b"}'],
	[
		'the hosts of tokens',
		'access-tokens = github.com=a git.example/b=PAT:c\nsandbox = true',
		'access-tokens = github.com=•••••• git.example/b=••••••\nsandbox = true',
	],
	['the name of a credential', 'SetCredential=id:a', 'SetCredential=id:••••••'],
])('next to a secret, %s remains', (_, text, shown) => {
	expect(maskLooks(text)).toBe(shown);
});

test.each([
	'--tls-key ~/vira.key --tls-key=/etc/ssl/vira.key "tlsKey": "/home/alice/k.pem"',
	'--tls-key and --tls-cert go together',
	'TOKEN_FILE=/run/secrets/a PASSWORD_FILE=x GIT_SSH_COMMAND=ssh SSH_AUTH_SOCK=%t/agent',
	'AUTHOR=alice TOKENIZER=bpe MONKEY=x GIT_AUTHOR_NAME=alice XAUTHORITY=/home/alice/.x',
	'PassEnvironment=LANG LoadCredential=id:/etc/a ImportCredential=x KeyringMode=private',
	'--environment API_TOKEN="${SECRET_API_TOKEN:?}" --token=${TOKEN} "$API_TOKEN"',
	'--environment API_TOKEN= --port 5',
	'API_TOKEN: Must be a string. --tls-key: Must be a path.',
	'loginctl --no-ask-password enable-linger alice, --password-stdin x',
	'PWD=/home/alice SSH_KEY=~/.ssh/id KEY=./k',
	'https://alice@host/x https://host:8443/x?a=1 git@github.com:a/b key=name auth=ldap',
	'Basic authentication failed; Bearer of bad news',
	'docker run -u 1000:1000 x',
	'"token": "https://h/x", "my-secret": "git@github.com:a/b", "tlsKey": null',
	'auth=https://h/x',
])('not hidden: %s', (text) => {
	expect(maskLooks(text)).toBe(text);
});
