import type {Complaint} from '../errors.ts';
import {printable, printableLines} from './printable.ts';

type Lines = readonly string[];

export const indented = (lines: Lines): Lines => lines.map((line) => `  ${line}`);

/** What went wrong, and why. */
export const complaintLines = (complaint: Complaint): Lines => [
	`✖ ${printable(complaint.what)}`,
	...indented(printableLines(complaint.why ?? '').filter((line) => line !== '')),
];

/** Lines under a heading of their own; nothing, where there are none. */
export const headed = (heading: string, lines: Lines): Lines =>
	lines.length === 0 ? [] : ['', heading, ...indented(lines)];
