/** What the manager itself says in a line of `journalctl`; undefined: somebody else says something. */
const saidByManager = (line: string | undefined): string | undefined =>
	/^\S+ +\d+ [\d:]+ systemd\[\d+\]: (.*)$/u.exec(line ?? '')?.[1];

/** Where the earlier run is over, or the next has begun. */
const isBetween = (line: string): boolean =>
	/^(?:Starting|Started|Stopped) |: Scheduled restart job/u.test(saidByManager(line) ?? '');

/** The manager tells of a start a little later than it starts, and of a process that is there (Type=exec) later still. */
const isOfStart = (line: string | undefined): boolean =>
	line !== undefined && (saidByManager(line)?.startsWith('Starting ') ?? true);

/** Of the last lines of the journal, oldest first, those since the service was last started; all of them, where that was before. */
export const linesSinceStart = (lines: readonly string[]): readonly string[] => {
	const last = lines.findLastIndex(isBetween);
	if (last < 0) return lines;
	if (!(saidByManager(lines[last]) ?? '').startsWith('Start')) return lines.slice(last + 1);
	const before = lines.slice(0, last);
	return lines.slice(before.findLastIndex((line) => !isOfStart(line)) + 1);
};
