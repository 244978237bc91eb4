/** Every match of a global pattern. It makes no copy of the pattern, as `matchAll` does: texts are many, and short. */
export const forEachMatch = (pattern: RegExp, text: string, take: (match: RegExpExecArray) => void): void => {
	pattern.lastIndex = 0;
	for (let match = pattern.exec(text); match; match = pattern.exec(text)) take(match);
};

/** A piece of a text: where it begins, and where what follows it begins. */
export type Range = readonly [from: number, to: number];

/** In order, and those that share a character as one. */
const apart = (ranges: readonly Range[]): readonly Range[] => {
	const found: Range[] = [];
	for (const [from, to] of ranges.toSorted((one, other) => one[0] - other[0])) {
		const last = found.at(-1);
		if (last && last[1] > from) found[found.length - 1] = [last[0], Math.max(last[1], to)];
		else found.push([from, to]);
	}
	return found;
};

/** The text with something else in place of these pieces. */
export const replaceRanges = (
	text: string,
	ranges: readonly Range[],
	by: (piece: string) => string,
): string => {
	if (ranges.length === 0) return text;
	const parts: string[] = [];
	let done = 0;
	for (const [from, to] of apart(ranges)) {
		parts.push(text.slice(done, from), by(text.slice(from, to)));
		done = to;
	}
	return [...parts, text.slice(done)].join('');
};

/** A text to look for. */
export interface Sought {
	readonly text: string;
	/** This many of its last characters are found; 0: it counts only as a whole word. */
	readonly last: number;
}

/** Whether a word may not begin after it, or not end before it: within a path or a name it is another thing. */
const joinsBefore = /[\w\/.~\-]/u;
const joinsAfter = /[\w\/\-]/u;

/** The words among these; what is found beside one is no part of it. */
const wordsIn = (text: string, candidates: readonly Range[], found: readonly Range[]): readonly Range[] => {
	if (candidates.length === 0) return [];
	const [starts, ends] = [new Set(found.map(([from]) => from)), new Set(found.map(([, to]) => to))];
	return candidates.filter(
		([from, to]) =>
			(ends.has(from) || !joinsBefore.test(text.charAt(from - 1))) &&
			(starts.has(to) || !joinsAfter.test(text.charAt(to))),
	);
};

/**
 * Finds all of these texts, however many they are: those that can begin at a place are few, and each is looked up by its
 * length.
 */
export const finder = (sought: readonly Sought[]): ((text: string) => readonly Range[]) => {
	const beginning = sought.reduce((least, {text}) => Math.min(least, text.length), 8);
	const lengths = new Map<string, Set<number>>();
	const lasts = new Map<string, readonly number[]>();
	for (const {text, last} of sought) {
		const start = text.slice(0, beginning);
		lengths.set(start, (lengths.get(start) ?? new Set()).add(text.length));
		lasts.set(text, [...(lasts.get(text) ?? []), last]);
	}
	return (text) => {
		const [found, candidates]: [Range[], Range[]] = [[], []];
		for (let from = 0; from + beginning <= text.length; from += 1)
			for (const length of lengths.get(text.slice(from, from + beginning)) ?? []) {
				const to = from + length;
				if (to > text.length) continue;
				for (const last of lasts.get(text.slice(from, to)) ?? [])
					if (last === 0) candidates.push([from, to]);
					else found.push([to - last, to]);
			}
		const ranges = apart(found);
		return [...ranges, ...wordsIn(text, candidates, ranges)];
	};
};
