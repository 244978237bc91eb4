import type {Complaint} from '../../errors.ts';
import {printableLines} from '../printable.ts';
import {lastLogLines, notAllUndone, whatToDo} from './phrases.ts';

type Lines = readonly string[];

export const indented = (lines: Lines): Lines => lines.map((line) => `  ${line}`);

/** Lines under a heading; nothing if there are no lines. */
export const headed = (heading: string, lines: Lines): Lines =>
	lines.length === 0 ? [] : ['', heading, ...indented(lines)];

/** What happened and why, for `printable`. */
export const causeLines = ({what, why = ''}: Complaint): Lines => [
	`✖ ${what}`,
	...indented(printableLines(why).filter((line) => line !== '')),
];

/** What happened, why, and what to do. */
export const complaintLines = (complaint: Complaint): Lines => [
	...causeLines(complaint),
	...indented(complaint.next ?? []),
];

/** Changes that were not undone. */
export const notUndoneLines = (notUndone: readonly Complaint[]): Lines => [
	notAllUndone,
	...notUndone.flatMap((one) => indented(complaintLines(one))),
];

interface FailureParts {
	/** The last log lines of the service. */
	readonly log: Lines;
	/** What the failed run left behind. */
	readonly left: Lines;
	readonly next: Lines;
}

/** The conclusion of a run that failed. */
export const failureLines = (complaint: Complaint, {log, left, next}: FailureParts): Lines => [
	...causeLines(complaint),
	...headed(lastLogLines, log),
	'',
	...left,
	...headed(whatToDo, next),
];
