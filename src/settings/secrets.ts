import type {Settings} from './options.ts';

/** What stands on a screen in place of a secret. */
export const maskText = '••••••';

const secretName = /token|secret|passw|passphrase|key|credential|auth|(?:^|_)(?:PAT|PWD|PASS)(?:_|$)/iu;

/** GIT_SSH_COMMAND and the like name a key without being one. */
const harmlessName = /(?:_COMMAND|_PATH|_FILE|_SOCK|_DIR)$/u;

export const isSecretName = (name: string): boolean => secretName.test(name) && !harmlessName.test(name);

/** systemd.exec(5): `ID:DATA`, where the service finds DATA in a file of that name. */
const credential = /^SetCredential(?:Encrypted)?$/u;

const passwordInUrl = /^[a-z][a-z0-9+.\-]*:\/\/[^\s\/@:]*:([^\s\/@]+)@/iu;
/** A token can stand where the name of a user does: long, or with the beginning that its maker gives it. */
const tokenInUrl = /^https?:\/\/((?:gh[a-z]_|github_pat_|glpat-)[^\s\/@:]+|[^\s\/@:]{20,})@/iu;

/** The part of a URL that nobody else should see. */
export const secretInUrl = (url: string): string | undefined =>
	passwordInUrl.exec(url)?.[1] ?? tokenInUrl.exec(url)?.[1];

/** As above, anywhere in a text, whether or not it is one of the settings. */
const anyPasswordInUrl = /([a-z][a-z0-9+.\-]*:\/\/[^\s\/@:]*:)[^\s\/@]+@/giu;
const anyTokenInUrl = /(https?:\/\/)(?:(?:gh[a-z]_|github_pat_|glpat-)[^\s\/@:]+|[^\s\/@:]{20,})@/giu;

/** Hides the secrets in URLs, whatever the settings are. */
export const maskUrls = (text: string): string =>
	text.replaceAll(anyPasswordInUrl, `$1${maskText}@`).replaceAll(anyTokenInUrl, `$1${maskText}@`);

const secretsOf = ({environment, repositories, serviceConfig, ...rest}: Settings): readonly string[] =>
	[
		...Object.entries(environment).flatMap(([name, value]) => (isSecretName(name) ? [value] : [])),
		...Object.entries(serviceConfig).flatMap(([name, value]) =>
			credential.test(name) ? [value.slice(value.indexOf(':') + 1)] : [],
		),
		...[...Object.values(repositories), rest.package, ...rest.extraPackages].flatMap(
			(url) => secretInUrl(url) ?? [],
		),
	].filter((secret) => secret !== '');

/** Whether a screen would have something to mask. */
export const holdsSecrets = (settings: Settings): boolean => secretsOf(settings).length > 0;

/** JSON and systemd write some characters another way; a secret has to be found in their files as well. */
const spellings = (secret: string): readonly string[] => {
	const inJson = JSON.stringify(secret).slice(1, -1);
	return [secret, inJson, inJson.replaceAll('%', '%%'), secret.replaceAll('%', '%%')];
};

/**
 * Hides every value of these settings that looks like a secret, in any text that a person or a log may see: of the
 * new ones, and of the ones before, which a difference and a log still show.
 */
export const masker = (...all: readonly Settings[]): ((text: string) => string) => {
	const hidden = [...new Set(all.flatMap(secretsOf).flatMap(spellings))].toSorted(
		(a, b) => b.length - a.length,
	);
	return (text) => maskUrls(hidden.reduce((masked, secret) => masked.replaceAll(secret, maskText), text));
};

/** The settings with every secret masked: for screens and JSON. */
export const maskSettings = (settings: Settings): Settings => {
	const mask = masker(settings);
	const masked = (record: Readonly<Record<string, string>>, hide: (name: string) => boolean) =>
		Object.fromEntries(
			Object.entries(record).map(([name, value]) => [name, hide(name) ? maskText : mask(value)]),
		);
	return {
		...settings,
		environment: masked(settings.environment, isSecretName),
		package: mask(settings.package),
		extraPackages: settings.extraPackages.map(mask),
		repositories: masked(settings.repositories, () => false),
		serviceConfig: masked(settings.serviceConfig, () => false),
	};
};
