import type {Complaint} from '../../errors.ts';
import {printable, printableLines} from '../printable.ts';

type Lines = readonly string[];

export const indented = (lines: Lines): Lines => lines.map((line) => `  ${line}`);

/** What happened and why. */
export const complaintLines = (complaint: Complaint): Lines => [
	`✖ ${printable(complaint.what)}`,
	...indented(printableLines(complaint.why ?? '').filter((line) => line !== '')),
];

/** Lines under a heading; nothing if there are no lines. */
export const headed = (heading: string, lines: Lines): Lines =>
	lines.length === 0 ? [] : ['', heading, ...indented(lines)];
