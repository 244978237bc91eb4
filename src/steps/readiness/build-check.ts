import type {Fix, Notice} from '../../notice.ts';
import {commandText} from '../../platform/command-text.ts';
import type {Facts} from '../../platform/facts.ts';
import {look} from '../../platform/paths.ts';
import type {AsService} from '../../platform/service.ts';
import type {System} from '../../platform/system.ts';
import type {OptionName, Settings} from '../../settings/options.ts';
import {isSecretName} from '../../settings/secrets/assigned-secrets.ts';
import {maskLooks, maskText} from '../../settings/secrets/mask-looks.ts';

/** What a build needs, in the order in which it is shown. */
export const buildGroups = ['nix', 'repositories', 'environment', 'forges', 'machine'] as const;
export type BuildGroup = (typeof buildGroups)[number];

/** One result about whether builds can succeed. `error`: they cannot, or Vira does not start; secrets are masked. */
export interface BuildCheck extends Notice {
	readonly group: BuildGroup;
	/** The setting that it is about. */
	readonly option?: OptionName;
	/** The name of the repository. */
	readonly item?: string;
	/** Variables that would end it, as the shell has them. They are not masked. */
	readonly variables?: Readonly<Record<string, string>>;
}

/** Makes the results of a group. */
export const checkIn =
	(group: BuildGroup) =>
	(
		level: BuildCheck['level'],
		code: string,
		rest: Omit<BuildCheck, 'group' | 'level' | 'code'>,
	): BuildCheck => ({
		group,
		level,
		code,
		...rest,
	});

/** What the checks examine. */
export interface BuildSubject {
	readonly system: System;
	readonly facts: Facts;
	readonly settings: Settings;
	readonly service: AsService;
	readonly signal: AbortSignal;
}

/** How long one command may take. */
export const answerMs = 5000;

/** An executable in the folders of a PATH. */
export const findOnPath = async (system: System, path = '', name: string): Promise<string | undefined> => {
	const paths = path
		.split(':')
		.filter((folder) => folder.startsWith('/'))
		.map((folder) => `${folder}/${name}`);
	const found = await Promise.all(paths.map((one) => look(system, one).catch(() => undefined)));
	return paths.find((_, index) => found[index]?.executable && found[index].leadsTo === 'file');
};

const isSecret = (name: string, value: string): boolean => isSecretName(name) || maskLooks(value) !== value;

/** A variable as it may be shown. */
export const shownVariable = (name: string, value: string): string =>
	isSecretName(name) ? `${name}=${maskText}` : maskLooks(`${name}=${value}`);

/** The options replace what is set, so they repeat it; secrets are for the form, where nobody else sees them. */
export const addVariables = ({environment}: Settings, added: Readonly<Record<string, string>>): Fix => {
	const all = {...environment, ...added};
	if (Object.entries(all).some(([name, value]) => isSecret(name, value)))
		return {say: `Add ${Object.keys(added).join(', ')} under Environment:`, command: 'vira-setup'};
	const words = Object.entries(all).flatMap(([name, value]) => ['--environment', `${name}=${value}`]);
	return {say: 'gives it to the service', command: commandText(['vira-setup', ...words])};
};

/** What git and Nix read from a shell: proxies (curl(1)), certificates, SSH (git(1), nix.conf(5)), and tokens. */
export const shellVariables = {
	proxy: [
		'http_proxy',
		'https_proxy',
		'all_proxy',
		'no_proxy',
		'HTTP_PROXY',
		'HTTPS_PROXY',
		'ALL_PROXY',
		'NO_PROXY',
	],
	certificate: [
		'SSL_CERT_FILE',
		'SSL_CERT_DIR',
		'GIT_SSL_CAINFO',
		'GIT_SSL_CAPATH',
		'CURL_CA_BUNDLE',
		'NIX_SSL_CERT_FILE',
	],
	ssh: ['GIT_SSH_COMMAND', 'GIT_SSH', 'NIX_SSHOPTS'],
	agent: ['SSH_AUTH_SOCK'],
	nix: ['NIX_PATH', 'NIX_CONFIG', 'NIX_REMOTE'],
	token: ['GH_TOKEN', 'GITHUB_TOKEN', 'CACHIX_AUTH_TOKEN', 'CACHIX_SIGNING_KEY'],
} as const;

/** Those of some kinds that the shell has, and the service has not, or otherwise. */
export const onlyInShell = (
	{system, service}: Pick<BuildSubject, 'system' | 'service'>,
	...kinds: readonly (keyof typeof shellVariables)[]
): Readonly<Record<string, string>> =>
	Object.fromEntries(
		kinds
			.flatMap((kind) => shellVariables[kind])
			.map((name) => [name, system.environment[name] ?? ''] as const)
			.filter(([name, value]) => value !== '' && service.variables[name] !== value),
	);

/** Where programs keep the configuration of the service's account (XDG Base Directory Specification). */
export const configFolder = ({service: {variables}, facts}: BuildSubject): string =>
	variables['XDG_CONFIG_HOME']?.startsWith('/') ? variables['XDG_CONFIG_HOME'] : `${facts.user.home}/.config`;

/**
 * Whether gh needs the keychain of macOS for its token: it has none in its hosts.yml (gh-auth-login(1), --insecure-storage)
 * and none in a variable (gh-environment(7)). `hosts`: the text of that file.
 */
export const isGhInKeychain = ({service: {variables}}: Pick<BuildSubject, 'service'>, hosts = ''): boolean =>
	!hosts.includes('oauth_token:') && !['GH_TOKEN', 'GITHUB_TOKEN'].some((name) => variables[name]);
