import type {Fix, Notice} from '../../notice.ts';
import type {RunningProcess, ServiceState, Vitals} from '../machine-facts.ts';
import type {Command, System} from '../system.ts';
import type {Settings} from '../../settings/options.ts';
import type {Warning} from '../../settings/warning.ts';
import type {AsService, WhichService} from '../service.ts';
import type {Action} from '../actions/action.ts';
import type {Existing} from '../installed/situation.ts';
import type {Cause} from '../vira/said-by-vira.ts';
import type {Advice} from './advice.ts';
import type {AfterChange} from '../actions/change-file.ts';
import type {ByHand, Remover} from './manager-parts.ts';
import type {Check, Remarks, Subject} from './check.ts';
import type {Excerpt, LogSource} from './log-source.ts';

/** Whether the service starts and keeps running without a login. */
export interface Persistence {
	/** undefined: unknown. */
	readonly startsAtBoot: boolean | undefined;
	readonly survivesLogout: boolean;
	/** Why it is unknown whether it starts at boot: a sentence. */
	readonly bootUnknown?: string;
	/** Why it does not start at boot, if the machine is the reason: a sentence. */
	readonly notAtBoot?: string;
}

/** What to expect of settings before they are applied. */
interface Outlook extends Persistence {
	readonly warnings: readonly Warning[];
	/** Whether a login starts it, if a boot does not. */
	readonly startsAtLogin?: boolean;
}

/** The executable that `package` stands for; both paths are absolute. */
interface Program {
	readonly path: string;
	/** Where the path leads once every link is followed. */
	readonly realPath: string;
}

/** The file by which the manager knows the service. */
interface ServiceFile {
	/** One of the paths in the facts. */
	readonly path: string;
	readonly content: string;
	/** Permission bits. */
	readonly mode: number;
	/** Run after each change of the file, and after its undo. */
	readonly afterChange?: AfterChange;
}

export interface Need {
	/** The service has to read its files again. */
	readonly restart: boolean;
	/** The manager may have loaded another version of the file. */
	readonly stale: boolean;
}

/** One reason why the service does not run as configured, in words for people who do not know the service manager. */
export interface Diagnosed extends Omit<Notice, 'level'> {
	readonly detail: string;
	readonly fixes: readonly Fix[];
	/** Who fixes it: a run of vira-setup (or of its `start`), a person first, or it resolves by itself. */
	readonly fixedBy: 'us' | 'person' | 'itself';
	/** Whether a stop on request leaves the service like this. */
	readonly asStopped?: true;
}

/** A change since setup that only the service manager shows. */
export interface ManagerDrift extends Omit<Notice, 'level'> {
	readonly code: 'lingering-off' | 'not-enabled' | 'not-reloaded' | 'drop-in';
	readonly dropIn?: {
		readonly path: string;
		/** Whether it sets which program is started. */
		readonly startsOther: boolean;
	};
}

/**
 * What an action does to the service. `lingering`: lets the services of the user run without a login; `enable`: has it
 * start automatically; `start`: starts a new process.
 */
export type ServiceStep = 'lingering' | 'enable' | 'stop' | 'start';

/** One fact about the service that only this manager has. */
export interface StatusFact {
	readonly good: boolean;
	readonly label: string;
	readonly value: string;
}

/** What `status` shows of a service manager. */
export interface StatusWords {
	/** What it means that the service is not enabled, if not only no automatic start; no final period, as for all of these. */
	readonly disabled?: string;
	/** If it starts only after a login. */
	readonly onlyAtLogin: string;
	/** If the manager that would run the service is not running itself. */
	readonly absent: string;
	readonly fact: (settings: Settings | undefined, isUnclear: boolean) => StatusFact;
	/** The fields in JSON that only this manager has. */
	readonly fields: Readonly<Record<string, boolean | string | null | readonly string[]>>;
}

/** Which paths in a receipt are trusted, in addition to those in the facts. */
interface OwnPlaces {
	readonly isFile: (path: string) => boolean;
	readonly isFolder: (path: string) => boolean;
	/** Further files whose parent folders vira-setup creates. */
	readonly files: readonly string[];
}

/**
 * A service manager on one machine: all that differs between systemd and launchd. All other steps are the same for both.
 */
export interface Manager {
	/** As people know it, such as `systemd`. */
	readonly name: string;
	/** All reasons why Vira cannot be set up here. */
	readonly refusals: readonly Notice[];
	/** The findings on the first screen, if Vira can be set up. */
	readonly advice: readonly Advice[];
	/** Checks of settings that only this manager has. */
	readonly checks: readonly Check[];
	/** What the manager itself reports about the service of these settings. */
	readonly checkService: (program: string, subject: Subject) => Promise<Remarks>;

	/** The fix if every setup needs the folder of the service files, and it is outside of the home folder. */
	readonly servicesFolderFix: Fix | undefined;
	readonly ownPlaces: OwnPlaces;
	/** Absolute paths of the folders that have to exist, in addition to our own and Vira's. */
	readonly folders: (settings: Settings) => readonly string[];
	/** How commands run in the environment that the service has. */
	readonly asService: (system: System, which: WhichService) => Promise<AsService>;
	readonly serviceFile: (settings: Settings, program: Program) => ServiceFile;
	/** For a service file of root: our own file, absolute, from which root copies it. */
	readonly stagedFor: (path: string) => string | undefined;
	/** What to prepare on the machine before anything is installed. */
	readonly preparation: (settings: Settings) => readonly Action[];
	/** Before the file of a possibly running service changes. */
	readonly stop: (hadFile: boolean) => readonly Action[];
	/** Enabled and running, from whatever state it is in. */
	readonly start: (settings: Settings, need: Need) => readonly Action[];
	/** What an action does to the service. */
	readonly stepOf: (action: Action) => ServiceStep | undefined;
	readonly byHand: ByHand;
	/** When the service starts, in a sentence, if it cannot run as soon as it is set up. */
	readonly startsLater: (settings: Settings) => string | undefined;
	/** What the machine itself will show when the service is added for the first time. */
	readonly announcement: readonly Warning[];
	/** The boot behavior of the settings, with warnings. */
	readonly outlook: (settings: Settings) => Outlook;

	/** Whether `restarts` also counts requested starts, so that a start does not reset it. */
	readonly countsEveryStart: boolean;
	/** Whether the manager has loaded the service from another place or file than the settings say. */
	readonly isAstray: (settings: Settings) => boolean;
	/** The problem of the service, as far as the facts show; without settings, nothing is set up. */
	readonly diagnose: (settings: Settings | undefined) => Diagnosed | undefined;
	/** How the last process of the service ended, as far as the facts show. */
	readonly howEnded: () => 'exited' | 'killed' | undefined;
	readonly readState: (system: System) => Promise<ServiceState>;
	/** The running processes of the service, whatever its manager reports. */
	readonly readProcesses: (system: System) => Promise<readonly RunningProcess[]>;
	/** Why they may keep running after a stop: a sentence. */
	readonly whyNotEnded: string;
	readonly readVitals: (system: System, state: ServiceState) => Promise<Vitals>;
	/** As it is now, read back. */
	readonly readPersistence: (system: System, state: ServiceState) => Promise<Persistence>;
	/** The last lines of the log since the last start of the service, or why they cannot be read. */
	readonly readLog: (system: System) => Promise<Excerpt>;
	readonly log: LogSource;
	/** Why the manager ended the service or does not restart it, if the lines of the log show that. */
	readonly explainLog: (lines: readonly string[]) => Cause | undefined;
	readonly status: StatusWords;
	/** What changed since setup. */
	readonly drift: (
		system: System,
		settings: Settings,
		existing: Existing,
	) => Promise<readonly ManagerDrift[]>;
	/** The person's own files that add to the service or override its settings: absolute paths. */
	readonly dropIns: readonly string[];

	/** How to remove the service. */
	readonly remover: Remover;

	/** Commands for people to copy. */
	readonly commands: {
		/** In the domain of the settings. */
		readonly status: (settings: Pick<Settings, 'domain'>) => Command;
		/** In its current domain. */
		readonly stop: Command;
		/** Restarts the daemon of Nix, as a person would type it; `isDeterminate`: that of Determinate Systems. */
		readonly nixDaemon: (isDeterminate: boolean) => Command;
		readonly log: Command;
		readonly followLog: Command;
	};
}
