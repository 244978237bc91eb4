import type {Complaint} from '../../errors.ts';

/** The end of the service's log, for a report. */
export interface Excerpt {
	/** Oldest first, as they are in the log: those since the service was last started, and only the newest of them. */
	readonly lines: readonly string[];
	/** Why the log cannot be read, and what shows it: without lines, the log may still not be empty. */
	readonly unreadable?: Complaint;
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

/** A complaint with the end of the log, or with the reason why it cannot be read. */
export const withExcerpt = (complaint: Complaint, {lines, unreadable}: Excerpt): Complaint => ({
	...complaint,
	...(lines.length > 0 && {log: lines}),
	...(unreadable && {
		why: [complaint.why, unreadable.what].filter((one) => one !== undefined && one !== '').join('\n'),
		next: [...(complaint.next ?? []), ...(unreadable.next ?? [])],
	}),
});
