import type {Fix} from '../../notice.ts';
import {commandText} from '../../platform/command-text.ts';
import {look, skim} from '../../platform/paths.ts';
import {answerOf} from '../../platform/run-result.ts';
import type {Command, RunResult} from '../../platform/system.ts';
import {maskLooks} from '../../settings/secrets/mask-looks.ts';
import {
	answerMs,
	checkIn,
	configFolder,
	findOnPath,
	isGhInKeychain,
	type BuildCheck,
	type BuildSubject,
} from './build-check.ts';
import {checkCaches} from './caches.ts';
import {isOnGitHub, lastLine} from './git-answer.ts';

const notice = checkIn('forges');

const gitHub = 'github.com';

/** What gh says about its login at GitHub; `fails`: it cannot do its work at all. */
export type GhAnswer = 'logged-in' | 'logged-out' | 'refused' | 'fails' | 'unknown';

/** `hidden`: its login is in the keychain, which the service cannot read. */
type ServiceAnswer = GhAnswer | 'hidden';

/** `gh auth status --json hosts` (since 2.81) exits with 0 unless it cannot do its work at all. */
const inJson = (result: RunResult): GhAnswer => {
	try {
		const {hosts = {}} = JSON.parse(answerOf(result) ?? '') as {
			hosts?: Record<string, readonly {readonly state?: string; readonly active?: boolean}[]>;
		};
		const account = hosts[gitHub]?.find(({active}) => active);
		if (account === undefined) return 'logged-out';
		return account.state === 'success' ? 'logged-in' : 'refused';
	} catch {
		return 'unknown';
	}
};

/** An older gh, in words: one of 2.40 to 2.51 exits with 0 although its token is refused (cli/cli#8845). */
const inWords = ({stderr, stdout, exitCode}: RunResult): GhAnswer => {
	const said = `${stdout}\n${stderr}`;
	if (/not logged into any|not found among authenticated/u.test(said)) return 'logged-out';
	if (/authentication failed|Failed to log in|Timeout trying to log in/u.test(said)) return 'refused';
	return exitCode === 0 ? 'logged-in' : 'fails';
};

/** What an answer of `gh auth status` means, with `--json hosts` or without. */
export const ghAnswer = (result: RunResult): GhAnswer => {
	if (result.timedOut) return 'unknown';
	return result.exitCode === 0 && result.stdout.startsWith('{') ? inJson(result) : inWords(result);
};

/**
 * A gh since 2.40, as Vira has one, asks GitHub at its start for the user of a login that has none, as `gh auth login
 * --with-token` of an older one saves it. If that fails, gh does (its migration/multi_account.go).
 */
const lacksUser = (hosts: string): boolean =>
	hosts
		.split(/^(?=\S)/mu)
		.some((host) => /^\s+oauth_token:/mu.test(host) && !/^\s+user: *(?!x-access-token)\S/mu.test(host));

const logIn = {say: 'logs in to GitHub', command: 'gh auth login'};

const ghFails = (message: string, detail: string, fix: Fix = logIn): BuildCheck =>
	notice('error', 'gh-failed', {message, detail: maskLooks(detail), fixes: [fix]});

const onAnswer = (answer: ServiceAnswer, result: RunResult, hosts: string): readonly BuildCheck[] => {
	if (answer === 'logged-in') return [notice('ok', 'gh', {message: 'gh is logged in to GitHub'})];
	if (answer === 'hidden')
		return [
			notice('warning', 'gh-in-keychain', {
				message:
					'The login of gh is in your login keychain, which the service cannot open: builds cannot report to GitHub.',
				fixes: [{say: 'saves it in a file', command: 'gh auth login --insecure-storage'}],
			}),
		];
	if (answer === 'fails')
		return [
			ghFails('"gh auth status" fails: Vira does not start while it does.', lastLine(result) ?? '', {
				say: 'shows why',
				command: 'gh auth status',
			}),
		];
	if (answer === 'refused' && lacksUser(hosts))
		return [
			ghFails(
				'GitHub does not accept the login of gh: Vira does not start.',
				'The login has no user name, which the gh of Vira asks for first.',
			),
		];
	if (answer === 'refused')
		return [
			notice('warning', 'gh-refused', {
				message: 'gh cannot log in to GitHub: builds cannot report to it.',
				fixes: [logIn],
			}),
		];
	return answer === 'unknown'
		? []
		: [
				notice('note', 'gh-logged-out', {
					message: 'gh is not logged in to GitHub: builds cannot report to it.',
					fixes: [logIn],
				}),
			];
};

const checkGh = async (subject: BuildSubject): Promise<readonly BuildCheck[]> => {
	const {system, service, signal, settings} = subject;
	const uses = Object.values(settings.repositories).some(isOnGitHub);
	const hosts = await skim(system, `${configFolder(subject)}/gh/hosts.yml`);
	const gh =
		uses || hosts !== undefined ? await findOnPath(system, service.variables['PATH'], 'gh') : undefined;
	if (gh === undefined) return [];
	const ask = (...words: readonly string[]) =>
		service.run([gh, 'auth', 'status', ...words], {timeoutMs: answerMs, signal});
	const first = await ask('--json', 'hosts');
	const result = /unknown (?:flag|shorthand flag)/u.test(first.stderr)
		? await ask('--hostname', gitHub)
		: first;
	const seen = ghAnswer(result);
	const isHidden = service.keychain === 'closed' && isGhInKeychain(subject, hosts);
	const answer = seen === 'logged-in' && isHidden ? 'hidden' : seen;
	return answer === 'logged-out' && !uses ? [] : onAnswer(answer, result, hosts ?? '');
};

/** Vira, or the gh that it brings, ends at its start if it cannot read one of these (its Attic.Config and BB.Config). */
const readAtStart = ['attic/config.toml', 'bb/config.json', 'gh/config.yml', 'gh/hosts.yml'];

const checkFiles = async (subject: BuildSubject): Promise<readonly BuildCheck[]> => {
	const {system, facts} = subject;
	const paths = readAtStart.map((file) => `${configFolder(subject)}/${file}`);
	const found = await Promise.all(paths.map((path) => look(system, path).catch(() => undefined)));
	return paths.flatMap((path, index) => {
		const {leadsTo, readable = true, owner} = found[index] ?? {};
		if (leadsTo !== 'file' || readable) return [];
		const allow: Command =
			owner === facts.user.uid ? ['chmod', 'u+rw', path] : ['sudo', 'chown', facts.user.name, path];
		return [
			notice('error', 'login-unreadable', {
				message: `Permission denied: ${path}. Vira does not start without it.`,
				fixes: [{say: 'allows it', command: commandText(allow)}],
			}),
		];
	});
};

/** Caches and forges, where they are configured or a repository needs them. */
export const checkForges = async (subject: BuildSubject): Promise<readonly BuildCheck[]> => {
	const unreadable = await checkFiles(subject);
	if (unreadable.length > 0) return unreadable;
	return (await Promise.all([checkCaches(subject), checkGh(subject)])).flat();
};
