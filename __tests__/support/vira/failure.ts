/**
 * Ends the program with exit status 1. Words go to standard error, as those of an exception that nobody catches;
 * without words everything has been said.
 */
export class Failure extends Error {
	readonly words: string | undefined;

	constructor(words?: string) {
		super(words ?? 'Vira ends with status 1');
		this.words = words;
	}
}

export const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

export const codeOf = (error: unknown): string | undefined =>
	error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
