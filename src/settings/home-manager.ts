import type {Facts, Platform} from '../platform/facts.ts';
import {expandHome} from './expand-home.ts';
import {nixComment, nixName, nixString} from './nix-text.ts';
import {optionOf, type OptionName, type Settings} from './options.ts';
import type {Value} from './option.ts';
import {fileName} from './settings-file.ts';

/** The account that the settings are for; `~` is its home folder. */
export interface Owner {
	readonly user: Pick<Facts['user'], 'name' | 'home'>;
	readonly platform: Platform;
}

/** The options of Vira's module that are not packages, in its order. */
const values: readonly OptionName[] = [
	'hostname',
	'port',
	'https',
	'stateDir',
	'basePath',
	'autoResetState',
	'maxConcurrentBuilds',
	'autoBuildNewBranches',
	'jobRetentionDays',
];
const maps = ['repositories', 'environment', 'serviceConfig'] as const;

const indented = (lines: readonly string[]): readonly string[] => lines.map((line) => `  ${line}`);

const packageLines = ({package: present}: Settings, home: string): readonly string[] => [
	nixComment(
		present === ''
			? 'The module needs a package.'
			: `The module needs a package. The current program is ${nixString(expandHome(present, home))}.`,
	),
	nixComment('package = inputs.vira.packages.${pkgs.stdenv.hostPlatform.system}.default;'),
];

/** Nixpkgs accepts a path as a package if it is directly in the store (lib.isStorePath). */
const isStorePath = (path: string): boolean => /^\/nix\/store\/[\da-df-np-sv-z]{32}-[\w+\-.?=]+$/u.test(path);

const extraPackageLine = (item: string): string => {
	if (isStorePath(item)) return nixString(item);
	const inNixpkgs = /^nixpkgs#([a-zA-Z_][\w'\-]*(?:\.[a-zA-Z_][\w'\-]*)*)$/u.exec(item)?.[1];
	if (inNixpkgs !== undefined) return nixComment(`pkgs.${inNixpkgs}`);
	return /^[\/~]/u.test(item)
		? nixComment(`${nixString(item)} is a folder, and the module accepts only packages.`)
		: nixComment(`The package of ${nixString(item)}: add that flake to your inputs.`);
};

const extraPackageLines = ({extraPackages}: Settings): readonly string[] =>
	extraPackages.length === 0
		? []
		: [
				...(extraPackages.some(isStorePath)
					? [nixComment('In a flake, store paths need --impure; packages from pkgs do not.')]
					: []),
				'extraPackages = [',
				...indented(extraPackages.map(extraPackageLine)),
				'];',
			];

/** The module joins its words with spaces, and systemd splits them again (systemd.service(5), "Command lines"). */
const isDivided = (value: Value): boolean => typeof value === 'string' && /[\s"'\\$%\p{Cc}]/u.test(value);
const isChanged = (variable: string): boolean => /[\s"'\\%\p{Cc}]/u.test(variable);

const valueLines = (name: OptionName, value: Value, home: string): readonly string[] => {
	if (value === undefined) return [];
	const isPath = optionOf(name).kind === 'path' && typeof value === 'string';
	const complete = isPath ? expandHome(value, home) : value;
	const written = typeof complete === 'string' ? nixString(complete) : JSON.stringify(complete);
	return [
		...(isDivided(complete)
			? [nixComment('The module does not quote this value, so Vira would get a different one.')]
			: []),
		`${name} = ${written};`,
	];
};

const changedVariables = (environment: Settings['environment']): readonly string[] => {
	const changed = Object.entries(environment).flatMap(([name, value]) => (isChanged(value) ? [name] : []));
	return changed.length === 0
		? []
		: [
				nixComment(
					`The module does not quote these values, so some of them would change: ${changed.join(', ')}.`,
				),
			];
};

const mapLines = (name: (typeof maps)[number], settings: Settings): readonly string[] => {
	const entries = Object.entries(settings[name]);
	if (entries.length === 0) return [];
	return [
		...(name === 'environment' ? changedVariables(settings.environment) : []),
		`${fileName(name)} = {`,
		...indented(entries.map(([key, value]) => `${nixName(key)} = ${nixString(value)};`)),
		'};',
	];
};

/** Settings that the module does not have, so that nothing is lost silently. */
const remarks = (
	{tlsCert, tlsKey, logLevel, linger, serviceConfig}: Settings,
	{user, platform}: Owner,
): readonly string[] => {
	const file = (name: string, path: string | undefined): readonly string[] =>
		path === undefined ? [] : [`${name} = ${nixString(expandHome(path, user.home))}`];
	const files = [...file('tlsCert', tlsCert), ...file('tlsKey', tlsKey)];
	return [
		...(files.length === 0
			? []
			: [`Not in the module, which supports only Vira's own certificate: ${files.join(', ')}.`]),
		...(logLevel === 'Info' ? [] : [`Not in the module, which always uses Info: logLevel = "${logLevel}".`]),
		...(platform === 'linux' && !Object.hasOwn(serviceConfig, 'KillSignal')
			? [
					'Not in the module: systemd.serviceConfig.KillSignal = "SIGINT", which makes Vira write a checkpoint when it stops.',
				]
			: []),
		...(linger && platform === 'linux'
			? [
					`Not in the module: lingering. On NixOS: users.users.${nixName(user.name)}.linger = true; elsewhere: loginctl enable-linger`,
				]
			: []),
	].map(nixComment);
};

/**
 * The settings for Vira's Home Manager module as Nix code: every option that the module has, and a comment for everything
 * else.
 */
export const homeManagerText = (settings: Settings, owner: Owner): string => {
	const {home} = owner.user;
	const lines = [
		'enable = true;',
		...packageLines(settings, home),
		...values.flatMap((name) => valueLines(name, settings[name], home)),
		...extraPackageLines(settings),
		...maps.flatMap((name) => mapLines(name, settings)),
		...remarks(settings, owner),
	];
	return ['services.vira = {', ...indented(lines), '};', ''].join('\n');
};
