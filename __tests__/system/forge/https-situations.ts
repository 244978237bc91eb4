import type {Machine} from '../../../scripts/machine/machine.ts';
import {asAlice, internalAuthority, login} from './forge.ts';
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

export const httpsSituations: readonly Situation[] = [
	{name: 'https-public', url: publicHttps, code: 'repository-ready'},
	{
		name: 'https-password',
		url: privateHttps,
		code: 'repository-wants-password',
		fix: {arrange: all(useHelper('store'), saveLogin())},
	},
	{
		name: 'https-password-user-in-url',
		url: 'https://alice@git.example.org/private/project.git',
		code: 'repository-wants-password',
		fix: {arrange: all(useHelper('store'), saveLogin())},
	},
	{
		name: 'https-password-no-prompt',
		url: privateHttps,
		shell: {GIT_TERMINAL_PROMPT: '0'},
		service: {GIT_TERMINAL_PROMPT: '0'},
		code: 'repository-wants-password',
	},
	{
		name: 'https-helper',
		url: privateHttps,
		arrange: all(useHelper('store'), saveLogin()),
		code: 'repository-ready',
	},
	{
		name: 'https-helper-without-login',
		url: privateHttps,
		arrange: useHelper('store'),
		code: 'repository-wants-password',
		fix: {arrange: saveLogin()},
	},
	{
		name: 'https-wrong-password',
		url: privateHttps,
		arrange: all(useHelper('store'), saveLogin('wrong')),
		code: 'repository-password-refused',
		fix: {arrange: saveLogin()},
	},
	{
		name: 'https-helper-of-shell',
		url: privateHttps,
		arrange: helperOfShell,
		shell: {PATH: onPath},
		code: 'repository-path-in-shell',
		fix: {service: {PATH: onPath}},
	},
	{
		name: 'https-not-found',
		url: 'https://git.example.org/public/missing.git',
		code: 'repository-not-found',
		fix: {url: publicHttps},
	},
	{
		name: 'https-forbidden',
		url: 'https://git.example.org/forbidden/x.git',
		code: 'repository-password-refused',
	},
	{name: 'https-broken', url: 'https://git.example.org/broken/x.git', code: 'repository-unreachable'},
	{name: 'https-page', url: 'https://git.example.org/page/x', code: 'repository-not-found'},
	{
		// A list of no branches, as git understands it: success alone does not say that there is a repository.
		name: 'https-page-of-one-line',
		url: 'https://git.example.org/line/x',
		code: 'repository-no-commit',
	},
	{name: 'https-empty', url: 'https://git.example.org/public/empty.git', code: 'repository-no-commit'},
	{name: 'https-silent', url: 'https://git.example.org/silent/x.git', code: 'repository-unreachable'},
	{
		name: 'https-authority-unknown',
		url: internalHttps,
		code: 'repository-certificate-unknown',
		fix: {service: {GIT_SSL_CAINFO: internalAuthority}},
	},
	{
		name: 'https-authority-of-shell',
		url: internalHttps,
		shell: {GIT_SSL_CAINFO: internalAuthority},
		code: 'repository-certificate-in-shell',
		fix: 'printed',
	},
	{
		name: 'https-authority-in-ssl-cert-file',
		url: internalHttps,
		// The git of Debian uses GnuTLS, which does not read the variable of OpenSSL.
		shell: {SSL_CERT_FILE: internalAuthority},
		code: 'repository-certificate-unknown',
		fix: {service: {GIT_SSL_CAINFO: internalAuthority}},
	},
	{
		name: 'https-certificate-expired',
		url: 'https://expired.example.org/public/project.git',
		code: 'repository-certificate-unknown',
	},
	{
		name: 'https-certificate-of-another-host',
		url: 'https://alias.example.org/public/project.git',
		code: 'repository-certificate-of-other',
		fix: {url: publicHttps},
	},
];
