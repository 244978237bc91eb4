/** The middle one: a machine that does something else meanwhile spoils the others. */
export const median = (numbers: readonly number[]): number => {
	const sorted = numbers.toSorted((one, other) => one - other);
	return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
};
