import type {MachineFacts, Owner} from '../machine-facts.ts';
import type {Domain, LoadedAgent} from './launchctl.ts';

export interface Mac extends MachineFacts {
	readonly platform: 'macos';
	readonly mac: MacFacts;
	readonly managedBy: AgentOwner | undefined;
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

/** A volume other than the startup disk: an external disk, a second partition, or a network volume. */
export interface ForeignVolume {
	/** As the Finder shows it; if it is mounted elsewhere, the kind of its file system. */
	readonly name: string;
	/** Whether it is on another machine. */
	readonly network: boolean;
}
