/** What is asked on one line. */
export interface Prompt {
	readonly message: string;
	/** The answer that Enter gives, as it may be seen; it can be typed as well. */
	readonly offer: string;
	/** What of the answer stays on the screen. */
	readonly mask?: (answer: string) => string;
	/** Whether lines that were pasted with the last answer are answers to this question. */
	readonly takesRest?: boolean;
}

/** Whoever sits at the terminal: is told lines, and answers with lines. */
export interface Person {
	/** Sentences, divided between words where a line has no room for them. */
	readonly tell: (...messages: readonly string[]) => void;
	/** Lines that are not divided: commands to copy, the text of files. */
	readonly show: (...lines: readonly string[]) => void;
	/** The answer as it was typed. Cancelled as soon as the run is ended. */
	readonly ask: (prompt: Prompt) => Promise<string>;
	/** They want to end the run: Cancelled. */
	readonly leave: () => never;
}

/** Whether a person would like to know more before they answer. */
export const wantsToKnow = (answer: string): boolean => answer.trim() === '?';

/** Says what can be done: each line is a sentence, or a command to copy. */
export const advise = (person: Person, fixes: readonly string[], indent: string): void => {
	for (const line of fixes) {
		if (/[.:]$/u.test(line)) person.tell(indent + line);
		else person.show(indent + line);
	}
};
