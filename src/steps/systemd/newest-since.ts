import {journal} from '../../platform/linux/journal.ts';
import type {Command, System} from '../../platform/system.ts';
import type {LogWanted} from '../log-source.ts';

/** More than the line has that names a place in the journal. */
const longestCursorLine = 1000;

/** Of an output of any length, what is behind its last line but one, and whether there is another line before it. */
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

/** The place in the journal of the oldest of the newest lines since a moment; undefined where there is none. */
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
 * The command that shows the newest lines since a moment: systemd before 254 has `--lines` with `--since` show the
 * oldest. The first of them is looked for, and shown from there: however many they are, none of them is kept here, and
 * what is said meanwhile is neither left out nor shown twice. Where nothing was found, or no answer came, the same is
 * asked of journalctl alone: it says why, and what it goes on with is all there is.
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
