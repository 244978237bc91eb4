import {look} from '../../platform/paths.ts';
import {runningWith} from '../../platform/service.ts';
import type {RunResult} from '../../platform/system.ts';
import {masker} from '../../settings/secrets/masker.ts';
import {lockedKey, lsRemote, type AskedGit} from './ask-git.ts';
import {findOnPath, onlyInShell, type BuildCheck, type BuildSubject} from './build-check.ts';
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

type Variables = Readonly<Record<string, string>>;

const inShell: Partial<Record<GitAnswer, Unread['answer']>> = {
	'certificate-unknown': 'certificate-in-shell',
	'certificate-file': 'certificate-in-shell',
	'wants-password': 'path-in-shell',
	'ssh-missing': 'path-in-shell',
};

/** What a proxy may end. */
const ofNetwork: readonly GitAnswer[] = ['host-unknown', 'unreachable', 'proxy-unreachable', 'failed'];
const ofCertificate: readonly GitAnswer[] = ['certificate-unknown', 'certificate-file'];

/** What of the shell may help, if the service lacks it. */
const helpers = (subject: BuildSubject, {by}: GitAddress, answer: GitAnswer): Variables => {
	if (inShell[answer] === 'path-in-shell') return {PATH: subject.system.environment['PATH'] ?? ''};
	if (by === 'ssh' && answer !== 'not-found')
		return onlyInShell(subject, 'ssh', ...(answer === 'key-refused' ? (['agent'] as const) : []));
	return by === 'http' && [...ofNetwork, ...ofCertificate].includes(answer)
		? onlyInShell(subject, 'proxy', 'certificate')
		: {};
};

/** Whether it can be read with variables of the shell: outside of the sandbox, where its agent can be reached. */
const withShell = async (
	subject: BuildSubject,
	asked: AskedGit,
	answer: GitAnswer,
): Promise<Unread | undefined> => {
	const {by} = parseGitUrl(asked.url);
	const added = helpers(subject, parseGitUrl(asked.url), answer);
	if (Object.keys(added).length === 0) return undefined;
	const plain = runningWith(subject.system, subject.service.variables);
	if (gitAnswer(await lsRemote(subject, plain, {...asked, added})) !== 'ready') return undefined;
	if (inShell[answer] === 'path-in-shell') return {answer: 'path-in-shell', answeredBefore: answer};
	if (by === 'http') return {answer: inShell[answer] ?? 'proxy-in-shell', added};
	return 'SSH_AUTH_SOCK' in added ? {answer: 'key-passphrase'} : {answer: 'ssh-in-shell', added};
};

/** Whether git can read it with the variables of the service, but without its sandbox. */
const isReadableOutside = async (subject: BuildSubject, asked: AskedGit): Promise<boolean> => {
	const {system, service} = subject;
	return gitAnswer(await lsRemote(subject, runningWith(system, service.variables), asked)) === 'ready';
};

/** The file of a key is read first: each key that a host refuses may keep it from answering (sshd_config(5)). */
const findCause = async (subject: BuildSubject, asked: AskedGit, result: RunResult): Promise<Unread> => {
	const address = parseGitUrl(asked.url);
	const answer = isOfOther(result, address.host) ? 'proxy-unreachable' : gitAnswer(result);
	if (answer === 'ready' || subject.signal.aborted) return {answer};
	const key = answer === 'key-refused' ? await lockedKey(subject, address) : undefined;
	if (key !== undefined) return {answer: 'key-passphrase', key};
	const known = await withShell(subject, asked, answer);
	if (known) return known;
	const file = openFile(result);
	if (file?.startsWith('/etc/') && (await isReadableOutside(subject, asked)))
		return {answer: 'sandboxed', key: file, fix: subject.service.lessSandbox};
	return {answer, ...(file !== undefined && {key: file})};
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

/** What is known of a repository, and what git said at last. */
interface RepositoryAnswer {
	readonly unread: Unread;
	readonly said: string | undefined;
}

/** Answers that are the same for all repositories of an account at a host, by what they depend on. */
export type HostAnswers = Map<string, RepositoryAnswer>;

/** SSH ends with these before a host is told which repository is meant, and curl before it sends anything. */
const concernsHost = ({by}: GitAddress, {answer}: Unread): boolean =>
	by === 'ssh'
		? !['ready', 'not-found', 'failed'].includes(answer)
		: by === 'http' &&
			['host-unknown', 'proxy-unreachable', 'certificate-unknown', 'certificate-of-other'].includes(answer);

/** Asks for repositories. After one answer that is true for its whole host, others there are not asked for. */
const asker = (subject: BuildSubject, git: string, known: HostAnswers) => {
	const hosts = new Map<string, ReturnType<typeof atMost>>();
	const firsts = new Map<string, Promise<unknown>>();
	// The sandbox lets git reach these: it need not be set up again.
	const inSandbox = new Set<string>();
	const {system, service} = subject;
	const together = atMost(atOnce);
	const deadline = system.now() + longestMs;
	const isOver = (): boolean => subject.signal.aborted || system.now() > deadline;
	const ask = async (url: string, account: string): Promise<RepositoryAnswer | undefined> => {
		const settled = known.get(account);
		if (settled || isOver()) return settled;
		const asked = {git, url};
		const how = inSandbox.has(account) ? runningWith(system, service.variables) : service;
		const result = await lsRemote(subject, how, asked);
		const unread = await findCause(subject, asked, result);
		const answer = {unread, said: lastLine(result)};
		if (unread.answer === 'ready') inSandbox.add(account);
		if (concernsHost(parseGitUrl(url), unread) && !subject.signal.aborted) known.set(account, answer);
		return answer;
	};
	return async (url: string): Promise<RepositoryAnswer | undefined> => {
		const {by, host, port, login} = parseGitUrl(url);
		const account = JSON.stringify([by, host, port, login]);
		const queue = hosts.get(host) ?? atMost(atOneHost);
		hosts.set(host, queue);
		const inQueue = () => queue(() => together(() => ask(url, account)));
		const first = firsts.get(account);
		// A host that refused one key a few times does not answer for a while (sshd_config(5), PerSourcePenalties).
		const answer = first && by === 'ssh' ? first.then(inQueue) : inQueue();
		if (!first) firsts.set(account, answer);
		return answer;
	};
};

/**
 * Checks each of these repositories, by its name. Each is passed on as soon as it is known. `known`: what earlier
 * questions with the same environment found, and this one adds to.
 */
export const checkReadable = async (
	subject: BuildSubject,
	repositories: Variables,
	{
		known,
		onCheck,
	}: {readonly known: HostAnswers; readonly onCheck: (name: string, check: BuildCheck) => void},
): Promise<void> => {
	const {settings} = subject;
	const git = await findGit(subject);
	const ask = git === undefined ? undefined : asker(subject, git, known);
	const mask = masker(settings);
	const one = async ([name, url]: readonly [string, string]): Promise<void> => {
		const answer = await ask?.(url);
		if (subject.signal.aborted) return;
		onCheck(
			name,
			answer
				? repositoryCheck({name, url, settings, mask}, answer.unread, answer.said)
				: uncheckedRepository(name, ask ? 'late' : 'no-git'),
		);
	};
	await Promise.all(Object.entries(repositories).map(one));
};
