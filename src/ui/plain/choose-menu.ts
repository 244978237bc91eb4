import {lineOutput} from '../line-output.ts';
import type {Menu} from '../menu.ts';
import type {Output} from '../output.ts';
import {printable} from '../printable.ts';
import {choose} from './choose.ts';
import type {Person} from './person.ts';

/** Tells what there is to tell, and asks what to do next by its number. */
export const chooseMenu = <T extends string>(
	{lines, choices, leave}: Menu<T>,
	person: Person,
): Promise<T> => {
	person.show('', ...lines, '');
	const among = choices.map(({value, label, note}) => ({
		value,
		label: note === undefined ? label : `${label}: ${note}`,
	}));
	return choose(person, {what: 'What now', among, first: choices[0]?.value ?? leave});
};

/** Has lines told as they come; none is left to be told afterwards. */
export const tellWhile = async (
	what: string,
	use: (output: Output) => Promise<void>,
	person: Person,
): Promise<readonly string[]> => {
	person.tell(`${what}…`);
	await use(lineOutput((line) => person.show(printable(line))));
	return [];
};
