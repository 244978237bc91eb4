import {commandText} from '../../platform/command-text.ts';
import {skim} from '../../platform/paths.ts';
import {maskLooks} from '../../settings/secrets/mask-looks.ts';
import {checkIn, configFolder, type BuildCheck, type BuildSubject} from './build-check.ts';

const notice = checkIn('forges');

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
				message: `The URL of the attic server ${name} has a path, with which Vira does not find it: builds that push to it fail.`,
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
					fixes: [{say: 'saves a token', command: 'cachix authtoken TOKEN'}],
				}),
			];
};

/** Whether attic and cachix can push, where they are configured. */
export const checkCaches = async (subject: BuildSubject): Promise<readonly BuildCheck[]> =>
	(await Promise.all([checkAttic(subject), checkCachix(subject)])).flat();
