import {formats, runFlags, type Format} from './command-line.ts';
import {usage} from './parse-words.ts';
import type {LogWanted} from './steps/log-source.ts';

/** Of --wait: whole seconds. */
export const parseSeconds = (text: string): number => {
	const seconds = Number(text);
	if (/^\d+$/u.test(text) && seconds >= 1 && seconds <= 3600) return seconds;
	throw usage('--wait: Use a whole number of seconds from 1 to 3600.');
};

interface LogFlags {
	readonly follow?: boolean;
	readonly lines?: string;
	readonly since?: string;
}

/** More than any log has, and as much as journalctl takes (journalctl(1), a number of 31 bits). */
const mostLines = 999_999_999;

/** Whoever names a moment wants all that was said since. */
export const logOf = ({follow = false, lines, since}: LogFlags): LogWanted => {
	const count = lines ?? (since === undefined ? runFlags.lines.default : undefined);
	if (count !== undefined && !/^\d+$/u.test(count)) throw usage('--lines: Use a whole number, such as 100.');
	if (since?.trim() === '') throw usage('--since: Give a time, such as yesterday.');
	return {follow, lines: count === undefined ? undefined : Math.min(Number(count), mostLines), since};
};

/** Of --format. */
export const formatOf = ({format = runFlags.format.default}: {readonly format?: string}): Format => {
	const known = formats.find((name) => name === format.toLowerCase());
	if (known === undefined) throw usage(`--format: Use one of: ${formats.join(', ')}.`);
	return known;
};

/** Of --to: how many versions to go back. */
export const parseBack = (text: string): number => {
	if (/^[123]$/u.test(text)) return Number(text);
	throw usage('--to: Use 1, 2 or 3: that many versions are kept.');
};
