import type {UnusableTool} from './run-result.ts';
import type {ServiceState} from './service-state.ts';
import type {User} from './system.ts';

/** What is known about every machine. */
export interface MachineFacts {
	readonly user: User;
	readonly folders: Folders;
	/** When this run began, ISO 8601. */
	readonly now: string;
	/** The name of the operating system, such as `Debian GNU/Linux 12 (bookworm)` or `macOS 15.3`. */
	readonly systemName: string;
	/** A Vira that a service can use permanently, if there is one. */
	readonly vira: FoundProgram | undefined;
	/** The Nix that can build missing programs, if there is one. */
	readonly nix: FoundProgram | undefined;
	readonly service: ServiceState;
	/** The tool that talks to the service manager, if it cannot be run: nothing is known about the service then. */
	readonly unusable?: UnusableTool;
	/** Each path where a service file can be. On a Mac: for the domains gui, user and system. */
	readonly serviceFiles: readonly [string, ...string[]];
	/** Addresses that belong to this machine, loopback included. */
	readonly ownAddresses: readonly string[];
}

/** Absolute paths. */
export interface Folders {
	/** Our own, below XDG_CONFIG_HOME: settings and initial state. */
	readonly config: string;
	/** Our own, below XDG_STATE_HOME: the receipt. */
	readonly state: string;
	/** Where the service manager looks for this user's service files. */
	readonly services: string;
}

export interface FoundProgram {
	/** The path for a service: a profile's link rather than the store path behind it. */
	readonly path: string;
	/** As `--version` prints it; undefined if that failed. */
	readonly version: string | undefined;
}

/** Who manages a service of this name, if not vira-setup. */
export interface Owner<By> {
	readonly by: By;
	/** The file that shows it. */
	readonly path: string;
	/** Its target, if it is a link. */
	readonly target: string | undefined;
}
