import {installablePattern, viraInstallable} from './nix.ts';
import {defineOptions, type Option, type Shape, type Value, type ValueOf} from './option.ts';
import type {Platform} from '../platform/facts.ts';

// A backslash at the end would swallow the next line of the unit (systemd.syntax(7)).
const line: Shape = {
	pattern: /^(?:[^\n\r]*[^\n\r\\])?$/u,
	problem: 'Must be one line that does not end with a backslash.',
};

/** PATH has no escape for a colon (environ(7)). */
const folderOnPath: Shape = {
	pattern: new RegExp(`^(?:/|~(?:/|$))[^\\n\\r:]*$|${installablePattern.source}`, 'u'),
	problem:
		'Must be a path that starts with / or ~/, or a Nix package such as nixpkgs#openssh. PATH cannot hold a path with a colon: use a link without one.',
};

/** The forms of git-clone(1), "Git URLs", which Vira passes on. Git would not expand `~`, and would read `-` as an option. */
const gitUrl: Shape = {
	pattern:
		/^(?:(?:https?|ftps?|ssh|git|git\+ssh|ssh\+git|file):\/\/[^\s\p{Cc}]+|file:\/\/\/[^\p{Cc}]+|\/[^\p{Cc}]*|(?!-)(?:[^\s\p{Cc}\/:\[\]]+|(?:[^\s\p{Cc}\/:@]+@)?\[[^\s\p{Cc}\/\]]+\]):(?!\/\/)[^\p{Cc}]+)$/u,
	problem: 'Must be a Git URL: https://…, ssh://…, git@host:path, file:///…, or a path that starts with /.',
};

const withoutOwnCertificate = {lacksIt: "which supports only Vira's own certificate"} as const;

const runsAsYou = 'The service runs as you, and systemd cannot change that in a user service. Remove it.';

/**
 * The only list of options. Flags, --help, variables, the settings file and its schema, the form, the prompts, Vira's
 * arguments, the export for Home Manager and docs/settings.md are all derived from it.
 */
export const options = defineOptions({
	hostname: {
		kind: 'text',
		group: 'web',
		label: 'Hostname',
		help: 'Host name or address that Vira listens on.',
		why: 'localhost can be reached from this machine only. With 0.0.0.0 or ::, anyone who can reach the port can run code as you: Vira has no login.',
		default: 'localhost',
		usual: [
			{value: 'localhost', meaning: 'this machine only'},
			{value: '0.0.0.0', meaning: 'everyone on the network'},
		],
		placeholder: 'HOST',
		shape: {
			pattern: /^[\p{L}\p{N}](?:[\p{L}\p{N}._\-]*[\p{L}\p{N}])?\.?$|^[\da-fA-F:.]*:[\da-fA-F:.]*$/u,
			problem: 'Must be a host name, an IPv4 address or an IPv6 address.',
			// URLs write an IPv6 address in brackets (RFC 3986, 3.2.2), listen(2) does not accept them.
			within: /^\[([\da-fA-F:.]+)\]$/u,
		},
		vira: {flag: '--host', position: 4, value: 'HOST', default: '0.0.0.0'},
		module: {position: 2},
	},
	port: {
		kind: 'number',
		group: 'web',
		label: 'Port',
		help: 'TCP port of the web interface.',
		default: 5005,
		min: 1,
		max: 65_535,
		vira: {flag: '--port', position: 5, value: 'PORT', reads: 'integer', default: '5005'},
		module: {position: 3},
	},
	https: {
		kind: 'toggle',
		group: 'web',
		label: 'HTTPS',
		help: 'Serve the web interface over HTTPS.',
		why: 'If you give no certificate, Vira creates one, which browsers warn about once.',
		default: true,
		vira: {flag: '--no-https', position: 7, when: false},
		module: {position: 4},
	},
	tlsCert: {
		kind: 'path',
		group: 'web',
		label: 'Certificate',
		help: 'Certificate file (PEM) to use instead of the one that Vira creates.',
		optional: true,
		placeholder: 'FILE',
		needs: {option: 'https', is: true},
		vira: {flag: '--tls-cert', position: 8, value: 'TLS_CERT'},
		module: withoutOwnCertificate,
	},
	tlsKey: {
		kind: 'path',
		group: 'web',
		label: 'Certificate key',
		help: 'Private key file (PEM) of the certificate.',
		why: 'Vira supports RSA, P-256, Ed25519 and Ed448 keys.',
		optional: true,
		placeholder: 'FILE',
		needs: {option: 'https', is: true},
		vira: {flag: '--tls-key', position: 9, value: 'TLS_KEY'},
		module: withoutOwnCertificate,
	},
	basePath: {
		kind: 'text',
		group: 'web',
		label: 'Base path',
		help: 'URL path of Vira behind a proxy, such as /vira/. Without a proxy, use /.',
		why: 'Vira uses it only in the links on its pages; it always serves from /. The proxy must remove this path before it forwards a request.',
		default: '/',
		placeholder: 'PATH',
		shape: {
			// Links are relative to it: without a slash at the end they point outside, and // starts a host (RFC 3986, 5.2).
			pattern: /^\/(?:[^\s?#\/\\][^\s?#]*\/)?$/u,
			problem: 'Must start and end with one /, without spaces, ? or #.',
			nearly: {
				meant: (text) => {
					const path = /^(?:https?:\/\/[^\/]+)?\/*([\w\-.~!$&'()*+,;=:@%\/]{1,100}?)\/*$/u.exec(text)?.[1];
					return path === undefined ? undefined : `/${path}/`;
				},
				why: "it must start and end with one /, or the links on Vira's pages point outside it.",
			},
		},
		vira: {flag: '--base-path', position: 6, value: 'BASE_PATH', default: '/'},
		module: {position: 6},
	},
	stateDir: {
		kind: 'path',
		group: 'state',
		label: 'State folder',
		help: 'Folder for the database, the builds and their logs.',
		default: '~/.local/share/vira/state',
		placeholder: 'FOLDER',
		vira: {flag: '--state-dir', position: 1, global: true, value: 'STATE_DIR', default: './state'},
		module: {position: 5},
	},
	autoResetState: {
		kind: 'toggle',
		group: 'state',
		label: 'Reset old database',
		help: 'Start with an empty state (database, jobs) if a new Vira cannot read the old one.',
		why: 'Before vira-setup starts such a Vira, it moves the database and the job folders aside, within the state folder. If Vira is replaced and started without vira-setup, Vira deletes them. If off, such a Vira refuses to start until you reset the state by hand.',
		default: true,
		vira: {flag: '--auto-reset-state', position: 3, global: true},
		module: {position: 7},
	},
	jobRetentionDays: {
		kind: 'number',
		group: 'state',
		label: 'Keep finished jobs',
		help: 'Days after which finished jobs are deleted. 0 keeps them forever.',
		default: 14,
		min: 0,
		max: 1_000_000,
		unit: {one: 'day', many: 'days', zero: 'forever'},
		placeholder: 'DAYS',
		vira: {flag: '--job-retention-days', position: 13, value: 'DAYS', reads: 'natural', default: '14'},
		module: {position: 10},
	},
	maxConcurrentBuilds: {
		kind: 'number',
		group: 'builds',
		label: 'Concurrent builds',
		help: "Maximum number of builds at the same time. If empty, Vira's default applies.",
		optional: true,
		min: 1,
		max: 1_000_000,
		vira: {flag: '--max-concurrent-builds', position: 11, value: 'COUNT', reads: 'integer', default: '2'},
		module: {position: 8},
	},
	autoBuildNewBranches: {
		kind: 'toggle',
		group: 'builds',
		label: 'Build new branches',
		help: 'Build new branches as soon as they appear.',
		default: false,
		vira: {flag: '--auto-build-new-branches', position: 12},
		module: {position: 9},
	},
	repositories: {
		kind: 'map',
		group: 'builds',
		label: 'Repositories',
		help: 'Repositories to add when Vira starts. A URL alone is named after its last part.',
		why: 'At every start, Vira adds the repositories that it does not have. It refuses to start if it has one of the same name with another URL.',
		inFile: ['initialState', 'repositories'],
		flag: 'repository',
		placeholder: 'NAME=URL',
		item: 'repository',
		nameShape: {
			pattern: /^(?!\.{1,2}$)[^\s\/=\p{Cc}][^\/=\p{Cc}]*$/u,
			problem:
				'Must be a folder name: without /, = or control characters, not . or .., and without a space at the start.',
		},
		// STATE/workspace/NAME holds the mirror and the jobs of the repository.
		namesFolders: true,
		namedByValue: true,
		valueShape: gitUrl,
		vira: {flag: '--import', position: 10, value: 'FILE'},
		module: {position: 12},
	},
	package: {
		kind: 'path',
		group: 'environment',
		label: 'Vira program',
		help: 'Vira executable, folder that contains bin/vira, or Nix package to build.',
		why: 'A Nix package, such as github:juspay/vira, or path:/FOLDER for a flake in a folder, is built once, after the preview, and the settings of its flake are accepted (--accept-flake-config). A link protects it from garbage collection.',
		found: 'vira',
		installable: viraInstallable,
		placeholder: 'PACKAGE',
		module: {position: 1},
	},
	extraPackages: {
		kind: 'list',
		group: 'environment',
		label: 'Extra packages',
		help: 'Folders, or Nix packages such as nixpkgs#openssh, whose bin/ is added to the PATH of builds.',
		why: 'A Nix package is built like Vira itself and protected from garbage collection.',
		flag: 'extra-package',
		placeholder: 'PACKAGE',
		item: 'package',
		itemShape: folderOnPath,
		module: {position: 11},
		ofPackages: true,
	},
	environment: {
		kind: 'map',
		group: 'environment',
		label: 'Variables',
		help: 'Environment variables of the service, such as GIT_SSH_COMMAND.',
		why: 'If a name looks like that of a secret, its value is masked on every screen. Only you can read the file that contains the values.',
		inFile: ['systemd', 'environment'],
		placeholder: 'NAME=VALUE',
		item: 'variable',
		nameShape: {
			pattern: /^[A-Za-z_]\w*$/u,
			problem: 'A variable name must contain only letters, digits and _, and must not start with a digit.',
		},
		valueShape: {pattern: /^[\s\S]*$/u, problem: ''},
		module: {position: 13},
		asVariables: true,
	},
	serviceConfig: {
		kind: 'map',
		group: 'service',
		label: 'systemd settings',
		help: 'Lines for the [Service] section, such as MemoryMax=2G.',
		why: "Values use systemd's own syntax. A line replaces the one of the same name that vira-setup would write.",
		inFile: ['systemd', 'serviceConfig'],
		placeholder: 'NAME=VALUE',
		item: 'setting',
		on: 'linux',
		nameShape: {
			pattern: /^[A-Za-z][A-Za-z0-9\-]*$/u,
			problem: 'The name must contain only letters, digits and hyphens, as in MemoryMax.',
		},
		valueShape: line,
		asLines: true,
		// Seen with systemd 247 to 257: a user manager cannot change the account that a service runs as.
		refused: {
			ExecStart: 'The other options define what is started. Set those instead.',
			Environment: 'Use the option for variables instead.',
			User: runsAsYou,
			Group: runsAsYou,
			SupplementaryGroups: runsAsYou,
			DynamicUser: runsAsYou,
		},
		module: {position: 14},
	},
	logLevel: {
		kind: 'choice',
		group: 'service',
		label: 'Log level',
		help: 'How much Vira writes to its log.',
		default: 'Info',
		choices: ['Debug', 'Info', 'Warning', 'Error'],
		vira: {
			flag: '--log-level',
			position: 2,
			global: true,
			value: 'LOG_LEVEL',
			reads: 'log-level',
			default: 'Info',
			leftOutAt: 'Info',
		},
		module: {lacksIt: 'which always uses Info'},
	},
	domain: {
		kind: 'choice',
		group: 'service',
		label: 'Domain',
		help: 'When Vira runs. gui: after you log in to the desktop. user: until the next reboot. system: from boot (needs sudo).',
		why: 'launchd runs each service in a domain. gui is your desktop session. user is your background session: also opened by SSH, and not restored after a reboot. system is the whole machine: there, Vira is a daemon that runs as you. Since macOS 15, a daemon may use the local network, but an agent needs permission. Vira never runs while the Mac sleeps.',
		on: 'macos',
		default: 'gui',
		choices: ['gui', 'user', 'system'],
		placeholder: 'DOMAIN',
		module: 'unrelated',
	},
	linger: {
		kind: 'toggle',
		group: 'service',
		label: 'Lingering',
		help: 'Start the service at boot and keep it running after you log out.',
		why: 'If off, vira-setup does not change lingering: unless it is already on, the service stops when you log out.',
		on: 'linux',
		default: true,
		module: 'unrelated',
	},
});

export type OptionName = keyof typeof options;

/** A complete set of values, one for each option. Paths may still begin with `~/`. */
export type Settings = {readonly [Name in OptionName]: ValueOf<(typeof options)[Name]>};

export const optionNames = Object.keys(options) as readonly OptionName[];

export const optionOf = (name: OptionName): Option => options[name];

/** Builds a record with one entry for each option that `valueOf` answers. The one place that loses key types. */
export const mapOptions = <T>(
	valueOf: (name: OptionName, option: Option) => T | undefined,
): Partial<Record<OptionName, T>> =>
	Object.fromEntries(
		optionNames
			.map((name) => [name, valueOf(name, optionOf(name))] as const)
			.filter(([, value]) => value !== undefined),
	);

/** Values for some options, from a person, a file or variables; `undefined` means "not set". */
export type Given = ReadonlyMap<OptionName, Value>;

/** What was found on the machine and determines defaults. */
export interface FoundPrograms {
	readonly vira: string | undefined;
	/** Whether Nix is there to build what was not found. */
	readonly nix?: boolean;
}

const defaultOf = (option: Option, found: FoundPrograms): Value => {
	switch (option.kind) {
		case 'list':
			return [];
		case 'map':
			return {};
		case 'path':
			if (!option.found) return option.default;
			return found[option.found] ?? (found.nix ? option.installable : undefined) ?? '';
		default:
			return option.default;
	}
};

export const defaultSettings = (found: FoundPrograms): Settings =>
	Object.fromEntries(
		optionNames.map((name) => [name, defaultOf(optionOf(name), found)]),
	) as unknown as Settings;

/** Later layers win. */
export const withGiven = (settings: Settings, ...layers: readonly Given[]): Settings =>
	Object.assign({}, settings, ...layers.map((layer) => Object.fromEntries(layer))) as Settings;

/** The options that apply on this platform with these settings, in order: used by every front end. */
export const askedOptions = (platform: Platform, settings: Settings): readonly OptionName[] =>
	optionNames.filter((name) => {
		const {on, needs} = optionOf(name);
		if (on !== undefined && on !== platform) return false;
		return needs === undefined || settings[needs.option as OptionName] === needs.is;
	});
