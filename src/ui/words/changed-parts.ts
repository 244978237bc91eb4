import type {DiffLine} from '../../steps/plan/changes.ts';
import {printable} from '../text.ts';

/** How much of a changed line is the same as before, in characters from its beginning and from its end. */
export interface KeptEnds {
	readonly lead: number;
	readonly tail: number;
}

/** Words, such as a value, a tag or a part of a path, and what separates them. */
const wordsIn = (text: string): readonly string[] => text.match(/[^\s"'=:,;/<>]+|[\s"'=:,;/<>]/gu) ?? [];

const lengthOf = (words: readonly string[]): number => words.join('').length;

/** What two lines have in common at their ends, in whole words; undefined: no word, or everything. */
const keptIn = (before: string, after: string): KeptEnds | undefined => {
	const [old, now] = [wordsIn(before), wordsIn(after)];
	const most = Math.min(old.length, now.length);
	let lead = 0;
	while (lead < most && old[lead] === now[lead]) lead += 1;
	let tail = 0;
	while (tail < most - lead && old.at(-tail - 1) === now.at(-tail - 1)) tail += 1;
	const ends = [now.slice(0, lead), now.slice(now.length - tail)] as const;
	const isUseful = before !== after && /[\p{L}\p{N}]/u.test(ends.flat().join(''));
	return isUseful ? {lead: lengthOf(ends[0]), tail: lengthOf(ends[1])} : undefined;
};

/** What stays the same in each removed line of a diff, and in the added line that replaces it. */
export const keptParts = (lines: readonly DiffLine[]): ReadonlyMap<DiffLine, KeptEnds> => {
	const parts = new Map<DiffLine, KeptEnds>();
	let removed: DiffLine[] = [];
	let paired = 0;
	for (const line of lines) {
		if (line.mark === 'same') [removed, paired] = [[], 0];
		if (line.mark === 'removed') removed.push(line);
		const was = line.mark === 'added' ? removed[paired++] : undefined;
		const kept = was && keptIn(printable(was.text), printable(line.text));
		if (kept) parts.set(was, kept).set(line, kept);
	}
	return parts;
};
