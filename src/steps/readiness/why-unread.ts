import {localPath} from '../../platform/paths.ts';
import type {RunResult} from '../../platform/system.ts';
import {runningWith} from '../../platform/service.ts';
import {hostInFile, lockedKey, lsRemote, usesKeychain, type AskedGit} from './ask-git.ts';
import {onlyInShell, type BuildSubject} from './build-check.ts';
import {
	gitAnswer,
	isOfOther,
	namedFile,
	parseGitUrl,
	type GitAddress,
	type GitAnswer,
	type Unread,
} from './git-answer.ts';

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
const causeOf = async (subject: BuildSubject, asked: AskedGit, result: RunResult): Promise<Unread> => {
	const address = parseGitUrl(asked.url);
	const answer = isOfOther(result, address.host) ? 'proxy-unreachable' : gitAnswer(result);
	if (answer === 'ready' || subject.signal.aborted) return {answer};
	const key = answer === 'key-refused' ? await lockedKey(subject, address) : undefined;
	if (key !== undefined) return {answer: 'key-passphrase', key};
	const known = await withShell(subject, asked, answer);
	if (known) return known;
	const file = namedFile(result);
	if (file?.startsWith('/etc/') && (await isReadableOutside(subject, asked)))
		return {answer: 'sandboxed', key: file, fix: subject.service.lessSandbox};
	const knownAs = answer === 'host-key-changed' ? await hostInFile(subject, address) : undefined;
	return {answer, ...(file !== undefined && {key: file}), ...(knownAs !== undefined && {knownAs})};
};

/** Whether git could read it only with what the login keychain has. */
const needsKeychain = async (subject: BuildSubject, asked: AskedGit): Promise<boolean> => {
	const {by} = parseGitUrl(asked.url);
	if (by === 'other' || (by === 'http' && !(await usesKeychain(subject, asked)))) return false;
	const without = await lsRemote(subject, subject.service, {...asked, inSession: false});
	return gitAnswer(without) !== 'ready';
};

/** What a check in a session of the person cannot see: folders and the keychain, which it may read and the service not. */
const asSeenByService = async (subject: BuildSubject, asked: AskedGit, unread: Unread): Promise<Unread> => {
	const {service, facts, signal} = subject;
	if (signal.aborted) return unread;
	const path = localPath(asked.url);
	const place = path === undefined ? undefined : await service.guardedPlace?.(path);
	if (place !== undefined) return {answer: 'guarded', place};
	if (unread.answer === 'ready')
		return service.keychain === 'closed' && (await needsKeychain(subject, asked))
			? {answer: 'keychain-closed'}
			: unread;
	// An SSH session has no access to the keychain of the desktop session.
	const isElsewhere = service.keychain === 'open' && facts.ssh !== undefined;
	return isElsewhere && unread.answer === 'wants-password' && (await usesKeychain(subject, asked))
		? {answer: 'keychain-unknown'}
		: unread;
};

/** Why git cannot read a repository, from what it said and, where that has several causes, by asking again. */
export const whyUnread = async (subject: BuildSubject, asked: AskedGit, result: RunResult): Promise<Unread> =>
	asSeenByService(subject, asked, await causeOf(subject, asked, result));
