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

export interface NumberedChoice<T> {
	readonly value: T;
	readonly label: string;
}

interface Choosing<T> {
	readonly what: string;
	/** Numbered from 1, in this order. */
	readonly among: readonly NumberedChoice<T>[];
	/** The answer for Enter. */
	readonly first: T;
	/** Explains the choice, for `?`. */
	readonly explain?: () => void;
}

export const notANumber = (highest: number): string => `✖ Type a number from 1 to ${highest}`;

/** One of several answers, by its number. */
export const choose = async <T>(person: Person, {what, among, first, explain}: Choosing<T>): Promise<T> => {
	const tellChoices = (): void => person.tell(...among.map(({label}, index) => `  ${index + 1}. ${label}`));
	const offer = String(among.findIndex(({value}) => value === first) + 1);
	tellChoices();
	for (;;) {
		const answer = (await person.ask({message: what, offer})).trim() || offer;
		const chosen = /^\d+$/u.test(answer) ? among[Number(answer) - 1] : undefined;
		if (chosen) return chosen.value;
		if (!wantsToKnow(answer)) person.tell(`${notANumber(among.length)}.`);
		else {
			explain?.();
			tellChoices();
		}
	}
};
