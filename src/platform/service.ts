import {expandHome} from '../settings/expand-home.ts';
import {isInstallable} from '../settings/installable.ts';
import type {Settings} from '../settings/options.ts';
import type {Facts} from './facts.ts';
import {programFoldersOf} from './vira/nix.ts';

export {expandHome};

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

const hasRepositories = ({repositories}: Settings): boolean => Object.keys(repositories).length > 0;

export const initialStateText = (settings: Settings): string | undefined =>
	hasRepositories(settings)
		? `${JSON.stringify({repositories: settings.repositories}, undefined, '\t')}\n`
		: undefined;

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

const searchPath = (settings: Settings, facts: Facts): string =>
	[
		...settings.extraPackages.flatMap((one) =>
			isInstallable(one) ? programFoldersOf(one, facts) : [`${expandHome(one, facts.user.home)}/bin`],
		),
		...searchFolders(facts),
	].join(':');

const flag = (name: string, wanted: boolean): readonly string[] => (wanted ? [name] : []);
const given = (name: string, value: string | number | undefined): readonly string[] =>
	value === undefined ? [] : [name, String(value)];

/** Vira's command line: global options first, then the command and its own, in the order of Vira's module. */
const viraArguments = (settings: Settings, facts: Facts): readonly string[] => {
	const {home} = facts.user;
	// Vira refuses a certificate together with --no-https.
	const file = (path: string | undefined): string | undefined =>
		settings.https && path ? expandHome(path, home) : undefined;
	return [
		...given('--state-dir', expandHome(settings.stateDir, home)),
		// Vira's own default.
		...given('--log-level', settings.logLevel === 'Info' ? undefined : settings.logLevel),
		...flag('--auto-reset-state', settings.autoResetState),
		'web',
		...given('--host', settings.hostname),
		...given('--port', settings.port),
		...given('--base-path', settings.basePath),
		...flag('--no-https', !settings.https),
		...given('--tls-cert', file(settings.tlsCert)),
		...given('--tls-key', file(settings.tlsKey)),
		...given('--import', hasRepositories(settings) ? initialStatePath(facts) : undefined),
		...given('--max-concurrent-builds', settings.maxConcurrentBuilds),
		...flag('--auto-build-new-branches', settings.autoBuildNewBranches),
		...given('--job-retention-days', settings.jobRetentionDays),
	];
};

/** The service for these settings on this machine. `program` is the executable of `package`. */
export const serviceFrom = (settings: Settings, facts: Facts, program: string): Service => ({
	description: 'Vira web application',
	program,
	arguments: viraArguments(settings, facts),
	environment: {PATH: searchPath(settings, facts), ...settings.environment},
	serviceConfig: settings.serviceConfig,
});
