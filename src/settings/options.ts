import {installablePattern, viraInstallable} from './installable.ts';
import {defineOptions, type Option, type Shape, type Value, type ValueOf} from './option.ts';

// A backslash at the end would swallow the next line of the unit (systemd.syntax(7)).
const line: Shape = {
	pattern: /^(?:[^\n\r]*[^\n\r\\])?$/u,
	problem: 'Keep it on one line, without a backslash at its end.',
};
/** There is no way to write a colon in a PATH (environ(7)). */
const folderOnPath: Shape = {
	pattern: new RegExp(`^(?:/|~(?:/|$))[^\\n\\r:]*$|${installablePattern.source}`, 'u'),
	problem:
		'Give the whole path, from / or ~/ on, or a Nix package such as nixpkgs#openssh. A colon would divide the PATH: give a link without one.',
};

/** The forms of git-clone(1), "Git URLs", as Vira hands them on; `~` would stay a tilde, and `-` would be an option. */
const gitUrl: Shape = {
	pattern:
		/^(?:(?:https?|ftps?|ssh|git|git\+ssh|ssh\+git|file):\/\/[^\s\p{Cc}]+|file:\/\/\/[^\p{Cc}]+|\/[^\p{Cc}]*|(?!-)(?:[^\s\p{Cc}\/:\[\]]+|(?:[^\s\p{Cc}\/:@]+@)?\[[^\s\p{Cc}\/\]]+\]):(?!\/\/)[^\p{Cc}]+)$/u,
	problem: 'Use a Git URL: https://…, ssh://…, git@host:path, file:///…, or a path that begins with /.',
};

const runsAsYou = 'The service runs as you, and systemd cannot change that in a user service: remove it.';

/**
 * Everything that can be set, once. Flags, --help, variables, the settings file and its schema, the form, the
 * prompts and docs/settings.md are computed from this list.
 */
export const options = defineOptions({
	hostname: {
		kind: 'text',
		group: 'web',
		label: 'Hostname',
		help: 'Name or address that Vira listens on.',
		why: 'localhost answers on this machine only. With 0.0.0.0 or :: anybody who reaches the port can run code as you: Vira has no login of its own.',
		default: 'localhost',
		placeholder: 'HOST',
		shape: {
			pattern: /^[\p{L}\p{N}](?:[\p{L}\p{N}._\-]*[\p{L}\p{N}])?\.?$|^[\da-fA-F:.]*:[\da-fA-F:.]*$/u,
			problem: 'Use a host name, an IPv4 address or an IPv6 address.',
			// As it stands in a URL (RFC 3986, 3.2.2); listen(2) knows no brackets.
			within: /^\[([\da-fA-F:.]+)\]$/u,
		},
	},
	port: {
		kind: 'number',
		group: 'web',
		label: 'Port',
		help: 'TCP port of the web page.',
		default: 5005,
		optional: false,
		min: 1,
		max: 65_535,
	},
	https: {
		kind: 'toggle',
		group: 'web',
		label: 'HTTPS',
		help: 'Serve the page over HTTPS.',
		why: 'Without a certificate of your own Vira makes one; browsers warn about it once.',
		default: true,
	},
	tlsCert: {
		kind: 'path',
		group: 'web',
		label: 'Certificate',
		help: 'Certificate file (PEM) to use instead of the one Vira makes.',
		default: undefined,
		optional: true,
		placeholder: 'FILE',
		needs: {option: 'https', is: true},
	},
	tlsKey: {
		kind: 'path',
		group: 'web',
		label: 'Certificate key',
		help: 'Private key file (PEM) of that certificate.',
		why: 'Vira can serve RSA, P-256, Ed25519 and Ed448 keys.',
		default: undefined,
		optional: true,
		placeholder: 'FILE',
		needs: {option: 'https', is: true},
	},
	basePath: {
		kind: 'text',
		group: 'web',
		label: 'Base path',
		help: 'URL path under which a proxy shows Vira, such as /vira/; / without a proxy.',
		why: 'Vira writes it into its pages, for their links to lead through the proxy, and itself always serves from /: the proxy has to pass on what it gets below this path without this path.',
		default: '/',
		placeholder: 'PATH',
		shape: {
			// Links are relative to it: without a slash at its end they lead outside, and // begins a host (RFC 3986, 5.2).
			pattern: /^\/(?:[^\s?#\/\\][^\s?#]*\/)?$/u,
			problem: 'Begin and end it with one /, without spaces, ? or #.',
			nearly: {
				meant: (text) => {
					const path = /^(?:https?:\/\/[^\/]+)?\/*([\w\-.~!$&'()*+,;=:@%\/]{1,100}?)\/*$/u.exec(text)?.[1];
					return path === undefined ? undefined : `/${path}/`;
				},
				why: "with one slash at each end, or the links on Vira's pages lead outside it.",
			},
		},
	},
	stateDir: {
		kind: 'path',
		group: 'state',
		label: 'State folder',
		help: 'Folder for the database, the builds and their logs.',
		default: '~/.local/share/vira/state',
		optional: false,
		placeholder: 'FOLDER',
	},
	autoResetState: {
		kind: 'toggle',
		group: 'state',
		label: 'Reset on upgrade',
		help: 'Delete the database and the job folders when a new Vira cannot read them.',
		why: 'Off, such a Vira refuses to start until you reset the state by hand.',
		default: true,
	},
	jobRetentionDays: {
		kind: 'number',
		group: 'state',
		label: 'Keep jobs',
		help: 'Days after which finished jobs are deleted; 0 keeps them for ever.',
		default: 14,
		optional: false,
		min: 0,
		max: 1_000_000,
		placeholder: 'DAYS',
	},
	maxConcurrentBuilds: {
		kind: 'number',
		group: 'builds',
		label: 'Concurrent builds',
		help: "How many builds run at the same time; empty leaves it to Vira's own default.",
		default: undefined,
		optional: true,
		min: 1,
		max: 1_000_000,
	},
	autoBuildNewBranches: {
		kind: 'toggle',
		group: 'builds',
		label: 'Build new branches',
		help: 'Build a branch as soon as it appears.',
		default: false,
	},
	repositories: {
		kind: 'map',
		group: 'builds',
		label: 'Repositories',
		help: 'Repositories that Vira knows from its first start.',
		why: 'Vira adds the ones it does not have, at every start. It refuses to start when it has one of that name with another URL.',
		inFile: ['initialState', 'repositories'],
		flag: 'repository',
		placeholder: 'NAME=URL',
		item: 'repository',
		nameShape: {
			pattern: /^(?!\.{1,2}$)[^\s\/=\p{Cc}][^\/=\p{Cc}]*$/u,
			problem:
				'Use a name that a folder can have: without /, = or control characters, not . or .., and with no space at its start.',
		},
		// STATE/workspace/NAME, with the mirror and the jobs of the repository.
		namesFolders: true,
		valueShape: gitUrl,
	},
	package: {
		kind: 'path',
		group: 'environment',
		label: 'Vira',
		help: 'The Vira to run: its executable, a folder with bin/vira, or a Nix package to build.',
		why: 'A Nix package, such as github:juspay/vira or path:/FOLDER for a flake in a folder, is built once, after you have seen the preview, with the settings of its flake accepted (--accept-flake-config). A link keeps it from garbage collection.',
		default: undefined,
		optional: false,
		found: 'vira',
		installable: viraInstallable,
		placeholder: 'PACKAGE',
	},
	extraPackages: {
		kind: 'list',
		group: 'environment',
		label: 'Extra packages',
		help: 'Folders, or Nix packages such as nixpkgs#openssh, whose bin/ is put on the PATH of builds.',
		why: 'A Nix package is built as Vira itself is, and kept from garbage collection.',
		flag: 'extra-package',
		placeholder: 'PACKAGE',
		item: 'package',
		itemShape: folderOnPath,
	},
	environment: {
		kind: 'map',
		group: 'environment',
		label: 'Variables',
		help: 'Environment variables of the service, such as GIT_SSH_COMMAND.',
		why: 'Values of names that look secret are masked on every screen; nobody but you can read the file that holds them.',
		inFile: ['systemd', 'environment'],
		placeholder: 'NAME=VALUE',
		item: 'variable',
		nameShape: {
			pattern: /^[A-Za-z_]\w*$/u,
			problem: 'Use letters, digits and _ in a variable name, and no digit first.',
		},
		valueShape: {pattern: /^[\s\S]*$/u, problem: ''},
	},
	serviceConfig: {
		kind: 'map',
		group: 'environment',
		label: 'systemd settings',
		help: 'Lines for the [Service] section, such as MemoryMax=2G.',
		why: "They are systemd's own syntax and replace our line of the same name.",
		inFile: ['systemd', 'serviceConfig'],
		placeholder: 'NAME=VALUE',
		item: 'setting',
		on: 'linux',
		nameShape: {
			pattern: /^[A-Za-z][A-Za-z0-9\-]*$/u,
			problem: 'Use letters and digits in the name, as in MemoryMax.',
		},
		valueShape: line,
		asLines: true,
		// Seen with systemd 247 to 257: a user manager cannot change who a service runs as.
		refused: {
			ExecStart: 'The other options say what is started: set those instead.',
			Environment: 'Variables have an option of their own: give it there.',
			User: runsAsYou,
			Group: runsAsYou,
			SupplementaryGroups: runsAsYou,
			DynamicUser: runsAsYou,
		},
	},
	logLevel: {
		kind: 'choice',
		group: 'environment',
		label: 'Log level',
		help: 'How much Vira writes to its log.',
		default: 'Info',
		choices: ['Debug', 'Info', 'Warning', 'Error'],
	},
	domain: {
		kind: 'choice',
		group: 'environment',
		label: 'Domain',
		help: 'When it runs. gui: from your login at the screen. user: now, until the next reboot. system: from boot, by sudo.',
		why: 'launchd keeps a service in a domain: that of your session at the screen; your background, which SSH opens as well and no reboot brings back; or that of the machine, where it is a daemon that runs as you. Since macOS 15 a daemon may use the local network, and an agent has to be allowed to. In none of them does it run while the Mac sleeps.',
		on: 'macos',
		default: 'gui',
		choices: ['gui', 'user', 'system'],
		placeholder: 'DOMAIN',
	},
	linger: {
		kind: 'toggle',
		group: 'environment',
		label: 'Lingering',
		help: 'Let the service run while you are not logged in, and start at boot.',
		why: 'Off leaves lingering as it is; the service then stops when you log out unless it is already on.',
		on: 'linux',
		default: true,
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

/** Values for some options, as a person, a file or a variable gives them; `undefined` stands for "not set". */
export type Given = ReadonlyMap<OptionName, Value>;

/** What is found on the machine that an option's default depends on. */
export interface Found {
	readonly vira: string | undefined;
	/** Whether Nix can build what was not found. */
	readonly nix?: boolean;
}

const defaultOf = (option: Option, found: Found): Value => {
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

export const defaultSettings = (found: Found): Settings =>
	Object.fromEntries(
		optionNames.map((name) => [name, defaultOf(optionOf(name), found)]),
	) as unknown as Settings;

/** Later layers win. */
export const withGiven = (settings: Settings, ...layers: readonly Given[]): Settings =>
	Object.assign({}, settings, ...layers.map((layer) => Object.fromEntries(layer))) as Settings;
