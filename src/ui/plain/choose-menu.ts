import {lineOutput} from '../line-output.ts';
import type {Menu} from '../menu.ts';
import type {Output} from '../output.ts';
import {printable} from '../printable.ts';
import {choose} from './choose.ts';
import type {Person} from './person.ts';

/** Shows the lines of a menu, and asks for the number of a choice. */
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

/** Shows lines as they arrive; none remains to be shown afterwards. */
export const tellWhile = async (
	what: string,
	use: (output: Output) => Promise<void>,
	person: Person,
): Promise<readonly string[]> => {
	person.tell(`${what}…`);
	await use(lineOutput((line) => person.show(printable(line))));
	return [];
};
