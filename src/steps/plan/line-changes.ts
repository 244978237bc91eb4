import {diffLines} from 'diff';

/** Lines that stay, come or go together. */
interface Change {
	readonly added: boolean;
	readonly removed: boolean;
	/** Lines. */
	readonly count: number;
}

/** The time to find the shortest difference grows with the square of its length; a longer one is not worth it. */
const longestDifference = 500;

const linesOf = (text: string): readonly string[] => text.match(/[^\n]*\n|[^\n]+$/gu) ?? [];

/** How many lines are the same, from the beginning on. */
const sameLines = (before: readonly string[], after: readonly string[]): number => {
	const different = before.findIndex((line, index) => line !== after[index]);
	return different < 0 ? before.length : different;
};

const some = (count: number, kind: 'same' | 'added' | 'removed'): readonly Change[] =>
	count === 0 ? [] : [{added: kind === 'added', removed: kind === 'removed', count}];

/** What changes from one text to the other. */
export const changesBetween = (before: string, after: string): readonly Change[] => {
	const [old, now] = [linesOf(before), linesOf(after)];
	const first = sameLines(old, now);
	const [oldRest, nowRest] = [old.slice(first), now.slice(first)];
	const last = Math.min(
		sameLines(oldRest.toReversed(), nowRest.toReversed()),
		oldRest.length,
		nowRest.length,
	);
	const [removed, added] = [oldRest, nowRest].map((rest) => rest.slice(0, rest.length - last));
	const between =
		removed?.length && added?.length
			? diffLines(removed.join(''), added.join(''), {maxEditLength: longestDifference})
			: undefined;
	return [
		...some(first, 'same'),
		...(between ?? [...some(removed?.length ?? 0, 'removed'), ...some(added?.length ?? 0, 'added')]),
		...some(last, 'same'),
	];
};
