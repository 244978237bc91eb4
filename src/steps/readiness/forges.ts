import type {Fix} from '../../notice.ts';
import {commandText} from '../../platform/command-text.ts';
import {look, skim} from '../../platform/paths.ts';
import {answerOf} from '../../platform/run-result.ts';
import type {Command, RunResult} from '../../platform/system.ts';
import {maskLooks} from '../../settings/secrets/mask-looks.ts';
import {findOnPath, answerMs, type BuildCheck, type BuildSubject} from './build-check.ts';
import {isOnGitHub, lastLine} from './git-answer.ts';

const notice = (
	level: BuildCheck['level'],
	code: string,
	rest: Pick<BuildCheck, 'message' | 'detail' | 'fixes'>,
): BuildCheck => ({
	group: 'forges',
	level,
	code,
	...rest,
});

const configFolder = ({service: {variables}, facts}: BuildSubject): string =>
	variables['XDG_CONFIG_HOME']?.startsWith('/') ? variables['XDG_CONFIG_HOME'] : `${facts.user.home}/.config`;

interface AtticServer {
	readonly name: string;
	readonly endpoint: string;
	readonly token: string | undefined;
}

const unquote = (text: string): string => text.replaceAll(/^["']|["']$/gu, '');

/**
 * The servers in attic's config.toml, as `attic login` writes it: a table for each, with a text on each line. A parser of
 * all of TOML would add more to the program than all of these checks; a file in another form yields nothing. Vira reads
 * `token` only, and no `token-file` (its Attic.Config).
 */
const atticServers = (text: string): readonly AtticServer[] => {
	const [, ...tables] = text.split(/^\s*\[servers\./mu);
	return tables.flatMap((table) => {
		const name = /^(?:"[^"]+"|'[^']+'|[\w\-]+)(?=\])/u.exec(table)?.[0];
		if (name === undefined) return [];
		const own = table.split(/^\s*\[/mu, 1)[0] ?? '';
		const value = (key: string): string | undefined =>
			new RegExp(`^\\s*${key}\\s*=\\s*["']([^"'\\n]*)["']`, 'mu').exec(own)?.[1];
		return [{name: unquote(name), endpoint: value('endpoint') ?? 'URL', token: value('token')}];
	});
};

/** When a token ends, in milliseconds since 1970 (RFC 7519, "exp"); undefined: never, or it does not say. */
const endOf = (token: string): number | undefined => {
	const [, payload] = token.split('.');
	try {
		const {exp} = JSON.parse(Buffer.from(payload ?? '', 'base64url').toString()) as {exp?: unknown};
		return typeof exp === 'number' ? exp * 1000 : undefined;
	} catch {
		return undefined;
	}
};

/** `attic login` without a token keeps the one it has (its login.rs). */
const atticLogin = (name: string, ...rest: readonly string[]): string =>
	commandText(['attic', 'login', name, ...rest.map(maskLooks)]);

const onAtticServer = ({name, endpoint, token}: AtticServer, now: number): BuildCheck => {
	const fixes = [{say: 'logs in again', command: atticLogin(name, endpoint, 'TOKEN')}];
	if (token === undefined || token === '')
		return notice('warning', 'attic-without-token', {
			message: `attic has no token for the server ${name}: builds that push to a cache fail.`,
			detail: 'One server without "token" keeps Vira from using any.',
			fixes,
		});
	if ((endOf(token) ?? Infinity) < now)
		return notice('warning', 'attic-token-expired', {
			message: `The attic token for the server ${name} has expired: builds that push to it fail.`,
			fixes,
		});
	// Vira compares it with the URL of the cache in a repository, up to its path (its Attic.Url).
	const [, base = endpoint] = /^(https?:\/\/[^\/]+)\/.*$/iu.exec(endpoint) ?? [];
	return base === endpoint
		? notice('ok', 'attic', {message: `attic has a token for ${name}`})
		: notice('warning', 'attic-endpoint', {
				message: `Vira does not find the attic server ${name}, because of what follows its host name: builds that push to it fail.`,
				fixes: [{say: 'shortens its URL, and keeps its token', command: atticLogin(name, base)}],
			});
};

const checkAttic = async (subject: BuildSubject): Promise<readonly BuildCheck[]> => {
	const text = await skim(subject.system, `${configFolder(subject)}/attic/config.toml`);
	return atticServers(text ?? '').map((server) => onAtticServer(server, subject.system.now()));
};

/** cachix keeps its token in a Dhall file, or takes it from a variable (docs.cachix.org). Vira itself does not use it. */
const checkCachix = async (subject: BuildSubject): Promise<readonly BuildCheck[]> => {
	const {system, service} = subject;
	const text = await skim(system, `${configFolder(subject)}/cachix/cachix.dhall`);
	if (text === undefined) return [];
	const has = /authToken\s*=\s*"[^"]+"|secretKey\s*=\s*"[^"]+"/u.test(text);
	const given = ['CACHIX_AUTH_TOKEN', 'CACHIX_SIGNING_KEY'].some((name) => service.variables[name]);
	return has || given
		? [notice('ok', 'cachix', {message: 'cachix has a token'})]
		: [
				notice('note', 'cachix-without-token', {
					message: 'cachix has no token: a build that pushes with it fails.',
					fixes: [{say: '', command: 'cachix authtoken TOKEN'}],
				}),
			];
};

const gitHub = 'github.com';

/** What gh says about its login at GitHub; `fails`: it cannot do its work at all. */
export type GhAnswer = 'logged-in' | 'logged-out' | 'refused' | 'fails' | 'unknown';

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

const onAnswer = (answer: GhAnswer, result: RunResult, hosts: string): readonly BuildCheck[] => {
	if (answer === 'logged-in') return [notice('ok', 'gh', {message: 'gh is logged in to GitHub'})];
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
	const answer = ghAnswer(result);
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
				message: `You have no permission to read ${path}: Vira does not start.`,
				fixes: [{say: 'allows it', command: commandText(allow)}],
			}),
		];
	});
};

/** Caches and forges, where they are configured or a repository needs them. */
export const checkForges = async (subject: BuildSubject): Promise<readonly BuildCheck[]> => {
	const unreadable = await checkFiles(subject);
	if (unreadable.length > 0) return unreadable;
	return (await Promise.all([checkAttic(subject), checkCachix(subject), checkGh(subject)])).flat();
};
