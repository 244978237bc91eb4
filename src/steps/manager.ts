import type {RunningProcess, ServiceState} from '../platform/facts.ts';
import type {Command, System} from '../platform/system.ts';
import type {Vitals} from '../platform/vitals.ts';
import type {Settings} from '../settings/options.ts';
import type {Warning} from '../settings/warning.ts';
import type {Action} from './action.ts';
import type {Advice, Refusal} from './advice.ts';
import type {ByHand} from './by-hand.ts';
import type {Check, Remarks, Subject} from './checks/check.ts';
import type {Excerpt} from './excerpt.ts';
import type {LogSource} from './log-source.ts';
import type {Remover} from './remover.ts';

/** Whether the service comes up, and stays, without anybody's doing. */
export interface Persistence {
	/** undefined: that cannot be told. */
	readonly startsAtBoot: boolean | undefined;
	readonly survivesLogout: boolean;
	/** Why it cannot be told whether it starts at boot: a sentence. */
	readonly bootUnknown?: string;
	/** Why it does not start at boot, where the reason is the machine: a sentence. */
	readonly notAtBoot?: string;
}

/** The executable that `package` stands for; both paths are absolute. */
export interface Program {
	readonly path: string;
	/** Where the path leads once every link is followed. */
	readonly realPath: string;
}

/** The file by which the manager knows the service. */
export interface ServiceFile {
	/** One of the places that the facts name. */
	readonly path: string;
	readonly content: string;
	/** Permission bits. */
	readonly mode: number;
	/** Run after each change of the file, and after its undo. */
	readonly afterChange?: Command;
}

export interface Need {
	/** The service has to read its files anew. */
	readonly restart: boolean;
	/** The manager may hold another text than the file's. */
	readonly stale: boolean;
}

/** One thing that keeps a service from running as it was set up, in words for somebody who knows no service manager. */
export interface Diagnosed {
	/** A name that does not change. */
	readonly code: string;
	/** What is the matter, in one sentence. */
	readonly title: string;
	/** What is known of why, and what follows. */
	readonly detail: string;
	/** What brings it back: sentences, or commands to copy. */
	readonly fixes: readonly string[];
	/** Whose doing that is: ours (a run of vira-setup, or of its `start`), a person's first, or nobody's. */
	readonly fixedBy: 'us' | 'person' | 'itself';
}

/**
 * What a service manager does its own way, for one machine: systemd or launchd. All the rest of the steps is the same
 * for both.
 */
export interface Manager {
	/** What keeps us from setting anything up here, all of it at once. */
	readonly refusals: readonly Refusal[];
	/** What a person meets on the first screen of a machine that can do it. */
	readonly advice: readonly Advice[];
	/** Checks of settings that only this manager has. */
	readonly checks: readonly Check[];
	/** What the manager itself makes of the service that the settings stand for. */
	readonly checkService: (program: string, subject: Subject) => Promise<Remarks>;

	/** Absolute paths of the folders that have to be there, beside our own and Vira's. */
	readonly folders: (settings: Settings) => readonly string[];
	readonly serviceFile: (settings: Settings, program: Program) => ServiceFile;
	/** For a service file that is root's: the file of our own, absolute, from which root takes its text. */
	readonly stagedFor: (path: string) => string | undefined;
	/** What the machine has to allow before anything is installed. */
	readonly preparation: (settings: Settings) => readonly Action[];
	/** Before the file of a service that may run changes. */
	readonly stop: (hadFile: boolean) => readonly Action[];
	/** Enabled and running, from whatever state it is in. */
	readonly start: (settings: Settings, need: Need) => readonly Action[];
	/** Whether an action makes a new process of the service. */
	readonly isStart: (action: Action) => boolean;
	readonly byHand: ByHand;
	/** When the service starts, in a sentence, where it cannot run as soon as it is set up. */
	readonly startsLater: (settings: Settings) => string | undefined;
	/** What the machine itself will say when a service comes to it for the first time. */
	readonly announcement: readonly Warning[];
	/** What the settings lead to, and what is to be said of it. */
	readonly outlook: (settings: Settings) => Persistence & {readonly warnings: readonly Warning[]};

	/** Whether `restarts` counts the starts that somebody has asked for as well: a start does not reset it then. */
	readonly countsEveryStart: boolean;
	/** Whether the manager has the service where, or from what file, the settings do not want it. */
	readonly isAstray: (settings: Settings) => boolean;
	/** What is the matter with the service, as far as the facts tell; without settings, nothing was set up. */
	readonly diagnose: (settings: Settings | undefined) => Diagnosed | undefined;
	/** How the last process of the service ended, as far as the facts tell. */
	readonly howEnded: () => 'exited' | 'killed' | undefined;
	readonly readState: (system: System) => Promise<ServiceState>;
	/** The processes of the service that run, whatever the manager itself says of it. */
	readonly readProcesses: (system: System) => Promise<readonly RunningProcess[]>;
	/** Why they may run on after a stop: a sentence. */
	readonly whyNotEnded: string;
	readonly readVitals: (system: System, state: ServiceState) => Promise<Vitals>;
	/** As it is now, read back. */
	readonly readPersistence: (system: System, state: ServiceState) => Promise<Persistence>;
	/** The last lines of the log since the service was last started, or what keeps them from being read. */
	readonly readLog: (system: System) => Promise<Excerpt>;
	readonly log: LogSource;

	/** What it takes to be rid of the service. */
	readonly remover: Remover;

	/** Commands for the person, to be copied. */
	readonly commands: {
		/** Where the settings have put it. */
		readonly status: (settings: Pick<Settings, 'domain'>) => Command;
		/** Where it is now. */
		readonly stop: Command;
		readonly log: Command;
		readonly followLog: Command;
	};
}
