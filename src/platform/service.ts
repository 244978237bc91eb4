import type {Fix} from '../notice.ts';
import {expandHome} from '../settings/value.ts';
import {isInstallable} from '../settings/nix.ts';
import type {Option, Value} from '../settings/option.ts';
import {askedOptions, optionOf, type Settings} from '../settings/options.ts';
import type {Facts} from './facts.ts';
import type {Command, RunResult, System, User} from './system.ts';
import {programFoldersOf} from './vira/nix.ts';

/** The service, independent of the service manager. */
export interface Service {
	readonly description: string;
	/** Absolute path. */
	readonly program: string;
	readonly arguments: readonly string[];
	readonly environment: Readonly<Record<string, string>>;
	/** The person's own lines for systemd's [Service] section. */
	readonly serviceConfig: Readonly<Record<string, string>>;
}

/** Vira's state folder: absolute, without a trailing slash. */
export const stateFolderOf = ({stateDir}: Settings, {user}: Facts): string =>
	expandHome(stateDir, user.home).replace(/(?<=.)\/+$/u, '');

/** The file of repositories that Vira reads at every start, if there are any. */
export const initialStatePath = (facts: Facts): string => `${facts.folders.config}/initial-state.json`;

export const initialStateText = ({repositories}: Settings): string | undefined =>
	Object.keys(repositories).length > 0 ? `${JSON.stringify({repositories}, undefined, '\t')}\n` : undefined;

/** Folders where Nix and the system put programs, in the order of a login shell. */
const searchFolders = ({user, platform}: Facts): readonly string[] => [
	`${user.home}/.nix-profile/bin`,
	`${user.home}/.local/state/nix/profile/bin`,
	`/etc/profiles/per-user/${user.name}/bin`,
	...(platform === 'linux' ? ['/run/wrappers/bin'] : []),
	'/run/current-system/sw/bin',
	'/nix/var/nix/profiles/default/bin',
	'/usr/local/bin',
	'/usr/bin',
	'/bin',
	// Our PATH replaces launchd's, which has these; on Linux, no program that users need is only there.
	...(platform === 'macos' ? ['/usr/sbin', '/sbin'] : []),
];

const servicePath = (settings: Settings, facts: Facts): string =>
	[
		...settings.extraPackages.flatMap((one) =>
			isInstallable(one) ? programFoldersOf(one, facts) : [`${expandHome(one, facts.user.home)}/bin`],
		),
		...searchFolders(facts),
	].join(':');

/** The value of an argument; undefined: there is none. */
const argumentText = (value: Value, option: Option, facts: Facts): string | undefined => {
	if (option.kind === 'path' && typeof value === 'string') return expandHome(value, facts.user.home);
	if (typeof value !== 'object') return value === undefined ? undefined : String(value);
	return Object.keys(value).length > 0 ? initialStatePath(facts) : undefined;
};

const argumentWords = (value: Value, option: Option, facts: Facts): readonly string[] => {
	const {flag = '', when = true, leftOutAt} = option.vira ?? {};
	if (option.kind === 'toggle') return value === when ? [flag] : [];
	const text = argumentText(value, option, facts);
	return text === undefined || text === leftOutAt ? [] : [flag, text];
};

/** Vira's command line. An option that does not apply is not given: Vira refuses a certificate with --no-https. */
const viraArguments = (settings: Settings, facts: Facts): readonly string[] => {
	const given = askedOptions(facts.platform, settings)
		.map((name) => ({option: optionOf(name), value: settings[name]}))
		.filter(({option}) => option.vira !== undefined)
		.toSorted((one, other) => (one.option.vira?.position ?? 0) - (other.option.vira?.position ?? 0));
	const words = (isGlobal: boolean): readonly string[] =>
		given
			.filter(({option}) => (option.vira?.global ?? false) === isGlobal)
			.flatMap(({option, value}) => argumentWords(value, option, facts));
	return [...words(true), 'web', ...words(false)];
};

/** The variables that a service file sets. */
export const ownVariables = (settings: Settings, facts: Facts): Readonly<Record<string, string>> => ({
	PATH: servicePath(settings, facts),
	...settings.environment,
});

/** The service for these settings on this machine. `program` is the executable of `package`. */
export const serviceFrom = (settings: Settings, facts: Facts, program: string): Service => ({
	description: 'Vira web application',
	program,
	arguments: viraArguments(settings, facts),
	environment: ownVariables(settings, facts),
	serviceConfig: settings.serviceConfig,
});

/** How commands run as the service would: without a terminal, with its variables and, where possible, its sandbox. */
export interface AsService {
	/** Every variable of the service that is known. */
	readonly variables: Readonly<Record<string, string>>;
	/** Whether it can read the login keychain of macOS; absent: there is none. */
	readonly keychain?: 'open' | 'closed';
	/** Where a path is, as the end of a sentence, if the system keeps the service from it and not the person's programs. */
	readonly guardedPlace?: (path: string) => Promise<string | undefined>;
	/** What leaves off the part of the sandbox that hides who owns the files of the system; absent: no setting is known to. */
	readonly lessSandbox?: Fix;
	/**
	 * Runs a command as System.run does, in the C locale; `added` are further variables. The program is an absolute path.
	 */
	readonly run: (command: Command, how: AsServiceOptions) => Promise<RunResult>;
}

/** The service that commands are to run as. */
export interface WhichService {
	readonly settings: Settings;
	/** Whether the process that is running now is meant, if there is one, and not what a setup would make of it. */
	readonly isRunning: boolean;
}

export interface AsServiceOptions {
	readonly timeoutMs: number;
	readonly signal: AbortSignal;
	readonly added?: Readonly<Record<string, string>>;
}

/** The variables that a service manager gives to every service of a user (systemd.exec(5), launchd.plist(5)). */
export const accountVariables = ({name, home}: User): Readonly<Record<string, string>> => ({
	HOME: home,
	USER: name,
	LOGNAME: name,
});

/** Runs commands as our own children, with exactly these variables: the arguments of env(1) could be read by others. */
export const runningWith = (system: System, variables: Readonly<Record<string, string>>): AsService => ({
	variables,
	run: (command, {added, ...limits}) =>
		system.run(command, {...limits, environment: {...variables, ...added, LC_ALL: 'C'}}),
});
