import {type Fix, fixText} from '../../notice.ts';
/** A question on one line. */
export interface Prompt {
	readonly message: string;
	/** The answer for Enter, as shown; it can also be typed. */
	readonly offer: string;
	/** What stays on the screen of the answer. */
	readonly mask?: (answer: string) => string;
	/** Whether lines that were pasted with the last answer are answers to this question. */
	readonly takesRest?: boolean;
}

/** The person at the terminal, who reads and types lines. */
export interface Person {
	/** Shows sentences, wrapped between words. */
	readonly tell: (...messages: readonly string[]) => void;
	/** Shows lines without wrapping: commands to copy, contents of files. */
	readonly show: (...lines: readonly string[]) => void;
	/** Asks for an answer. Throws Cancelled when the run is ended. */
	readonly ask: (prompt: Prompt) => Promise<string>;
	/** Ends the run: throws Cancelled. */
	readonly leave: () => never;
}

/** Whether the person asks for help. */
export const wantsToKnow = (answer: string): boolean => answer.trim() === '?';

/** Shows fixes: each line is a sentence or a command to copy. */
export const advise = (person: Person, fixes: readonly Fix[], indent: string): void => {
	for (const line of fixes.map(fixText)) {
		if (/[.:]$/u.test(line)) person.tell(indent + line);
		else person.show(indent + line);
	}
};
