import type {Machine, Owner} from '../machine-facts.ts';
import type {Forgotten} from './forgotten.ts';

/** A machine with systemd, as far as a setup is concerned: every Linux. */
export interface LinuxMachine extends Machine {
	readonly platform: 'linux';
	readonly linux: LinuxFacts;
	readonly managedBy: OtherOwner | undefined;
}

export interface LinuxFacts {
	/** systemd's version number; false: systemd is not running; undefined: it is running, but the version is unknown. */
	readonly systemd: number | false | undefined;
	readonly userManager: UserManager;
	readonly lingering: boolean;
	/**
	 * What keeps the home folder locked until a login, such as `ecryptfs`; false: nothing does; undefined: it cannot be
	 * read.
	 */
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

export type UserManager =
	| {readonly answers: true; readonly version: number}
	| {
			readonly answers: false;
			readonly why: string;
			/** Whether systemd could not start it because PAM rejects this user (systemd.exec(5), EXIT_PAM). */
			readonly refused?: boolean;
	  };

export type OtherOwner = Owner<'home-manager' | 'link' | 'system-unit' | 'other-unit'>;
