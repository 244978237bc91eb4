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

/** The end of the service's log, for a report. */
export interface Excerpt {
	/** Oldest first, as they are in the log: those since the service was last started, and only the newest of them. */
	readonly lines: readonly string[];
	/** Why the log cannot be read, and what shows it: without lines, the log may still not be empty. */
	readonly unreadable?: Failure;
	/** Whether old lines may have been dropped: new lines may still be readable. */
	readonly doubtful?: boolean;
}

/** How many lines a report shows. */
export const excerptLines = 20;

/** Longer lines say little more: Vira lists all its repositories in one. */
const longestLine = 500;

/** The lines as a report shows them, with secrets already masked: `logs` shows them in full. */
export const shortened = (lines: readonly string[]): readonly string[] =>
	lines.map((line) => (line.length > longestLine ? `${line.slice(0, longestLine)} …` : line));

/** A failure with the end of the log, or with the reason why it cannot be read. */
export const withExcerpt = (failure: Failure, {lines, unreadable}: Excerpt): Failure => ({
	...failure,
	...(lines.length > 0 && {log: lines}),
	...(unreadable && {
		detail: [failure.detail, unreadable.message].filter((one) => one !== undefined && one !== '').join('\n'),
		fixes: [...(failure.fixes ?? []), ...(unreadable.fixes ?? [])],
	}),
});
