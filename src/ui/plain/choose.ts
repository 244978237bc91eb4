import {wantsToKnow, type Person} from './person.ts';

export interface Offered<T> {
	readonly value: T;
	readonly label: string;
}

export interface Choosing<T> {
	readonly what: string;
	/** Numbered from 1, in this order. */
	readonly among: readonly Offered<T>[];
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
