import {journal} from './journal.ts';
import type {Command, System} from '../system.ts';
import type {LogWanted} from '../service-manager/log-source.ts';

/** Longer than a line with a journal cursor. */
const longestCursorLine = 1000;

/** Keeps the end of an output of any length: its last line, and whether there is a line before it. */
const lastLineOf = () => {
	const decoder = new TextDecoder('latin1');
	const seen = {breaks: 0, end: ''};
	return {
		take: (bytes: Uint8Array): void => {
			const text = decoder.decode(bytes);
			seen.breaks += text.split('\n').length - 1;
			seen.end = (seen.end + text).slice(-longestCursorLine);
		},
		cursor: (): string | undefined =>
			seen.breaks < 2 ? undefined : /\n-- cursor: (\S+)\n$/u.exec(seen.end)?.[1],
	};
};

/** The cursor of the oldest of the newest lines since a moment; undefined if there is none. */
const findOldest = async (
	system: System,
	{lines, since}: {readonly lines: number; readonly since: string},
	signal: AbortSignal,
): Promise<string | undefined> => {
	const {take, cursor} = lastLineOf();
	const command = journal.newestFirst(lines, since);
	const {exitCode} = await system.run(command, {timeoutMs: Infinity, signal, onOutput: take});
	return exitCode === 0 ? cursor() : undefined;
};

/**
 * The command that shows the newest lines since a moment: before systemd 254, `--lines` with `--since` shows the oldest.
 * The first of the newest lines is found, then the log is shown from there: no line is kept here, and lines logged
 * meanwhile are neither lost nor shown twice. If no line is found or journalctl fails, journalctl runs with the options
 * as they are: it prints its own error, and what it shows is all there is.
 */
export const newestSince = async (
	system: System,
	{lines, since, follow}: LogWanted & {readonly lines: number; readonly since: string},
	signal: AbortSignal,
): Promise<Command> => {
	const none = lines === 0;
	if (none && !follow) return journal.show({lines, since, follow});
	const oldest = await findOldest(system, {lines: none ? 1 : lines, since}, signal);
	if (oldest === undefined) return journal.show({lines: follow ? undefined : lines, since, follow});
	return none ? journal.followAfter(oldest) : journal.showFrom(oldest, {lines, follow});
};
