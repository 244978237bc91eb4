import type {Folders, MachineFacts, Owner} from '../machine-facts.ts';

/** A machine with systemd, as far as a setup is concerned: every Linux. */
export interface LinuxMachine extends MachineFacts {
	readonly platform: 'linux';
	readonly linux: LinuxFacts;
	readonly managedBy: OtherOwner | undefined;
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

export type UserManager =
	| {readonly answers: true; readonly version: number}
	| {
			readonly answers: false;
			readonly why: string;
			/** Whether systemd could not start it because PAM rejects this user (systemd.exec(5), EXIT_PAM). */
			readonly refused?: boolean;
	  };

export type OtherOwner = Owner<'home-manager' | 'link' | 'system-unit' | 'other-unit'>;
