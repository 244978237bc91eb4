import type {Machine} from '../../../scripts/machine/machine.ts';
import {asAlice, asRoot, internalAuthority, login, proxy, waryProxy} from './forge.ts';
import {all, over, type Situation} from './situation.ts';

const {publicHttps, privateHttps, internalHttps} = over;

const useHelper = (helper: string) => (machine: Machine) =>
	asAlice(machine, `git config --global credential.helper '${helper}'`);

/** What the helper `store` has saved (git-credential-store(1)). */
const saveLogin =
	(password: string = login.password) =>
	(machine: Machine) =>
		machine.writeFile('/home/alice/.git-credentials', `https://${login.user}:${password}@git.example.org\n`, {
			mode: '600',
			owner: 'alice',
		});

const giveUpSoon = (machine: Machine) => asRoot(machine, 'echo 1 >/proc/sys/net/ipv4/tcp_syn_retries');

/** A helper in a folder that only the shell has on its PATH. */
const helperOfShell = all(
	(machine) =>
		machine.writeFile(
			'/home/alice/bin/git-credential-forge',
			`#!/bin/sh\necho username=${login.user}\necho password=${login.password}\n`,
			{mode: '755', owner: 'alice'},
		),
	useHelper('forge'),
);

const onPath = '/home/alice/bin:/usr/local/bin:/usr/bin:/bin';

/** Below alice's folder is one of someone else. */
const othersFolder = (machine: Machine) =>
	asRoot(
		machine,
		'rm -rf /srv/local.git && cp -R /srv/git/public/project.git /srv/local.git && chown -R admin /srv/local.git',
	);

export const httpsSituations: readonly Situation[] = [
	{name: 'https-public', url: publicHttps, ends: ['lists', 'lists'], code: 'ok'},
	{
		name: 'https-password',
		url: privateHttps,
		ends: ['fails', 'fails'],
		code: 'password',
		fix: {arrange: all(useHelper('store'), saveLogin())},
	},
	{
		name: 'https-password-user-in-url',
		url: 'https://alice@git.example.org/private/project.git',
		ends: ['fails', 'fails'],
		code: 'password',
		fix: {arrange: all(useHelper('store'), saveLogin())},
	},
	{
		name: 'https-password-no-prompt',
		url: privateHttps,
		shell: {GIT_TERMINAL_PROMPT: '0'},
		service: {GIT_TERMINAL_PROMPT: '0'},
		ends: ['fails', 'fails'],
		code: 'password',
	},
	{
		name: 'https-helper',
		url: privateHttps,
		arrange: all(useHelper('store'), saveLogin()),
		ends: ['lists', 'lists'],
		code: 'ok',
	},
	{
		name: 'https-helper-without-login',
		url: privateHttps,
		arrange: useHelper('store'),
		ends: ['fails', 'fails'],
		code: 'password',
		fix: {arrange: saveLogin()},
	},
	{
		name: 'https-wrong-password',
		url: privateHttps,
		arrange: all(useHelper('store'), saveLogin('wrong')),
		ends: ['fails', 'fails'],
		code: 'password-refused',
		fix: {arrange: saveLogin()},
	},
	{
		name: 'https-helper-of-shell',
		url: privateHttps,
		arrange: helperOfShell,
		shell: {PATH: onPath},
		ends: ['lists', 'fails'],
		code: 'password',
		fix: {service: {PATH: onPath}},
	},
	{
		name: 'https-not-found',
		url: 'https://git.example.org/public/missing.git',
		ends: ['fails', 'fails'],
		code: 'not-found',
		fix: {url: publicHttps},
	},
	{
		name: 'https-forbidden',
		url: 'https://git.example.org/forbidden/x.git',
		ends: ['fails', 'fails'],
		code: 'forbidden',
	},
	{
		name: 'https-broken',
		url: 'https://git.example.org/broken/x.git',
		ends: ['fails', 'fails'],
		code: 'failing',
	},
	{
		name: 'https-page',
		url: 'https://git.example.org/page/x',
		ends: ['fails', 'fails'],
		code: 'no-repository',
	},
	{
		// A list of no branches, as git understands it: success alone does not say that there is a repository.
		name: 'https-page-of-one-line',
		url: 'https://git.example.org/line/x',
		ends: ['lists nothing', 'lists nothing'],
		code: 'empty',
	},
	{
		name: 'https-empty',
		url: 'https://git.example.org/public/empty.git',
		ends: ['lists nothing', 'lists nothing'],
		code: 'empty',
	},
	{
		name: 'https-silent',
		url: 'https://git.example.org/silent/x.git',
		ends: ['waits', 'waits'],
		code: 'unreachable',
	},
	{
		name: 'https-authority-unknown',
		url: internalHttps,
		ends: ['fails', 'fails'],
		code: 'certificate',
		fix: {service: {GIT_SSL_CAINFO: internalAuthority}},
	},
	{
		name: 'https-authority-of-shell',
		url: internalHttps,
		shell: {GIT_SSL_CAINFO: internalAuthority},
		ends: ['lists', 'fails'],
		code: 'certificate',
		fix: {service: {GIT_SSL_CAINFO: internalAuthority}},
	},
	{
		name: 'https-authority-in-ssl-cert-file',
		url: internalHttps,
		shell: {SSL_CERT_FILE: internalAuthority},
		// The git of Debian uses GnuTLS, which does not read the variable of OpenSSL.
		ends: ['fails', 'fails'],
		code: 'certificate',
		fix: {service: {GIT_SSL_CAINFO: internalAuthority}},
	},
	{
		name: 'https-certificate-expired',
		url: 'https://expired.example.org/public/project.git',
		ends: ['fails', 'fails'],
		code: 'certificate',
	},
	{
		name: 'https-certificate-of-another-host',
		url: 'https://alias.example.org/public/project.git',
		ends: ['fails', 'fails'],
		code: 'certificate',
		fix: {url: publicHttps},
	},
	{
		name: 'https-proxy-of-shell',
		url: 'https://behind.example.org/public/project.git',
		shell: {https_proxy: proxy},
		ends: ['lists', 'fails'],
		code: 'host-not-found',
		fix: {service: {https_proxy: proxy}},
	},
	{
		name: 'https-proxy-upper-case',
		url: 'https://behind.example.org/public/project.git',
		shell: {HTTPS_PROXY: proxy},
		ends: ['lists', 'fails'],
		code: 'host-not-found',
		fix: {service: {HTTPS_PROXY: proxy}},
	},
	{
		name: 'https-proxy-closed',
		url: publicHttps,
		service: {https_proxy: 'http://closed.example.org:3128'},
		ends: ['lists', 'fails'],
		code: 'unreachable',
		fix: {service: {https_proxy: proxy}},
	},
	{
		name: 'https-proxy-password',
		url: publicHttps,
		service: {https_proxy: waryProxy},
		ends: ['lists', 'fails'],
		code: 'proxy-password',
		fix: {service: {https_proxy: proxy}},
	},
	{
		name: 'https-no-such-host',
		url: 'https://nowhere.example.org/public/project.git',
		ends: ['fails', 'fails'],
		code: 'host-not-found',
		fix: {url: publicHttps},
	},
	{
		name: 'https-no-name-server',
		url: 'https://nowhere.example.org/public/project.git',
		arrange: (machine) => asRoot(machine, 'mv /etc/resolv.conf /etc/resolv.conf.away'),
		ends: ['fails', 'fails'],
		code: 'host-not-found',
		fix: {url: publicHttps},
	},
	{
		name: 'https-refused',
		url: 'https://closed.example.org/public/project.git',
		ends: ['fails', 'fails'],
		code: 'unreachable',
		fix: {url: publicHttps},
	},
	{
		name: 'https-no-route',
		url: 'https://unreachable.example.org/public/project.git',
		ends: ['fails', 'fails'],
		code: 'unreachable',
		fix: {url: publicHttps},
	},
	{
		name: 'https-silent-host',
		url: 'https://silent.example.org/public/project.git',
		ends: ['waits', 'waits'],
		code: 'unreachable',
		fix: {url: publicHttps},
	},
	{
		name: 'https-silent-host-given-up',
		url: 'https://silent.example.org/public/project.git',
		arrange: giveUpSoon,
		ends: ['fails', 'fails'],
		code: 'unreachable',
		fix: {url: publicHttps},
	},
	{
		name: 'local-missing',
		url: '/srv/missing.git',
		ends: ['fails', 'fails'],
		code: 'not-found',
		fix: {url: publicHttps},
	},
	{
		name: 'local-of-someone-else',
		url: 'file:///srv/local.git',
		arrange: othersFolder,
		ends: ['fails', 'fails'],
		code: 'owner',
		fix: {
			arrange: (machine) => asAlice(machine, 'git config --global --add safe.directory /srv/local.git'),
		},
	},
];
