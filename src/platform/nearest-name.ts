/** Number of letters to add, remove, replace or swap with the next to turn one text into the other. */
const distance = (one: string, other: string): number => {
	let before: readonly number[] = [];
	let row = Array.from({length: other.length + 1}, (_, index) => index);
	for (const [index, letter] of Array.from(one).entries()) {
		const above = row;
		row = [index + 1];
		for (const [at, wanted] of Array.from(other).entries()) {
			const isSwapped = letter === other[at - 1] && wanted === one[index - 1];
			row.push(
				Math.min(
					(above[at] ?? 0) + (letter === wanted ? 0 : 1),
					(above[at + 1] ?? 0) + 1,
					(row[at] ?? 0) + 1,
					isSwapped ? (before[at - 1] ?? Infinity) + 1 : Infinity,
				),
			);
		}
		before = above;
	}
	return row.at(-1) ?? 0;
};

/** The known name that was most likely meant: in another case, abbreviated, or with at most two wrong letters. */
export const nearestName = (name: string, known: readonly string[]): string | undefined => {
	const typed = name.toLowerCase();
	const begun = known.filter((one) => one.toLowerCase().startsWith(typed));
	if (typed.length >= 3 && begun.length === 1) return begun[0];
	const [nearest] = known
		.map((one) => ({one, far: distance(typed, one.toLowerCase())}))
		.toSorted((a, b) => a.far - b.far);
	// In a short name, two different letters make another word.
	return nearest && nearest.far <= (typed.length < 5 ? 1 : 2) ? nearest.one : undefined;
};
