import type {Complaint} from '../errors.ts';
import type {Warning} from '../settings/warning.ts';
import type {Command, RunResult, System} from '../platform/system.ts';

/** What of the log is wanted. */
export interface LogWanted {
	/** Whether to go on with what is said from now on. */
	readonly follow: boolean;
	/** How many of the last lines; undefined: all of them. */
	readonly lines: number | undefined;
	/** Since when, as systemd.time(7) has it; undefined: from the beginning. */
	readonly since: string | undefined;
}

/** Where a service manager has what the service says. */
export interface LogSource {
	/** For a script: `journal`, or the path of a file. */
	readonly name: string;
	/** What cannot be had from it at all. */
	readonly refuse: (wanted: LogWanted, system: System) => Promise<Complaint | undefined>;
	/** Prints the log, as it is. The newest lines are what counts: where they begin may have to be looked for first. */
	readonly command: (wanted: LogWanted, system: System, signal: AbortSignal) => Promise<Command>;
	/** Why that command failed; undefined: only because nothing has been said yet. */
	readonly complain: (result: RunResult, system: System) => Promise<Complaint | undefined>;
	/** Where the lines of Vira are, if they are not in this log. */
	readonly elsewhere: (system: System) => Promise<Complaint | undefined>;
	/** What is to be said of how long it has grown. */
	readonly growth: (system: System) => Promise<Warning | undefined>;
}
