export type Platform = 'linux' | 'macos';

/** What is known of the machine before anything is asked. Read once, by detect. */
export interface Facts {
	readonly platform: Platform;
	readonly user: User;
	readonly folders: Folders;
	/** When this run began, ISO 8601. */
	readonly now: string;
	/** The operating system in the words of os-release(5), such as `Debian GNU/Linux 12 (bookworm)`. */
	readonly systemName: string;
	/** The Vira that a service can rely on, if there is one. */
	readonly vira: FoundProgram | undefined;
	/** The Nix that can build what is not there, if there is one. */
	readonly nix: FoundProgram | undefined;
	readonly service: ServiceState;
	/** Absolute path of the file by which the service manager knows the service. */
	readonly serviceFile: string;
	/** Who looks after a service of this name, if it is not us. */
	readonly managedBy: OtherOwner | undefined;
	/** Addresses that belong to this machine, loopback included. */
	readonly ownAddresses: readonly string[];
	readonly linux: LinuxFacts;
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
	/** systemd's version number; undefined where systemd does not run. */
	readonly systemd: number | undefined;
	readonly userManager: UserManager;
	readonly lingering: boolean;
	readonly nixos: boolean;
	readonly wsl: boolean;
	/** What systemd-detect-virt(1) calls the container, if it is one. */
	readonly container: string | undefined;
}

export type UserManager =
	{readonly answers: true; readonly version: number} | {readonly answers: false; readonly why: string};

/** What the service manager says of the service. */
export interface ServiceState {
	/** systemd's ActiveState; `unknown` where the user manager does not answer. */
	readonly active: 'active' | 'activating' | 'deactivating' | 'reloading' | 'inactive' | 'failed' | 'unknown';
	readonly enabled: boolean;
	readonly masked: boolean;
	/** Whether the manager holds an older text than the file's. */
	readonly needsReload: boolean;
	readonly mainPid: number | undefined;
	/** Automatic restarts since it was started. */
	readonly restarts: number;
	/** The file the manager read, if it knows the service. */
	readonly file: string | undefined;
	readonly dropIns: readonly string[];
}

export interface OtherOwner {
	readonly by: 'home-manager' | 'link' | 'system-unit' | 'other-unit';
	/** The file that says so. */
	readonly path: string;
	/** Where it leads, when it is a link. */
	readonly target: string | undefined;
}
