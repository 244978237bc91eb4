import type {Forgotten} from './linux/forgotten.ts';
import type {Obstacle} from './macos/find-obstacles.ts';
import type {ForeignVolume} from './macos/foreign-volume.ts';
import type {Domain, LoadedAgent} from './macos/launchctl.ts';
import type {UnusableTool} from './why-unanswered.ts';

export type Platform = 'linux' | 'macos';

/** What is known of the machine before anything is asked. Read once, by detect. */
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
	/** The operating system in its own words, such as `Debian GNU/Linux 12 (bookworm)` or `macOS 15.3`. */
	readonly systemName: string;
	/** The Vira that a service can rely on, if there is one. */
	readonly vira: FoundProgram | undefined;
	/** The Nix that can build what is not there, if there is one. */
	readonly nix: FoundProgram | undefined;
	readonly service: ServiceState;
	/** The program by which the service manager is asked, where it cannot be run: nothing is known of the service then. */
	readonly unusable?: UnusableTool;
	/**
	 * Each place where a file can be by which the service manager knows the service. On a Mac: for the domain gui, user
	 * and system.
	 */
	readonly serviceFiles: readonly [string, ...string[]];
	/** Addresses that belong to this machine, loopback included. */
	readonly ownAddresses: readonly string[];
}

export interface User {
	readonly name: string;
	readonly uid: number;
	readonly home: string;
	/** Who called sudo, where the program runs through it. */
	readonly sudoFrom: string | undefined;
}

/** Absolute paths. */
export interface Folders {
	/** Ours, below XDG_CONFIG_HOME: settings and the initial state. */
	readonly config: string;
	/** Ours, below XDG_STATE_HOME: the receipt. */
	readonly state: string;
	/** Where the service manager looks for this person's service files. */
	readonly services: string;
}

export interface FoundProgram {
	/** As a service should name it: a profile's link rather than the store path behind it. */
	readonly path: string;
	/** As its `--version` prints it; undefined where it could not be asked. */
	readonly version: string | undefined;
}

export interface LinuxFacts {
	/** systemd's version number; false where systemd does not run; undefined where it does, and does not say. */
	readonly systemd: number | false | undefined;
	readonly userManager: UserManager;
	readonly lingering: boolean;
	/**
	 * What keeps the home folder locked until somebody logs in, such as `ecryptfs`; false: nothing does; undefined where
	 * that cannot be read.
	 */
	readonly homeLock: string | false | undefined;
	/** What is in memory, and gone after a reboot. */
	readonly forgotten: readonly Forgotten[];
	/** Whether logind knows after a reboot who lingers, this name being what it is; undefined: that cannot be told. */
	readonly lingerReadBack: boolean | undefined;
	/** Whether systemd-logind was asked, and did not answer in time. */
	readonly logindSilent: boolean;
	/** The files that mask the service, the one that counts first; absent: none does. */
	readonly masks?: readonly string[];
	readonly nixos: boolean;
	readonly wsl: boolean;
	/** What systemd-detect-virt(1) calls the container, if it is one. */
	readonly container: string | undefined;
}

export interface MacFacts {
	/** Such as `15.3.1`; undefined where sw_vers(1) did not answer. */
	readonly version: string | undefined;
	/** As uname(1) names it; under Rosetta that of the translated program. */
	readonly architecture: string;
	readonly rosetta: boolean;
	readonly screen: Screen;
	/** Who sits at the screen now; false: nobody does; undefined where that cannot be read. */
	readonly screenUser: string | false | undefined;
	/** Whether this run came in by SSH: for the wording only. */
	readonly ssh: boolean;
	/** Whether the disk is locked until somebody enters a password; undefined where that cannot be read. */
	readonly fileVault: boolean | undefined;
	/**
	 * Who is logged in at the screen at boot, by themselves, as far as the disk is not locked then; false: nobody is;
	 * undefined where that cannot be read.
	 */
	readonly autoLogin: string | false | undefined;
	/** After how many minutes without use the Mac goes to sleep; 0: it never does; undefined: pmset(1) does not say. */
	readonly sleepsAfter: number | undefined;
	readonly nixMounted: boolean;
	/** Whether there is a place to mount the Nix store at: it may not be mounted yet. */
	readonly nixExpected: boolean;
	/** Where the home folder lies, if it is not on the Mac's own disk. */
	readonly homeVolume: ForeignVolume | undefined;
	/** The service in each domain. */
	readonly agents: Readonly<Record<Domain, Agent>>;
	/**
	 * Whether somebody has switched the service off in this person's domains: that outlives everything but `enable`.
	 * undefined: launchd does not say.
	 */
	readonly disabled: boolean | undefined;
	/** The same in the domain of the machine. */
	readonly daemonDisabled: boolean | undefined;
	/** The file of the service in each domain, where there is one: whoever made it. */
	readonly files: Readonly<Partial<Record<Domain, AgentFile>>>;
	/** What the service that launchd has, and does not run, would need and does not find. */
	readonly obstacles: readonly Obstacle[];
}

export interface AgentFile {
	readonly path: string;
	/** Permission bits. */
	readonly mode: number;
	/** The number of the user it belongs to. */
	readonly owner: number;
}

/** Whether the person has a session at the screen, which launchd calls their gui domain. */
export type Screen =
	| {readonly session: 'there' | 'absent'}
	| {
			readonly session: 'unknown';
			/** What launchctl said. */
			readonly words: string;
			/** Whether launchctl itself could not be run. */
			readonly unusable?: true;
	  };

/** A service in one domain. `unknown`: launchctl answered in a way that means neither. */
export type Agent =
	{readonly known: 'loaded'; readonly agent: LoadedAgent} | {readonly known: 'not-loaded' | 'unknown'};

export type UserManager =
	| {readonly answers: true; readonly version: number}
	| {
			readonly answers: false;
			readonly why: string;
			/** Whether systemd could not start it because PAM does not let this person in (systemd.exec(5), EXIT_PAM). */
			readonly refused?: boolean;
	  };

export interface RunningProcess {
	readonly pid: number;
	/** As proc(5), /proc/pid/comm has it: at most 15 bytes. */
	readonly name: string;
}

export interface UnitFailure {
	/** Such as `exit-code` or `start-limit-hit` (org.freedesktop.systemd1(5), Result). */
	readonly result: string;
	/** Exit status of its process; from 200 on it is systemd's own (systemd.exec(5), Process Exit Codes). */
	readonly status: number;
}

/** What the service manager says of the service. */
export interface ServiceState {
	/** systemd's ActiveState; `unknown` where the user manager does not answer. */
	readonly active: 'active' | 'activating' | 'deactivating' | 'reloading' | 'inactive' | 'failed' | 'unknown';
	/** Whether it has ended, and the manager waits before it starts it again. */
	readonly awaitsRestart: boolean;
	/** Whether the manager is to start it by itself; undefined where it does not say. */
	readonly enabled: boolean | undefined;
	readonly masked: boolean;
	/** How its process ended last, in a sentence, where the manager tells it with the state. */
	readonly ending?: string;
	/** How systemd says that it failed; undefined where it has not. */
	readonly failure?: UnitFailure;
	/** Whether its process has exited, and systemd goes on to call it active, so that it never starts it (RemainAfterExit=). */
	readonly exited?: true;
	/** The Type= that keeps systemd waiting for a sign of Vira's that never comes, so that its start is never over. */
	readonly waitingType?: string;
	/** Processes that systemd has left running in a service that is stopped; absent: none. */
	readonly leftRunning?: readonly RunningProcess[];
	/** Whether the manager holds an older text than the file's. */
	readonly needsReload: boolean;
	readonly mainPid: number | undefined;
	/** Of a service that launchd has in more than one domain, the processes beside the main one. */
	readonly otherPids?: readonly number[];
	/** Where systemd keeps the processes of the service (cgroups(7)), while there are any; undefined on a Mac. */
	readonly controlGroup?: string;
	/** Restarts since it was started; of launchd, which counts every start, since it was loaded. */
	readonly restarts: number;
	/** The file the manager read, if it knows the service. */
	readonly file: string | undefined;
	readonly dropIns: readonly string[];
}

/** Who looks after a service of this name, where it is not us. */
interface Owner<By> {
	readonly by: By;
	/** The file that says so. */
	readonly path: string;
	/** Where it leads, when it is a link. */
	readonly target: string | undefined;
}

export type OtherOwner = Owner<'home-manager' | 'link' | 'system-unit' | 'other-unit'>;

/**
 * `system-agent`: an agent of every user of the Mac; `unseen`: one of Home Manager's or nix-darwin's, as it seems,
 * which is certain only once the Nix store is mounted.
 */
export interface AgentOwner extends Owner<
	'home-manager' | 'nix-darwin' | 'link' | 'system-unit' | 'system-agent' | 'unseen'
> {
	/** Of Home Manager, the link by which it keeps the generation that it goes by. */
	readonly generation?: string;
}
