/** A piece of a text: where it begins, and where what follows it begins. */
export type Range = readonly [from: number, to: number];

/** Appends a piece; `ranges` are in order of their ends, and those that share a character become one. */
export const append = (ranges: Range[], from: number, to: number): void => {
	let start = from;
	for (let last = ranges.at(-1); last && last[1] > start; last = ranges.at(-1)) {
		start = Math.min(start, last[0]);
		ranges.pop();
	}
	ranges.push([start, to]);
};

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
export const replaced = (text: string, ranges: readonly Range[], by: (piece: string) => string): string => {
	if (ranges.length === 0) return text;
	const parts: string[] = [];
	let done = 0;
	for (const [from, to] of apart(ranges)) {
		parts.push(text.slice(done, from), by(text.slice(from, to)));
		done = to;
	}
	return [...parts, text.slice(done)].join('');
};
