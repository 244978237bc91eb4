import {fixText} from '../../notice.ts';
import type {Failure} from '../../errors.ts';
import {printableLines} from '../printable.ts';
import {lastLogLines, notAllUndone, whatToDo} from './phrases.ts';

type Lines = readonly string[];

export const indented = (lines: Lines): Lines => lines.map((line) => `  ${line}`);

/** Lines under a heading; nothing if there are no lines. */
export const headed = (heading: string, lines: Lines): Lines =>
	lines.length === 0 ? [] : ['', heading, ...indented(lines)];

/** What happened and why, for `printable`. */
export const causeLines = ({message, detail = ''}: Failure): Lines => [
	`✖ ${message}`,
	...indented(printableLines(detail).filter((line) => line !== '')),
];

/** What happened, why, and what to do. */
export const failureLines = (failure: Failure): Lines => [
	...causeLines(failure),
	...indented((failure.fixes ?? []).map(fixText)),
];

/** Changes that were not undone. */
export const notUndoneLines = (notUndone: readonly Failure[]): Lines => [
	notAllUndone,
	...notUndone.flatMap((one) => indented(failureLines(one))),
];

interface FailureParts {
	/** The last log lines of the service. */
	readonly log: Lines;
	/** What the failed run left behind. */
	readonly left: Lines;
	readonly next: Lines;
}

/** The conclusion of a run that failed: the cause first, and the log, which can be long, last. */
export const failedRunLines = (failure: Failure, {log, left, next}: FailureParts): Lines => [
	...causeLines(failure),
	'',
	...left,
	...headed(whatToDo, next),
	...headed(lastLogLines, log),
];
