import {shellWord} from '../../platform/command-text.ts';
import {skim} from '../../platform/paths.ts';
import {answerOf} from '../../platform/run-result.ts';
import {runningWith, type AsService} from '../../platform/service.ts';
import type {RunResult} from '../../platform/system.ts';
import {expandHome} from '../../settings/value.ts';
import {answerMs, configFolder, findOnPath, isGhInKeychain, type BuildSubject} from './build-check.ts';
import {knownHost, parseGitUrl, type GitAddress} from './git-answer.ts';

type Variables = Readonly<Record<string, string>>;

/** The git that is asked, and for which repository. */
export interface AskedGit {
	readonly git: string;
	readonly url: string;
	/** Whether git and SSH may use what only a session of the person has: helpers for logins, the keychain; absent: they may. */
	readonly inSession?: boolean;
}

/** What is added to the command for SSH, as Vira does it (its git-effectful, Effectful.Git.Core). */
const neverAsking = '-o BatchMode=yes -o StrictHostKeyChecking=accept-new';

/** SSH itself, without quotes, variables and the like: its words are what a shell makes of it. */
const isPlain = (command: string): boolean =>
	/^(?:[\w.\/~+\-]*\/)?ssh(?: [\w.\/~:=@%+,\- ]*)?$/u.test(command);

const readSshConfig = async (
	{system, service: {variables}, signal, facts}: BuildSubject,
	{host, login}: GitAddress,
	command: string,
): Promise<string | undefined> => {
	const [program = '', ...words] = command
		.split(/ +/u)
		.filter(Boolean)
		.map((word) => expandHome(word, facts.user.home));
	const ssh = program.includes('/') ? program : await findOnPath(system, variables['PATH'], program);
	if (ssh === undefined || !isPlain(command)) return undefined;
	const target = login === undefined ? host : `${login}@${host}`;
	const {run} = runningWith(system, variables);
	return answerOf(await run([ssh, ...words, '-G', target], {timeoutMs: answerMs, signal}));
};

const configs = new WeakMap<AsService, Map<string, Promise<string | undefined>>>();

/** What SSH does at a host with its configuration and that command (ssh(1), -G); undefined if it does not say. */
const sshConfig = (
	subject: BuildSubject,
	address: GitAddress,
	command: string,
): Promise<string | undefined> => {
	const known = configs.get(subject.service) ?? new Map<string, Promise<string | undefined>>();
	configs.set(subject.service, known);
	const key = JSON.stringify([address.login, address.host, command]);
	const config = known.get(key) ?? readSshConfig(subject, address, command);
	known.set(key, config);
	return config;
};

const sshOf = (variables: Variables): string => variables['GIT_SSH_COMMAND'] || 'ssh';

/** Headers of keys with a passphrase: PEM, PKCS#8 (RFC 5958), and OpenSSH's own format (PROTOCOL.key). */
const isEncrypted = (text: string): boolean => {
	if (/^Proc-Type: 4,ENCRYPTED|BEGIN ENCRYPTED PRIVATE KEY/mu.test(text)) return true;
	const [, body = ''] = /BEGIN OPENSSH PRIVATE KEY-----\s*([\s\S]{24,80})/u.exec(text) ?? [];
	const bytes = Buffer.from(body, 'base64');
	const magic = 'openssh-key-v1\0';
	return bytes.toString('latin1', 0, magic.length) === magic && bytes.toString('latin1', 19, 23) !== 'none';
};

/** The first key that SSH tries at a host and that has a passphrase. */
export const lockedKey = async (subject: BuildSubject, address: GitAddress): Promise<string | undefined> => {
	const shown = (await sshConfig(subject, address, sshOf(subject.service.variables))) ?? '';
	const files = [...shown.matchAll(/^identityfile (.+)$/gmu)].map(([, path = '']) =>
		expandHome(path, subject.facts.user.home),
	);
	const texts = await Promise.all(files.map((path) => skim(subject.system, path)));
	return files.find((_, index) => isEncrypted(texts[index] ?? ''));
};

/** ssh_config(5), if nobody configured others. */
const usualKnownHosts = '~/.ssh/known_hosts ~/.ssh/known_hosts2';

/**
 * SSH adds a host that it does not know to the first of the files (ssh_config(5), UserKnownHostsFile): here nowhere. Nor
 * does it leave a connection open, or use one that ends with the login. The first value of an option counts, so these come
 * before those of the person.
 */
const changingNothing = (knownHosts: string): string => {
	const files = knownHosts === 'none' ? '/dev/null' : `/dev/null ${knownHosts}`;
	const options = [
		`UserKnownHostsFile=${files}`,
		'UpdateHostKeys=no',
		'ControlMaster=no',
		'ControlPath=none',
	];
	return options.map((option) => `-o ${shellWord(option)}`).join(' ');
};

/** SSH of macOS can take passphrases from the login keychain; others do not know that option (ssh_config(5) of macOS). */
const withoutKeychain = '-o IgnoreUnknown=UseKeychain -o UseKeychain=no';

const sshCommand = async (
	subject: BuildSubject,
	{url, inSession = true}: AskedGit,
	command: string,
): Promise<string> => {
	const address = parseGitUrl(url);
	if (address.by !== 'ssh') return `${command} ${neverAsking}`;
	const shown = (await sshConfig(subject, address, command)) ?? '';
	const [, knownHosts = usualKnownHosts] = /^userknownhostsfile (.+)$/mu.exec(shown) ?? [];
	const [program = '', ...words] = isPlain(command) ? command.split(' ') : [command];
	const without = inSession ? [] : [withoutKeychain];
	return [program, changingNothing(knownHosts), ...without, ...words, neverAsking].join(' ');
};

/** An empty one takes away those before it (gitcredentials(7), "helper"). */
const noHelper = ['-c', 'credential.helper='];

/**
 * Takes a login from the helpers that git has without it, and neither saves nor erases one: git has helpers erase a
 * login that was refused (gitcredentials(7), git-credential(1)). They get the whole path, as some are only for some.
 */
const onlyReading = [
	'credential.helper=!f() { test "$1" != get || { unset GIT_CONFIG_PARAMETERS; git credential fill; }; }; f',
	'credential.useHttpPath=true',
	'http.saveCookies=false',
].flatMap((setting) => ['-c', setting]);

/** The helpers that git asks for a login at a host, from `git config --get-regexp`: an empty one clears those before it. */
const helpersIn = (text: string, host: string): readonly string[] => {
	const lines = [...text.matchAll(/^credential\.(?:(\S+)\.)?helper(?: (.*))?$/gmu)];
	return lines
		.filter(([, url]) => url === undefined || parseGitUrl(url).host === host)
		.reduce<readonly string[]>((all, [, , helper = '']) => (helper === '' ? [] : [...all, helper]), []);
};

/** Whether git takes logins for a URL from helpers that all keep them in the login keychain (gitcredentials(7)). */
export const usesKeychain = async (subject: BuildSubject, {git, url}: AskedGit): Promise<boolean> => {
	const {service, signal, system} = subject;
	const words = [git, 'config', '--get-regexp', '^credential\\..*helper$'] as const;
	const [result, hosts] = await Promise.all([
		service.run(words, {timeoutMs: answerMs, signal}),
		skim(system, `${configFolder(subject)}/gh/hosts.yml`),
	]);
	const helpers = helpersIn(answerOf(result) ?? '', parseGitUrl(url).host);
	const kept = isGhInKeychain(subject, hosts)
		? /osxkeychain|credential-manager|\bmanager\b|\bgh auth git-credential/u
		: /osxkeychain|credential-manager|\bmanager\b/u;
	return helpers.length > 0 && helpers.every((helper) => kept.test(helper));
};

/** A host as known_hosts has it, which SSH's configuration can name otherwise than the URL (ssh_config(5), HostKeyAlias). */
export const hostInFile = async (subject: BuildSubject, address: GitAddress): Promise<string> => {
	const shown = (await sshConfig(subject, address, sshOf(subject.service.variables))) ?? '';
	const value = (name: string): string | undefined => new RegExp(`^${name} (.+)$`, 'mu').exec(shown)?.[1];
	const alias = value('hostkeyalias');
	if (alias !== undefined && alias !== 'none') return alias;
	return knownHost({host: value('hostname') ?? address.host, port: address.port ?? value('port')});
};

/** No window of a desktop asks for a login: a variable of git, unless the settings have it, and of its credential manager. */
const withoutWindows = (environment: Variables): Variables => ({
	...(environment['SSH_ASKPASS'] === undefined && {SSH_ASKPASS: ''}),
	GCM_INTERACTIVE: 'never',
});

/** Lists the first branch of a repository as Vira would read it, with `added` variables, and changes nothing. */
export const lsRemote = async (
	subject: BuildSubject,
	{variables, run}: AsService,
	{added = {}, ...asked}: AskedGit & {readonly added?: Variables},
): Promise<RunResult> => {
	const {git, url, inSession = true} = asked;
	return run(
		[git, ...noHelper, ...(inSession ? onlyReading : []), 'ls-remote', '--quiet', '--', url, 'HEAD'],
		{
			timeoutMs: answerMs,
			signal: subject.signal,
			added: {
				...withoutWindows(subject.settings.environment),
				...added,
				GIT_SSH_COMMAND: await sshCommand(subject, asked, sshOf({...variables, ...added})),
			},
		},
	);
};
