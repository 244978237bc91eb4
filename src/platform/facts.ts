import type {ServiceState} from './service-state.ts';
import type {ForeignVolume} from './launchd/volumes.ts';
import type {Domain, LoadedAgent} from './launchd/launchctl.ts';
import type {UnusableTool} from './run-result.ts';
import type {User} from './system.ts';

export type Platform = 'linux' | 'macos';

/** What is known about the machine before anything is asked. Read once, by detect. */
export type Facts = LinuxMachine | Mac;

export interface LinuxMachine extends Machine {
	readonly platform: 'linux';
	readonly linux: LinuxFacts;
	readonly managedBy: OtherOwner | undefined;
}

export interface Mac extends Machine {
	readonly platform: 'macos';
	readonly mac: MacFacts;
	readonly managedBy: AgentOwner | undefined;
}

interface Machine {
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

export interface LinuxFacts {
	/** systemd's version number; false: systemd is not running; undefined: it is running, but the version is unknown. */
	readonly systemd: number | false | undefined;
	readonly userManager: UserManager;
	readonly lingering: boolean;
	/** What keeps the home folder locked until a login, such as `ecryptfs`; false: nothing; undefined: unknown. */
	readonly homeLock: string | false | undefined;
	/** Files in memory, which are lost at a reboot. */
	readonly forgotten: readonly Forgotten[];
	/** Whether logind restores lingering for this user name after a reboot; undefined: unknown. */
	readonly lingerReadBack: boolean | undefined;
	/** Whether systemd-logind was asked and timed out. */
	readonly logindSilent: boolean;
	/** The files that mask the service, the effective one first; absent: not masked. */
	readonly masks?: readonly string[];
	readonly nixos: boolean;
	readonly wsl: boolean;
	/** What systemd-detect-virt(1) calls the container, if it is one. */
	readonly container: string | undefined;
}

/** A folder that is kept in memory and is empty after a reboot. */
export interface Forgotten {
	/** `home`: everything that belongs to this person; `services`, `config` and `state`: as in Folders. */
	readonly what: 'home' | 'linger' | keyof Folders;
	/** Absolute. */
	readonly path: string;
	/** Such as `tmpfs`. */
	readonly kind: string;
}

export interface MacFacts {
	/** Such as `15.3.1`; undefined if sw_vers(1) failed. */
	readonly version: string | undefined;
	/** As uname(1) names it; under Rosetta that of the translated program. */
	readonly architecture: string;
	readonly rosetta: boolean;
	readonly screen: DesktopSession;
	/** Who is logged in at the screen now; false: no one; undefined: it cannot be read. */
	readonly screenUser: string | false | undefined;
	/** Whether this run came through SSH: for the wording only. */
	readonly ssh: boolean;
	/** Whether the disk is locked until someone enters a password; undefined: it cannot be read. */
	readonly fileVault: boolean | undefined;
	/** Who is logged in automatically at boot, unless the disk is locked; false: no one; undefined: unknown. */
	readonly autoLogin: string | false | undefined;
	/** Minutes of inactivity until the Mac sleeps; 0: never; undefined: pmset(1) does not report it. */
	readonly sleepsAfter: number | undefined;
	readonly nixMounted: boolean;
	/** Whether the mount point of the Nix store exists: it may not be mounted yet. */
	readonly nixExpected: boolean;
	/** The volume of the home folder, if it is not the Mac's own disk. */
	readonly homeVolume: ForeignVolume | undefined;
	/** The service in each domain. */
	readonly agents: Readonly<Record<Domain, Agent>>;
	/** Whether the service is disabled in this user's domains, which only `enable` ends; undefined: unknown. */
	readonly disabled: boolean | undefined;
	/** The same in the system domain. */
	readonly daemonDisabled: boolean | undefined;
	/** The service file in each domain, if there is one, from any source. */
	readonly files: Readonly<Partial<Record<Domain, AgentFile>>>;
	/** What a loaded service that is not running needs but does not find. */
	readonly obstacles: readonly Obstacle[];
}

export interface AgentFile {
	readonly path: string;
	/** Permission bits. */
	readonly mode: number;
	/** The UID of its owner. */
	readonly owner: number;
}

/** Whether the user has a desktop session, which launchd calls their gui domain. */
export type DesktopSession =
	| {readonly session: 'there' | 'absent'}
	| {
			readonly session: 'unknown';
			/** The output of launchctl. */
			readonly words: string;
			/** Whether launchctl itself could not be run. */
			readonly unusable?: true;
	  };

/** A service in one domain. `unknown`: the output of launchctl means neither. */
export type Agent =
	{readonly known: 'loaded'; readonly agent: LoadedAgent} | {readonly known: 'not-loaded' | 'unknown'};

export type UserManager =
	| {readonly answers: true; readonly version: number}
	| {
			readonly answers: false;
			readonly why: string;
			/** Whether systemd could not start it because PAM rejects this user (systemd.exec(5), EXIT_PAM). */
			readonly refused?: boolean;
	  };

/** Who manages a service of this name, if not vira-setup. */
interface Owner<By> {
	readonly by: By;
	/** The file that shows it. */
	readonly path: string;
	/** Its target, if it is a link. */
	readonly target: string | undefined;
}

export type OtherOwner = Owner<'home-manager' | 'link' | 'system-unit' | 'other-unit'>;

/**
 * `system-agent`: an agent for all users of the Mac; `unseen`: probably one of Home Manager or nix-darwin, which is
 * certain only once the Nix store is mounted.
 */
export interface AgentOwner extends Owner<
	'home-manager' | 'nix-darwin' | 'link' | 'system-unit' | 'system-agent' | 'unseen'
> {
	/** For Home Manager, the link to its current generation. */
	readonly generation?: string;
}

/** Something that prevents launchd from starting a service, as far as it can be seen without privileges. */
export interface Obstacle {
	readonly what: 'program' | 'folder' | 'log';
	readonly path: string;
	/**
	 * `missing`: it does not exist (for a log: its folder does not); `unusable`: permission denied; `on-volume`: launchd
	 * opens no log on that volume; `no-file`: it is not a file; `guarded`: macOS asks the user before a program can access
	 * it, which does not work for a service.
	 */
	readonly why: 'missing' | 'unusable' | 'on-volume' | 'no-file' | 'guarded';
	/** The volume that it is on, if that is not mounted. */
	readonly volume?: string;
}
