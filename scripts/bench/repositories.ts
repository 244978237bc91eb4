/** A settings file with repositories. */
export const repositories = (count: number): Readonly<Record<string, string>> =>
	Object.fromEntries(
		Array.from({length: count}, (_, index) => [
			`repository-${index}`,
			`https://github.com/example/repository-${index}.git`,
		]),
	);
