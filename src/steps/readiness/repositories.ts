import {look, skim} from '../../platform/paths.ts';
import {answerOf} from '../../platform/run-result.ts';
import {runningWith, type AsService} from '../../platform/service.ts';
import type {RunResult} from '../../platform/system.ts';
import {masker} from '../../settings/secrets/masker.ts';
import {expandHome} from '../../settings/value.ts';
import {findOnPath, answerMs, onlyInShell, type BuildCheck, type BuildSubject} from './build-check.ts';
import {
	gitAnswer,
	isOfOther,
	lastLine,
	openFile,
	parseGitUrl,
	type GitAddress,
	type GitAnswer,
	type Unread,
} from './git-answer.ts';
import {uncheckedRepository, repositoryCheck} from './repository-notice.ts';

/** What is added to the command for SSH, as Vira does it (its git-effectful, Effectful.Git.Core). */
const neverAsking = '-o BatchMode=yes -o StrictHostKeyChecking=accept-new';

type Variables = Readonly<Record<string, string>>;

/** The git that is asked, and for which repository. */
interface AskedGit {
	readonly git: string;
	readonly url: string;
}

const lsRemote = (
	{signal}: Pick<BuildSubject, 'signal'>,
	{variables, run}: AsService,
	{git, url, added = {}}: AskedGit & {readonly added?: Variables},
): Promise<RunResult> => {
	const ssh = {...variables, ...added}['GIT_SSH_COMMAND'] ?? 'ssh';
	return run([git, 'ls-remote', '--quiet', '--', url, 'HEAD'], {
		timeoutMs: answerMs,
		signal,
		added: {...added, GIT_SSH_COMMAND: `${ssh} ${neverAsking}`},
	});
};

/** Headers of keys with a passphrase: PEM, PKCS#8 (RFC 5958), and OpenSSH's own format (PROTOCOL.key). */
const isEncrypted = (text: string): boolean => {
	if (/^Proc-Type: 4,ENCRYPTED|BEGIN ENCRYPTED PRIVATE KEY/mu.test(text)) return true;
	const [, body = ''] = /BEGIN OPENSSH PRIVATE KEY-----\s*([\s\S]{24,80})/u.exec(text) ?? [];
	const bytes = Buffer.from(body, 'base64');
	const magic = 'openssh-key-v1\0';
	return bytes.toString('latin1', 0, magic.length) === magic && bytes.toString('latin1', 19, 23) !== 'none';
};

/** The first key for a host that has a passphrase (ssh(1), -G). */
const lockedKey = async (subject: BuildSubject, {host, login}: GitAddress): Promise<string | undefined> => {
	const {system, service, signal, facts} = subject;
	const ssh = await findOnPath(system, service.variables['PATH'], 'ssh');
	if (ssh === undefined) return undefined;
	const target = login === undefined ? host : `${login}@${host}`;
	const shown = answerOf(await service.run([ssh, '-G', target], {timeoutMs: answerMs, signal})) ?? '';
	const files = [...shown.matchAll(/^identityfile (.+)$/gmu)].map(([, path = '']) =>
		expandHome(path, facts.user.home),
	);
	for (const path of files) if (isEncrypted((await skim(system, path)) ?? '')) return path;
	return undefined;
};

const inShell: Partial<Record<GitAnswer, Unread['answer']>> = {
	'certificate-unknown': 'certificate-in-shell',
	'certificate-file': 'certificate-in-shell',
	'wants-password': 'path-in-shell',
	'ssh-missing': 'path-in-shell',
};

/** What of the shell may help, if the service lacks it. */
const helpers = (subject: BuildSubject, {by}: GitAddress, answer: GitAnswer): Variables => {
	if (inShell[answer] === 'path-in-shell') return {PATH: subject.system.environment['PATH'] ?? ''};
	if (by === 'ssh') return onlyInShell(subject, 'ssh', 'agent');
	return by === 'http' ? onlyInShell(subject, 'proxy', 'certificate') : {};
};

/** Whether it can be read with variables of the shell: outside of the sandbox, where its agent can be reached. */
const withShell = async (
	subject: BuildSubject,
	asked: AskedGit,
	answer: GitAnswer,
): Promise<Unread | undefined> => {
	const address = parseGitUrl(asked.url);
	const added = helpers(subject, address, answer);
	if (answer === 'not-found' || Object.keys(added).length === 0) return undefined;
	const plain = runningWith(subject.system, subject.service.variables);
	if (gitAnswer(await lsRemote(subject, plain, {...asked, added})) !== 'ready') return undefined;
	if (inShell[answer] === 'path-in-shell') return {answer: 'path-in-shell', answeredBefore: answer};
	if (address.by === 'http') return {answer: inShell[answer] ?? 'proxy-in-shell', added};
	if (!('SSH_AUTH_SOCK' in added)) return {answer: 'ssh-in-shell', added};
	const key = await lockedKey(subject, address);
	return {answer: 'key-passphrase', ...(key !== undefined && {key})};
};

/** Whether git can read it with the variables of the service, but without its sandbox. */
const isReadableOutside = async (
	{system, service, signal}: BuildSubject,
	asked: AskedGit,
): Promise<boolean> =>
	gitAnswer(await lsRemote({signal}, runningWith(system, service.variables), asked)) === 'ready';

const findCause = async (subject: BuildSubject, asked: AskedGit, result: RunResult): Promise<Unread> => {
	const address = parseGitUrl(asked.url);
	const answer = isOfOther(result, address.host) ? 'proxy-unreachable' : gitAnswer(result);
	if (answer === 'ready' || subject.signal.aborted) return {answer};
	const known = await withShell(subject, asked, answer);
	if (known) return known;
	const file = openFile(result);
	if (file?.startsWith('/etc/') && (await isReadableOutside(subject, asked)))
		return {answer: 'sandboxed', key: file, fix: subject.service.lessSandbox};
	const key = answer === 'key-refused' ? await lockedKey(subject, address) : file;
	if (key === undefined) return {answer};
	return {answer: answer === 'key-refused' ? 'key-passphrase' : answer, key};
};

/** The git of the service. Without Apple's developer tools, that of macOS only asks to install them (xcode-select(1)). */
const findGit = async ({system, service, facts}: BuildSubject): Promise<string | undefined> => {
	const git = await findOnPath(system, service.variables['PATH'], 'git');
	if (git !== '/usr/bin/git' || facts.platform !== 'macos') return git;
	const tools = ['/Library/Developer/CommandLineTools/usr/bin/git', '/Applications/Xcode.app'];
	const found = await Promise.all(tools.map((path) => look(system, path)));
	return found.some(Boolean) ? git : undefined;
};

/** At most a few at once, in the order in which they are asked for. */
const atMost = (most: number): (<T>(work: () => Promise<T>) => Promise<T>) => {
	const waiting: (() => void)[] = [];
	let free = most;
	return async (work) => {
		if (free > 0) free -= 1;
		else await new Promise<void>((resolve) => waiting.push(resolve));
		try {
			return await work();
		} finally {
			const next = waiting.shift();
			if (next) next();
			else free += 1;
		}
	};
};

const atOneHost = 4;
const atOnce = 12;

/** For all repositories together: none is asked for after that. */
const longestMs = 15_000;

/** Checks each of these repositories, by its name. Each is passed on as soon as it is known. */
export const checkReadable = async (
	subject: BuildSubject,
	repositories: Variables,
	onCheck: (name: string, check: BuildCheck) => void,
): Promise<void> => {
	const git = await findGit(subject);
	const hosts = new Map<string, ReturnType<typeof atMost>>();
	const together = atMost(atOnce);
	const isOver = (): boolean => subject.signal.aborted;
	const {system, settings} = subject;
	const mask = masker(settings);
	const deadline = system.now() + longestMs;
	const one = async ([name, url]: readonly [string, string]): Promise<void> => {
		if (git === undefined) {
			onCheck(name, uncheckedRepository(name, 'no-git'));
			return;
		}
		const {host} = parseGitUrl(url);
		const queue = hosts.get(host) ?? atMost(atOneHost);
		hosts.set(host, queue);
		await queue(() =>
			together(async () => {
				if (isOver()) return;
				if (system.now() > deadline) {
					onCheck(name, uncheckedRepository(name, 'late'));
					return;
				}
				const result = await lsRemote(subject, subject.service, {git, url});
				const unread = await findCause(subject, {git, url}, result);
				if (isOver()) return;
				onCheck(name, repositoryCheck({name, url, settings, mask}, unread, lastLine(result)));
			}),
		);
	};
	await Promise.all(Object.entries(repositories).map(one));
};
