import type {Settings} from './options.ts';

/** What stands on a screen in place of a secret. */
export const maskText = '••••••';

const secretName = /token|secret|passw|key|credential|auth/iu;
const passwordInUrl = /^[a-z][a-z0-9+.\-]*:\/\/[^\s\/@:]*:([^\s\/@]+)@/iu;

const anyPasswordInUrl = /([a-z][a-z0-9+.\-]*:\/\/[^\s\/@:]*:)[^\s\/@]+@/giu;

/** GIT_SSH_COMMAND and the like name a key without being one. */
const harmlessName = /(?:_COMMAND|_PATH|_FILE|_SOCK|_DIR)$/u;

export const isSecretName = (name: string): boolean => secretName.test(name) && !harmlessName.test(name);

const secretsOf = ({environment, repositories}: Settings): readonly string[] =>
	[
		...Object.entries(environment).flatMap(([name, value]) => (isSecretName(name) ? [value] : [])),
		...Object.values(repositories).flatMap((url) => passwordInUrl.exec(url)?.[1] ?? []),
	].filter((secret) => secret !== '');

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
	return (text) =>
		hidden
			.reduce((masked, secret) => masked.replaceAll(secret, maskText), text)
			.replaceAll(anyPasswordInUrl, `$1${maskText}@`);
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
		repositories: masked(settings.repositories, () => false),
	};
};
