/** Ends the simulated Vira with status 1; words go to standard error, as those of an exception that nobody catches. */
export class ViraFailure extends Error {
	readonly words: string | undefined;

	constructor(words?: string) {
		super(words ?? 'Vira ends with status 1');
		this.words = words;
	}
}
