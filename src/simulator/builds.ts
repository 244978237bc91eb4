import {posix} from 'node:path';
import type {RunOptions, RunResult} from '../platform/system.ts';
import {commandNotFound} from './command-words.ts';
import type {RepositorySituation} from './builds-state.ts';
import {writeWithFolders, type Machine} from './machine.ts';
import type {MachineState} from './machine-state.ts';
import {failed, notFound, output, ranOutOfTime} from './result.ts';

type Variables = Readonly<Record<string, string | undefined>>;

const fatal = (...lines: readonly string[]): RunResult => failed(lines.join('\n'), 128);

const overSsh = (...lines: readonly string[]): RunResult =>
	fatal(
		...lines,
		'fatal: Could not read from remote repository.',
		'',
		'Please make sure you have the correct access rights',
		'and the repository exists.',
	);

const withoutAccess = (url: string, what: string): RunResult =>
	fatal(`fatal: unable to access '${url}/': ${what}`);

const refusedKey = (): RunResult => overSsh('git@git.example.org: Permission denied (publickey).');

const found = (): RunResult => output('2be66575f0372e3594256fb43eabbadf8f42ecdd\tHEAD');

const unverified = (url: string): RunResult =>
	withoutAccess(url, 'server certificate verification failed. CAfile: none CRLfile: none');

const noUsername = (url: string): RunResult =>
	fatal(`fatal: could not read Username for '${new URL(url).origin}': No such device or address`);

/** As git 2.39 and OpenSSH 9.2 say it (__tests__/support/recorded/). */
const answers: Readonly<
	Record<Exclude<RepositorySituation, 'silent'>, (url: string, variables: Variables) => RunResult>
> = {
	'not-found': (url) => fatal('remote: Repository not found.', `fatal: repository '${url}/' not found`),
	'host-unknown': (url) => withoutAccess(url, 'Could not resolve host: git.example.org'),
	'host-key-changed': () =>
		overSsh(
			'@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @',
			'Offending ED25519 key in /home/alice/.ssh/known_hosts:1\r',
			'Host key verification failed.',
		),
	'key-refused': refusedKey,
	'wants-password': (url) => noUsername(url),
	'password-refused': (url) => fatal(`fatal: Authentication failed for '${url}/'`),
	'certificate-unknown': unverified,
	empty: () => output(''),
	'needs-keychain': (url) => noUsername(url),
	'needs-agent': (_, {SSH_AUTH_SOCK}) => (SSH_AUTH_SOCK ? found() : refusedKey()),
	'needs-proxy': (url, {https_proxy: lower, HTTPS_PROXY: upper}) =>
		lower || upper ? found() : withoutAccess(url, 'Could not resolve host: git.example.org'),
	'needs-certificate': (url, {GIT_SSL_CAINFO}) => (GIT_SSL_CAINFO ? found() : unverified(url)),
	'needs-ssh-command': (_, {GIT_SSH_COMMAND = 'ssh'}) =>
		GIT_SSH_COMMAND.replaceAll(/ -o (?:'[^']*'|\S+)/gu, '') === 'ssh' ? refusedKey() : found(),
};

const situationOf = ({builds}: MachineState, url: string): RepositorySituation | undefined =>
	Object.entries(builds?.repositories ?? {}).find(([beginning]) => url.startsWith(beginning))?.[1];

const helperLines = ({mac, builds}: MachineState): RunResult => {
	const helpers = builds?.credentialHelpers ?? (mac ? ['osxkeychain'] : []);
	const lines = helpers.map((helper) => `credential.helper ${helper}`);
	return lines.length > 0 ? output(lines.join('\n')) : failed('', 1);
};

type Tool = (machine: Machine, command: readonly string[], variables: Variables) => RunResult;

/** git(1), as far as it asks what a repository has. */
const git: Tool = (machine, command, variables) => {
	if (command.slice(1).join(' ') === 'config --get-regexp ^credential\\..*helper$')
		return helperLines(machine.state);
	const own = command.findIndex((word, index) => index % 2 === 1 && word !== '-c');
	const [subcommand, quiet, dashes, url, head, ...more] = command.slice(own);
	const isKnown = subcommand === 'ls-remote' && quiet === '--quiet' && dashes === '--' && head === 'HEAD';
	if (!isKnown || url === undefined || more.length > 0) throw commandNotFound(command);
	const situation = situationOf(machine.state, url);
	const asksHelpers = command.some((word) => word.startsWith('credential.helper=!'));
	if (situation === 'needs-keychain' && asksHelpers) return found();
	if (situation === undefined) {
		const isSsh = /^(?:ssh:|[^\/]*@)/u.test(url);
		return isSsh && machine.state.builds?.missing?.includes('ssh')
			? overSsh('ssh -o BatchMode=yes: 1: ssh: not found')
			: found();
	}
	return situation === 'silent' ? ranOutOfTime : answers[situation](url, variables);
};

/** ssh(1), -G */
const ssh: Tool = ({state}, command) => {
	const [flag, host, ...more] = command.slice(command.indexOf('-G'));
	if (flag !== '-G' || host === undefined || more.length > 0) throw commandNotFound(command);
	const files = ['identityfile ~/.ssh/id_ed25519', `userknownhostsfile ${state.user.home}/.ssh/known_hosts`];
	return output([`host ${host}`, `user ${state.user.name}`, ...files].join('\n'));
};

/** gh(1), auth status */
const gh: Tool = ({state}, command) => {
	if (command.slice(1).join(' ') !== 'auth status --json hosts') throw commandNotFound(command);
	const is = state.builds?.gh;
	if (is === 'fails') return failed('failed to read configuration: invalid config file');
	const account = {state: is === 'refused' ? 'error' : 'success', active: true, host: 'github.com'};
	return output(JSON.stringify({hosts: is === 'logged-out' ? {} : {'github.com': [account]}}));
};

const tools: Readonly<Record<string, Tool>> = {git, ssh, gh};

const isInstalled = ({builds}: MachineState, name: string): boolean =>
	name === 'gh' ? builds?.gh !== undefined : !builds?.missing?.some((one) => one === name);

/** Runs a program that builds use; undefined: it is none of them. */
export const runBuildTool = (
	machine: Machine,
	command: readonly string[],
	{environment = {}}: Pick<RunOptions, 'environment'>,
): RunResult | undefined => {
	const [program = ''] = command;
	const name = posix.basename(program);
	if (program !== name && posix.dirname(program) !== '/usr/bin') return undefined;
	if (!Object.hasOwn(tools, name)) return undefined;
	return isInstalled(machine.state, name) ? tools[name]?.(machine, command, environment) : notFound;
};

/** A command that systemd-run(1) runs as a transient service, and its variables. */
export const inTransientService = (
	command: readonly string[],
	environment: Readonly<Record<string, string>> = {},
): {readonly command: readonly string[]; readonly environment: Readonly<Record<string, string>>} => {
	const begin = command.indexOf('--');
	const wanted = ['--user', '--pipe', '--wait', '--collect', '--quiet'];
	const words = command.slice(1, begin);
	const given = words.filter((word) => word.startsWith('--setenv='));
	const isKnown = words.every(
		(word) =>
			wanted.includes(word) || /^--(?:property|unit|description)=/u.test(word) || given.includes(word),
	);
	if (begin < 0 || !isKnown || !wanted.every((word) => words.includes(word))) throw commandNotFound(command);
	const variables = given.map((word): [string, string] => {
		const [name = '', ...value] = word.slice('--setenv='.length).split('=');
		return [name, value.length === 0 ? (environment[name] ?? '') : value.join('=')];
	});
	const inner = command.slice(begin + 1).map((word) => word.replaceAll('$$', '$'));
	return {command: inner, environment: Object.fromEntries(variables)};
};

/** "nix store info" and "nix config show" (Nix 2.24). */
export const askedOfNix = ({state}: Machine, words: readonly string[]): RunResult | undefined => {
	const {nix, isTrusted = true} = state.builds ?? {};
	const socket = "error: cannot connect to socket at '/nix/var/nix/daemon-socket/socket'";
	if (words.join(' ') === '--extra-experimental-features nix-command store info') {
		if (nix === 'daemon-stopped') return failed(`Store URL: daemon\n${socket}: Connection refused`);
		if (nix === 'refused') return failed(`Store URL: daemon\n${socket}: Permission denied`);
		return output(`Store URL: daemon\nVersion: ${state.nix?.version ?? ''}\nTrusted: ${Number(isTrusted)}`);
	}
	if (words.join(' ') !== 'config show') return undefined;
	return nix === 'flakes-off'
		? failed(
				"error: experimental Nix feature 'nix-command' is disabled; add '--extra-experimental-features nix-command' to enable it",
			)
		: output('experimental-features = flakes nix-command\nmax-jobs = 4\nsandbox = true');
};

/** Creates what builds need on a new machine. */
export const putBuildTools = async (machine: Machine): Promise<void> => {
	for (const name of Object.keys(tools))
		if (isInstalled(machine.state, name))
			await writeWithFolders(machine, `/usr/bin/${name}`, {content: '#!/bin/sh\n', mode: 0o755});
};

/** 8 GiB, unless another size is given; in bytes. */
export const memoryOf = ({builds}: MachineState): number => builds?.memoryBytes ?? 8 * 2 ** 30;
