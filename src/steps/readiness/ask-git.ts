import {shellWord} from '../../platform/command-text.ts';
import {skim} from '../../platform/paths.ts';
import {answerOf} from '../../platform/run-result.ts';
import {runningWith, type AsService} from '../../platform/service.ts';
import type {RunResult} from '../../platform/system.ts';
import {expandHome} from '../../settings/value.ts';
import {answerMs, findOnPath, type BuildSubject} from './build-check.ts';
import {parseGitUrl, type GitAddress} from './git-answer.ts';

type Variables = Readonly<Record<string, string>>;

/** The git that is asked, and for which repository. */
export interface AskedGit {
	readonly git: string;
	readonly url: string;
	/** Whether git may take a login from its helpers; absent: it may. */
	readonly helpers?: boolean;
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

/** The files of keys that SSH tries at a host, by whether they have a passphrase. */
export const readKeyFiles = async (
	subject: BuildSubject,
	address: GitAddress,
): Promise<{readonly locked: readonly string[]; readonly open: readonly string[]}> => {
	const shown = (await sshConfig(subject, address, sshOf(subject.service.variables))) ?? '';
	const files = [...shown.matchAll(/^identityfile (.+)$/gmu)].map(([, path = '']) =>
		expandHome(path, subject.facts.user.home),
	);
	const texts = await Promise.all(files.map((path) => skim(subject.system, path)));
	const present = files.flatMap((path, index) => {
		const text = texts[index];
		return text === undefined ? [] : [{path, isLocked: isEncrypted(text)}];
	});
	const paths = (wanted: boolean) =>
		present.filter(({isLocked}) => isLocked === wanted).map(({path}) => path);
	return {locked: paths(true), open: paths(false)};
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

const sshCommand = async (subject: BuildSubject, url: string, command: string): Promise<string> => {
	const address = parseGitUrl(url);
	if (address.by !== 'ssh') return `${command} ${neverAsking}`;
	const shown = (await sshConfig(subject, address, command)) ?? '';
	const [, knownHosts = usualKnownHosts] = /^userknownhostsfile (.+)$/mu.exec(shown) ?? [];
	const [program = '', ...words] = isPlain(command) ? command.split(' ') : [command];
	return [program, changingNothing(knownHosts), ...words, neverAsking].join(' ');
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

/** Whether one of the helpers that git takes logins from keeps them in the login keychain (gitcredentials(7)). */
export const usesKeychain = async ({service, signal}: BuildSubject, git: string): Promise<boolean> => {
	const words = [git, 'config', '--get-regexp', '^credential\\..*helper$'] as const;
	const result = await service.run(words, {timeoutMs: answerMs, signal});
	return /osxkeychain|credential-manager|\bmanager\b/u.test(answerOf(result) ?? '');
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
	{git, url, helpers = true, added = {}}: AskedGit & {readonly added?: Variables},
): Promise<RunResult> =>
	run([git, ...noHelper, ...(helpers ? onlyReading : []), 'ls-remote', '--quiet', '--', url, 'HEAD'], {
		timeoutMs: answerMs,
		signal: subject.signal,
		added: {
			...withoutWindows(subject.settings.environment),
			...added,
			GIT_SSH_COMMAND: await sshCommand(subject, url, sshOf({...variables, ...added})),
		},
	});
