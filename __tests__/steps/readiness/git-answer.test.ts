import {readFileSync} from 'node:fs';
import {describe, expect, test} from '@jest/globals';
import {gitAnswer, namedFile, parseGitUrl, type GitAnswer} from '../../../src/steps/readiness/git-answer.ts';

interface Recorded {
	readonly exitCode?: number;
	readonly stdout: string;
	readonly stderr: string;
}

interface RecordedAnswer {
	readonly situation: string;
	readonly service: Recorded;
}

const recordedOn = (debian: string): readonly RecordedAnswer[] => {
	const path = new URL(`../../support/recorded/${debian}/git.json`, import.meta.url);
	return (JSON.parse(readFileSync(path, 'utf8')) as {answers: readonly RecordedAnswer[]}).answers;
};

const expected: Readonly<Record<string, GitAnswer>> = {
	'ssh-first-contact': 'ready',
	'ssh-known-host': 'ready',
	'ssh-no-key': 'key-refused',
	'ssh-key-refused': 'key-refused',
	'ssh-passphrase': 'key-refused',
	'ssh-passphrase-agent': 'key-refused',
	'ssh-host-key-changed': 'host-key-changed',
	'ssh-not-found': 'not-found',
	'ssh-key-file-readable-by-others': 'file-open',
	'ssh-config-writable-by-others': 'file-open',
	'ssh-config-damaged': 'ssh-config',
	'ssh-system-configuration': 'ready',
	'ssh-refused-too-often': 'key-refused',
	'ssh-missing-on-path': 'ssh-missing',
	'ssh-no-such-host': 'host-unknown',
	'ssh-refused': 'unreachable',
	'ssh-no-route': 'unreachable',
	'ssh-silent-host': 'unreachable',
	'ssh-silent-host-given-up': 'unreachable',
	'https-public': 'ready',
	'https-password': 'wants-password',
	'https-password-user-in-url': 'wants-password',
	'https-password-no-prompt': 'wants-password',
	'https-helper': 'ready',
	'https-helper-without-login': 'wants-password',
	'https-wrong-password': 'password-refused',
	'https-helper-of-shell': 'wants-password',
	'https-not-found': 'not-found',
	'https-forbidden': 'password-refused',
	'https-broken': 'unreachable',
	'https-page': 'not-found',
	'https-page-of-one-line': 'ready',
	'https-empty': 'ready',
	'https-silent': 'unreachable',
	'https-authority-unknown': 'certificate-unknown',
	'https-authority-of-shell': 'certificate-unknown',
	'https-authority-in-ssl-cert-file': 'certificate-unknown',
	'https-certificate-expired': 'certificate-unknown',
	'https-certificate-of-another-host': 'certificate-of-other',
	'https-proxy-of-shell': 'host-unknown',
	'https-proxy-upper-case': 'host-unknown',
	'https-proxy-closed': 'unreachable',
	'https-proxy-password': 'proxy-unreachable',
	'https-no-such-host': 'host-unknown',
	'https-no-name-server': 'host-unknown',
	'https-refused': 'unreachable',
	'https-no-route': 'unreachable',
	'https-silent-host': 'unreachable',
	'https-silent-host-given-up': 'unreachable',
	'local-missing': 'not-found',
	'local-of-someone-else': 'owned-by-other',
};

/** Newer systemd and OpenSSH behave otherwise. */
const onTrixie: Readonly<Record<string, GitAnswer>> = {
	'ssh-system-configuration': 'file-open',
	'ssh-refused-too-often': 'unreachable',
};

describe.each(['bullseye', 'bookworm', 'trixie'])(
	'what the git of Debian %s says is understood',
	(debian) => {
		const answers = recordedOn(debian);

		test.each(answers.map(({situation, service}) => [situation, service] as const))(
			'%s',
			(situation, {exitCode, ...said}) => {
				const timedOut = exitCode === undefined;
				// The bare git of older versions accepts a repository of another user.
				const wanted = (debian === 'trixie' ? onTrixie[situation] : undefined) ?? expected[situation];
				const fits = [wanted, ...(situation.startsWith('local-of') ? ['ready'] : [])];
				expect(fits).toContain(gitAnswer({...said, exitCode, timedOut, found: true}));
			},
		);

		test('every situation is known', () => {
			expect(answers.map(({situation}) => situation).filter((one) => !(one in expected))).toEqual([]);
		});
	},
);

test.each([
	[
		'git@Git.Example.org:team/app.git',
		{by: 'ssh', host: 'git.example.org', login: 'git', path: 'team/app.git'},
	],
	[
		'ssh://git@git.example.org:2222/team/app',
		{by: 'ssh', host: 'git.example.org', port: '2222', path: 'team/app'},
	],
	['https://alice@git.example.org/app', {by: 'http', host: 'git.example.org', login: 'alice', path: 'app'}],
	['https://[::1]:8443/app', {by: 'http', host: '::1', port: '8443'}],
	['/srv/app.git', {by: 'other', host: '', path: '/srv/app.git'}],
	['file:///srv/app.git', {by: 'other', host: '', path: 'srv/app.git'}],
])('the address in %s is found', (url, parts) => {
	expect(parseGitUrl(url)).toMatchObject(parts);
});

test.each([
	['Load key "/home/alice/.ssh/id_ed25519": bad permissions\r\n', '/home/alice/.ssh/id_ed25519'],
	[
		'Bad owner or permissions on /etc/ssh/ssh_config.d/20-system.conf\r\n',
		'/etc/ssh/ssh_config.d/20-system.conf',
	],
	[
		'Offending ED25519 key in /home/alice/.ssh/my hosts:12\r\n  remove with:\r\n',
		'/home/alice/.ssh/my hosts',
	],
	['Offending key for IP in /etc/ssh/ssh_known_hosts:1', undefined],
	["fatal: detected dubious ownership in repository at '/srv/app/.git'\nTo add", '/srv/app/.git'],
	['Permission denied (publickey).\r\n', undefined],
])('SSH names a file in %j', (stderr, path) => {
	expect(namedFile({stderr})).toBe(path);
});

test('a password with an @ is no part of the host', () => {
	const {host, login} = parseGitUrl('https://bot:hun@ter2@git.example.org/x.git');
	expect([host, login]).toEqual(['git.example.org', 'bot:hun@ter2']);
});
