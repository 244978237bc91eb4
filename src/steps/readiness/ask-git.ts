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
	for (const path of files) if (isEncrypted((await skim(subject.system, path)) ?? '')) return path;
	return undefined;
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

/**
 * Takes a login from the helpers that git has without it, and neither saves nor erases one: git has helpers erase a
 * login that was refused (gitcredentials(7), git-credential(1)). They get the whole path, as some are only for some.
 */
const onlyReading = [
	'credential.helper=',
	'credential.helper=!f() { test "$1" != get || { unset GIT_CONFIG_PARAMETERS; git credential fill; }; }; f',
	'credential.useHttpPath=true',
	'http.saveCookies=false',
].flatMap((setting) => ['-c', setting]);

/** No window of a desktop asks for a login: a variable of git, unless the settings have it, and of its credential manager. */
const withoutWindows = (environment: Variables): Variables => ({
	...(environment['SSH_ASKPASS'] === undefined && {SSH_ASKPASS: ''}),
	GCM_INTERACTIVE: 'never',
});

/** Lists the first branch of a repository as Vira would read it, with `added` variables, and changes nothing. */
export const lsRemote = async (
	subject: BuildSubject,
	{variables, run}: AsService,
	{git, url, added = {}}: AskedGit & {readonly added?: Variables},
): Promise<RunResult> =>
	run([git, ...onlyReading, 'ls-remote', '--quiet', '--', url, 'HEAD'], {
		timeoutMs: answerMs,
		signal: subject.signal,
		added: {
			...withoutWindows(subject.settings.environment),
			...added,
			GIT_SSH_COMMAND: await sshCommand(subject, url, sshOf({...variables, ...added})),
		},
	});
