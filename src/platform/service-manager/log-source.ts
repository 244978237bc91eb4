import type {Failure} from '../../errors.ts';
import type {Warning} from '../../settings/warning.ts';
import type {Command, RunResult, System} from '../system.ts';

/** Which part of the log to show. */
export interface LogWanted {
	/** Whether to follow new lines. */
	readonly follow: boolean;
	/** How many of the last lines; undefined: all of them. */
	readonly lines: number | undefined;
	/** Since when, as systemd.time(7) has it; undefined: from the beginning. */
	readonly since: string | undefined;
}

/** Where a service manager keeps the log of the service. */
export interface LogSource {
	/** For a script: `journal`, or the path of a file. */
	readonly name: string;
	/** What it cannot provide. */
	readonly refuse: (wanted: LogWanted, system: System) => Promise<Failure | undefined>;
	/** Prints the log unchanged. The newest lines matter most: where they begin may have to be found first. */
	readonly command: (wanted: LogWanted, system: System, signal: AbortSignal) => Promise<Command>;
	/** Why that command failed; undefined: only because the log is still empty. */
	readonly complain: (result: RunResult, system: System) => Promise<Failure | undefined>;
	/** Where Vira logs to, if not to this log. */
	readonly elsewhere: (system: System) => Promise<Failure | undefined>;
	/** A warning if it has grown large. */
	readonly growth: (system: System) => Promise<Warning | undefined>;
}
