import type {Failure} from '../../errors.ts';

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
