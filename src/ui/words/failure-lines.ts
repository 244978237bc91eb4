import type {Failure} from '../../errors.ts';
import {printable, printableLines} from '../printable.ts';

type Lines = readonly string[];

export const indented = (lines: Lines): Lines => lines.map((line) => `  ${line}`);

/** What happened and why. */
export const failureLines = (failure: Failure): Lines => [
	`✖ ${printable(failure.message)}`,
	...indented(printableLines(failure.detail ?? '').filter((line) => line !== '')),
];

/** Lines under a heading; nothing if there are no lines. */
export const headed = (heading: string, lines: Lines): Lines =>
	lines.length === 0 ? [] : ['', heading, ...indented(lines)];
