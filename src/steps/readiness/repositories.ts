import {maskNotice} from '../../notice.ts';
import {look} from '../../platform/paths.ts';
import {runningWith} from '../../platform/service.ts';
import {maskLooks} from '../../settings/secrets/mask-looks.ts';
import {masker} from '../../settings/secrets/masker.ts';
import {lsRemote} from './ask-git.ts';
import {findOnPath, type BuildCheck, type BuildSubject} from './build-check.ts';
import {whyUnread} from './why-unread.ts';
import {lastLine, parseGitUrl, type GitAddress, type Unread} from './git-answer.ts';
import {answerWords, type NamedRepository} from './answer-words.ts';

/** The git of the service. Without Apple's developer tools, that of macOS only asks to install them (xcode-select(1)). */
const findGit = async ({system, service, facts}: BuildSubject): Promise<string | undefined> => {
	const git = await findOnPath(system, service.variables['PATH'], 'git');
	if (git !== '/usr/bin/git' || facts.platform !== 'macos') return git;
	const tools = ['/Library/Developer/CommandLineTools/usr/bin/git', '/Applications/Xcode.app'];
	const found = await Promise.all(tools.map((path) => look(system, path)));
	return found.some(Boolean) ? git : undefined;
};

/** What the checks of a repository are about. */
const aboutRepository = (name: string) =>
	({group: 'repositories', option: 'repositories', item: name}) as const;

const levels: Partial<Record<Unread['answer'], BuildCheck['level']>> = {
	'no-commit': 'note',
	'keychain-unknown': 'warning',
	guarded: 'warning',
};

/** `said`: what git said at last. */
const repositoryCheck = (asked: NamedRepository, unread: Unread, said: string | undefined): BuildCheck => {
	const {name, url, mask} = asked;
	const about = aboutRepository(mask(name));
	if (unread.answer === 'ready')
		return {...about, level: 'ok', code: 'repository-ready', message: `git can read ${about.item}`};
	const {says, fixes} = answerWords[unread.answer](parseGitUrl(url), unread, asked);
	return maskNotice(
		{
			...about,
			level: levels[unread.answer] ?? 'error',
			code: `repository-${unread.answer}`,
			message: `${name}: ${says}.`,
			detail: said,
			fixes,
			...(unread.added && {variables: unread.added}),
		},
		mask,
	);
};

/** A repository that was not asked for, because git is missing (Vira has its own) or the time was over. */
const uncheckedRepository = (name: string, why: 'no-git' | 'late'): BuildCheck => ({
	...aboutRepository(maskLooks(name)),
	level: 'warning',
	code: 'repository-not-checked',
	...(why === 'late'
		? {message: `${maskLooks(name)} was not checked: others took too long.`}
		: {
				message: `${maskLooks(name)} was not checked: git is not on the PATH of the service.`,
				detail: 'Vira has its own git and does not need this one.',
				fixes: [{say: 'adds git', command: 'vira-setup --extra-package nixpkgs#git'}],
			}),
});

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
		? !['ready', 'no-commit', 'not-found', 'failed'].includes(answer)
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
		const unread = await whyUnread(subject, asked, result);
		const isEmpty = unread.answer === 'ready' && result.stdout.trim() === '';
		const answer = {unread: isEmpty ? ({answer: 'no-commit'} as const) : unread, said: lastLine(result)};
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
	repositories: Readonly<Record<string, string>>,
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
