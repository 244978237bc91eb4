import type {UnusableTool} from './run-result.ts';
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
	/** How this run came here, if it was over SSH. */
	readonly ssh?: SshServer;
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

/** The end of an SSH connection on this machine (ssh(1), SSH_CONNECTION). */
export interface SshServer {
	readonly address: string;
	readonly port: number;
}

/** Who manages a service of this name, if not vira-setup. */
export interface Owner<By> {
	readonly by: By;
	/** The file that shows it. */
	readonly path: string;
	/** Its target, if it is a link. */
	readonly target: string | undefined;
}

export interface RunningProcess {
	readonly pid: number;
	/** From proc(5), /proc/pid/comm: at most 15 bytes. */
	readonly name: string;
}

export interface UnitFailure {
	/** Such as `exit-code` or `start-limit-hit` (org.freedesktop.systemd1(5), Result). */
	readonly result: string;
	/** Exit status of its process; from 200 on it is systemd's own (systemd.exec(5), Process Exit Codes). */
	readonly status: number;
}

/** The state of the service according to the service manager. */
export interface ServiceState {
	/** systemd's ActiveState; `unknown` if the user manager does not respond. */
	readonly active: 'active' | 'activating' | 'deactivating' | 'reloading' | 'inactive' | 'failed' | 'unknown';
	/** Whether it has ended and the manager is waiting to restart it. */
	readonly awaitsRestart: boolean;
	/** Whether the manager starts it automatically; undefined: unknown. */
	readonly enabled: boolean | undefined;
	readonly masked: boolean;
	/** How its process last ended, in a sentence, if the manager reports it with the state. */
	readonly ending?: string;
	/** How it failed, according to systemd; undefined: it did not fail. */
	readonly failure?: UnitFailure;
	/** Whether its process has exited but systemd still counts it as active and never restarts it (RemainAfterExit=). */
	readonly exited?: true;
	/** The Type= for which systemd waits for a signal that Vira never sends, so that its start never completes. */
	readonly waitingType?: string;
	/** Processes that systemd left running in a stopped service; absent: none. */
	readonly leftRunning?: readonly RunningProcess[];
	/** Whether the manager has not reloaded the changed file. */
	readonly needsReload: boolean;
	readonly mainPid: number | undefined;
	/** If launchd has the service in several domains, the other processes. */
	readonly otherPids?: readonly number[];
	/** The control group of the service (cgroups(7)) while it has processes; undefined on a Mac. */
	readonly controlGroup?: string;
	/** Restarts since it was started; with launchd, all starts since it was loaded. */
	readonly restarts: number;
	/** The file that the manager loaded, if it knows the service. */
	readonly file: string | undefined;
	readonly dropIns: readonly string[];
}

/** Details of a service that only `status` reads. Unknown values are undefined. */
export interface Vitals {
	/** Whether the service manager has loaded the service. */
	readonly loaded: boolean | undefined;
	/** When its process started, milliseconds since 1970; undefined if it is not running. */
	readonly since: number | undefined;
	/** Its memory usage in bytes. */
	readonly memory: number | undefined;
	/** How it ended, in a sentence, if it is not running. */
	readonly ending: string | undefined;
	/** Whether that names the cause; otherwise it says only how Vira itself ended. */
	readonly isExplained?: true;
}
