import {commandText} from '../../platform/command-text.ts';
import {skim} from '../../platform/paths.ts';
import {answerOf} from '../../platform/run-result.ts';
import type {RunResult} from '../../platform/system.ts';
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
	readonly endpoint: string | undefined;
	readonly token: string | undefined;
}

const unquote = (text: string): string => text.replaceAll(/^["']|["']$/gu, '');

/**
 * The servers in attic's config.toml, as `attic login` writes it: a table for each, with a text on each line. A parser of
 * all of TOML would add more to the program than all of these checks; a file in another form yields nothing.
 */
const atticServers = (text: string): readonly AtticServer[] => {
	const [, ...tables] = text.split(/^\s*\[servers\./mu);
	return tables.flatMap((table) => {
		const name = /^(?:"[^"]+"|'[^']+'|[\w\-]+)(?=\])/u.exec(table)?.[0];
		if (name === undefined) return [];
		const own = table.split(/^\s*\[/mu, 1)[0] ?? '';
		const value = (key: string): string | undefined =>
			new RegExp(`^\\s*${key}\\s*=\\s*["']([^"'\\n]*)["']`, 'mu').exec(own)?.[1];
		return [{name: unquote(name), endpoint: value('endpoint'), token: value('token') ?? value('token-file')}];
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

const checkAttic = async (subject: BuildSubject): Promise<readonly BuildCheck[]> => {
	const servers = atticServers(
		(await skim(subject.system, `${configFolder(subject)}/attic/config.toml`)) ?? '',
	);
	return servers.map(({name, endpoint = 'URL', token}) => {
		const login = {
			say: 'logs in again',
			command: commandText(['attic', 'login', name, maskLooks(endpoint), 'TOKEN']),
		};
		if (token === undefined || token === '')
			return notice('error', 'attic-without-token', {
				message: `attic has no token for the server ${name}: builds cannot be pushed to a cache.`,
				detail: 'One server without a token keeps Vira from using any.',
				fixes: [login],
			});
		const end = endOf(token);
		return end !== undefined && end < subject.system.now()
			? notice('error', 'attic-token-expired', {
					message: `The attic token for the server ${name} has expired.`,
					fixes: [login],
				})
			: notice('ok', 'attic', {message: `attic has a token for ${name}`});
	});
};

/** cachix keeps its token in a Dhall file, or takes it from a variable (docs.cachix.org). */
const checkCachix = async (subject: BuildSubject): Promise<readonly BuildCheck[]> => {
	const {system, service} = subject;
	const text = await skim(system, `${configFolder(subject)}/cachix/cachix.dhall`);
	if (text === undefined) return [];
	const has = /authToken\s*=\s*"[^"]+"|secretKey\s*=\s*"[^"]+"/u.test(text);
	const given = ['CACHIX_AUTH_TOKEN', 'CACHIX_SIGNING_KEY'].some((name) => service.variables[name]);
	return has || given
		? [notice('ok', 'cachix', {message: 'cachix has a token'})]
		: [
				notice('warning', 'cachix-without-token', {
					message: 'cachix is configured without a token: builds cannot be pushed to a cache.',
					fixes: [{say: '', command: 'cachix authtoken TOKEN'}],
				}),
			];
};

const logIn = {say: 'logs in to GitHub', command: 'gh auth login'};

interface GitHubAccount {
	readonly state?: string;
	readonly active?: boolean;
}

/** `gh auth status --json hosts` (since 2.81) exits with 0 unless it cannot do its work at all. */
const gitHubAccount = (result: RunResult): GitHubAccount | undefined => {
	try {
		const {hosts = {}} = JSON.parse(answerOf(result) ?? '') as {
			hosts?: Record<string, readonly GitHubAccount[]>;
		};
		return hosts['github.com']?.find(({active}) => active);
	} catch {
		return undefined;
	}
};

const onAccount = (account: GitHubAccount | undefined): readonly BuildCheck[] => {
	if (account?.state === 'success') return [notice('ok', 'gh', {message: 'gh is logged in to GitHub'})];
	return account
		? [
				notice('warning', 'gh-refused', {
					message: 'GitHub does not accept the login of gh: builds cannot report to it.',
					fixes: [logIn],
				}),
			]
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
	const isConfigured = (await skim(system, `${configFolder(subject)}/gh/hosts.yml`)) !== undefined;
	const gh = uses || isConfigured ? await findOnPath(system, service.variables['PATH'], 'gh') : undefined;
	if (gh === undefined) return [];
	const how = {timeoutMs: answerMs, signal};
	const result = await service.run([gh, 'auth', 'status', '--json', 'hosts'], how);
	if (/unknown (?:flag|shorthand flag)/u.test(result.stderr)) {
		const {exitCode} = await service.run([gh, 'auth', 'status'], how);
		return onAccount(exitCode === 0 ? {state: 'success'} : undefined);
	}
	if (result.exitCode === 0 || result.timedOut)
		return result.timedOut ? [] : onAccount(gitHubAccount(result));
	return [
		notice('error', 'gh-failed', {
			message: '"gh auth status" fails: Vira does not start while it does.',
			detail: maskLooks(lastLine(result) ?? ''),
			fixes: [{say: 'shows why', command: 'gh auth status --json hosts'}],
		}),
	];
};

/** Caches and forges, where they are configured or a repository needs them. */
export const checkForges = async (subject: BuildSubject): Promise<readonly BuildCheck[]> =>
	(await Promise.all([checkAttic(subject), checkCachix(subject), checkGh(subject)])).flat();
