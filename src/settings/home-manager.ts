import type {Platform} from '../platform/facts.ts';
import type {User} from '../platform/system.ts';
import {expandHome, formatValue, isSameValue} from './value.ts';
import {nixComment, nixName, nixString} from './nix.ts';
import {modulePosition, type Option, type Value} from './option.ts';
import {defaultSettings, optionNames, optionOf, type OptionName, type Settings} from './options.ts';
import {nameInFile} from './settings-file.ts';

/** The account that the settings are for; `~` is its home folder. */
export interface ModuleOwner {
	readonly user: Pick<User, 'name' | 'home'>;
	readonly platform: Platform;
}

type Entry = readonly [name: string, value: string];

const indentedTwo = (lines: readonly string[]): readonly string[] => lines.map((line) => `  ${line}`);

const programLines = (program: string): readonly string[] => [
	nixComment(
		program === ''
			? 'The module needs a package.'
			: `The module needs a package. The current program is ${nixString(program)}.`,
	),
	nixComment('package = inputs.vira.packages.${pkgs.stdenv.hostPlatform.system}.default;'),
];

/** Nixpkgs accepts a path as a package if it is directly in the store (lib.isStorePath). */
const isStorePath = (path: string): boolean => /^\/nix\/store\/[\da-df-np-sv-z]{32}-[\w+\-.?=]+$/u.test(path);

const packageLine = (item: string): string => {
	if (isStorePath(item)) return nixString(item);
	const inNixpkgs = /^nixpkgs#([a-zA-Z_][\w'\-]*(?:\.[a-zA-Z_][\w'\-]*)*)$/u.exec(item)?.[1];
	if (inNixpkgs !== undefined) return nixComment(`pkgs.${inNixpkgs}`);
	return /^[\/~]/u.test(item)
		? nixComment(`${nixString(item)} is a folder, and the module accepts only packages.`)
		: nixComment(`The package of ${nixString(item)}: add that flake to your inputs.`);
};

const listLines = (name: OptionName, items: readonly string[], ofPackages: boolean): readonly string[] => {
	if (items.length === 0) return [];
	return [
		...(ofPackages && items.some(isStorePath)
			? [nixComment('In a flake, store paths need --impure; packages from pkgs do not.')]
			: []),
		`${nameInFile(name)} = [`,
		...indentedTwo(items.map(ofPackages ? packageLine : nixString)),
		'];',
	];
};

/** The module joins its words with spaces, and systemd splits them again (systemd.service(5), "Command lines"). */
const isDivided = (value: Value): boolean => typeof value === 'string' && /[\s"'\\$%\p{Cc}]/u.test(value);
const isChangedBySystemd = (variable: string): boolean => /[\s"'\\%\p{Cc}]/u.test(variable);

const changedVariables = (variables: readonly Entry[]): readonly string[] => {
	const changed = variables.flatMap(([name, value]) => (isChangedBySystemd(value) ? [name] : []));
	const warning = 'The module does not quote these values, so some of them would change: ';
	return changed.length === 0 ? [] : [nixComment(`${warning}${changed.join(', ')}.`)];
};

const mapLines = (name: OptionName, entries: readonly Entry[], asVariables: boolean): readonly string[] => {
	if (entries.length === 0) return [];
	return [
		...(asVariables ? changedVariables(entries) : []),
		`${nameInFile(name)} = {`,
		...indentedTwo(entries.map(([key, value]) => `${nixName(key)} = ${nixString(value)};`)),
		'};',
	];
};

/** `~` is not the home folder in Nix. */
const complete = (value: Value, option: Option, home: string): Value =>
	option.kind === 'path' && typeof value === 'string' ? expandHome(value, home) : value;

const assignment = (name: OptionName, value: Value): string =>
	`${nameInFile(name)} = ${typeof value === 'string' ? nixString(value) : JSON.stringify(value)}`;

const optionLines = (name: OptionName, settings: Settings, home: string): readonly string[] => {
	const option = optionOf(name);
	const value = complete(settings[name], option, home);
	if (option.kind === 'list') return listLines(name, formatValue(value), option.ofPackages ?? false);
	if (option.kind === 'map')
		return mapLines(name, Object.entries(value ?? {}) as readonly Entry[], option.asVariables ?? false);
	if (value === undefined) return [];
	if (option.kind === 'path' && option.found) return programLines(value as string);
	return [
		...(isDivided(value)
			? [nixComment('The module does not quote this value, so Vira would get a different one.')]
			: []),
		`${assignment(name, value)};`,
	];
};

/** A line that the module has and our unit does not: the module accepts only strings, so it cannot be left out. */
const withoutPrivateTmp = (settings: Settings): Settings => ({
	...settings,
	serviceConfig: {PrivateTmp: 'false', ...settings.serviceConfig},
});

const defaults = defaultSettings({vira: undefined});

/** Changed settings that the module lacks, so that nothing is lost silently, together where the reason is the same. */
const lackingRemarks = (settings: Settings, home: string): readonly string[] => {
	const byReason = new Map<string, string[]>();
	for (const name of optionNames) {
		const {module} = optionOf(name);
		if (typeof module !== 'object' || !('lacksIt' in module) || isSameValue(settings[name], defaults[name]))
			continue;
		const written = assignment(name, complete(settings[name], optionOf(name), home));
		byReason.set(module.lacksIt, [...(byReason.get(module.lacksIt) ?? []), written]);
	}
	return [...byReason].map(([reason, written]) => `Not in the module, ${reason}: ${written.join(', ')}.`);
};

/** What the module does not do for the service. */
const remarks = (settings: Settings, {user, platform}: ModuleOwner): readonly string[] => {
	const isLinux = platform === 'linux';
	return [
		...lackingRemarks(settings, user.home),
		...(isLinux && !Object.hasOwn(settings.serviceConfig, 'KillSignal')
			? [
					'Not in the module: systemd.serviceConfig.KillSignal = "SIGINT", which makes Vira write a checkpoint when it stops.',
				]
			: []),
		...(isLinux && !Object.hasOwn(settings.serviceConfig, 'PrivateTmp')
			? ['PrivateTmp = "true", as in the module, can keep SSH from working since systemd 257.']
			: []),
		...(isLinux && settings.linger
			? [
					`Not in the module: lingering. On NixOS: users.users.${nixName(user.name)}.linger = true; elsewhere: loginctl enable-linger`,
				]
			: []),
	].map(nixComment);
};

/** The options that the module has, in its order. */
const moduleOptions = optionNames
	.flatMap((name) => {
		const position = modulePosition(optionOf(name));
		return position === undefined ? [] : [{name, position}];
	})
	.toSorted((one, other) => one.position - other.position)
	.map(({name}) => name);

/**
 * The settings for Vira's Home Manager module as Nix code: every option that the module has, and a comment for everything
 * else.
 */
export const homeManagerText = (settings: Settings, owner: ModuleOwner): string => {
	const exported = owner.platform === 'linux' ? withoutPrivateTmp(settings) : settings;
	const lines = [
		'enable = true;',
		...moduleOptions.flatMap((name) => optionLines(name, exported, owner.user.home)),
		...remarks(settings, owner),
	];
	return ['services.vira = {', ...indentedTwo(lines), '};', ''].join('\n');
};
