/** The middle one: other work on the machine distorts the rest. */
export const median = (numbers: readonly number[]): number => {
	const sorted = numbers.toSorted((one, other) => one - other);
	return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
};
