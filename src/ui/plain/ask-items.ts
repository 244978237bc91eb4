import type {ListOption, MapOption} from '../../settings/option.ts';
import {optionOf, type OptionName} from '../../settings/options.ts';
import {entryMeant, entryName, itemProblem} from '../../settings/items.ts';
import {formatValue, parseValue} from '../../settings/value.ts';
import {
	answered,
	consequences,
	itemTexts,
	keep,
	none,
	offerFor,
	problemsWith,
	type Answers,
} from './answers.ts';
import {isAbout} from '../form/problems.ts';
import {wantsToKnow, type Person} from './terminal-person.ts';

/** Ends the list. */
const done = 'done';

/** A list or map while it is edited. */
interface EditedItems {
	readonly name: OptionName;
	readonly option: ListOption | MapOption;
	readonly answers: Answers;
}

const answeredTexts = ({name, answers}: EditedItems): readonly string[] =>
	formatValue(answers.settings[name]);

const shownOf = ({name, answers}: EditedItems, text: string): string =>
	itemTexts(name, [text], answers.settings)[0] ?? '';

const itemLabel = (items: EditedItems, index: number): string =>
	`  ${index + 1}. ${shownOf(items, answeredTexts(items)[index] ?? '')}`;

/** Every item with its problems; problems of the whole list come first. */
const listText = (items: EditedItems): readonly string[] => {
	const texts = answeredTexts(items);
	const problems = problemsWith(items.answers, items.name);
	const ofWhole = problems.filter((one) => !texts.some((text) => isAbout(one, text)));
	const rows = itemTexts(items.name, texts, items.answers.settings).flatMap((shown, index) => [
		`  ${index + 1}. ${shown}`,
		...problems.filter((one) => isAbout(one, texts[index] ?? '')).map(({message}) => `     ✖ ${message}`),
	]);
	return [...ofWhole.map(({message}) => `✖ ${message}`), ...rows];
};

/** A longer list is shown only on request. */
const mostLines = 30;

const itemsWithTexts = (items: EditedItems, texts: readonly string[]): Tried => {
	const parsed = parseValue(items.option, texts);
	return parsed.good
		? {items: {...items, answers: answered(items.answers, items.name, parsed.value)}}
		: {problem: parsed.problem};
};

/** The problem of the item alone, or its conflict with another, such as a name that already exists. */
const withItem = (items: EditedItems, index: number, given: string): Tried => {
	const isTaken = (name: string): boolean =>
		answeredTexts(items).some((one, at) => at !== index && entryName(one) === name);
	const text = entryMeant(given, items.option, isTaken);
	const alone = itemProblem(text, items.option);
	return alone === undefined
		? itemsWithTexts(items, answeredTexts(items).toSpliced(index, 1, text))
		: {problem: alone};
};

/** Shows the result and returns the current items. */
const tellTried = (before: EditedItems, tried: Tried, person: Person): EditedItems => {
	if ('problem' in tried) {
		person.tell(`✖ ${tried.problem}`);
		return before;
	}
	const known = consequences(before.name, before.answers);
	person.tell(...consequences(before.name, tried.items.answers).filter((one) => !known.includes(one)));
	return tried.items;
};

const tellItems = (items: EditedItems, person: Person, most = mostLines): void => {
	const count = answeredTexts(items).length;
	const {placeholder, item} = items.option;
	const list = listText(items);
	const change = count > 0 ? ', a number to change or remove that one' : '';
	person.tell(
		...(list.length > most ? [`There are ${count}. Type ? to list them.`] : list),
		`Type ${placeholder ?? item} to add a ${item}${change}, or ${done} to continue.`,
	);
};

const remove = (items: EditedItems, index: number, person: Person): EditedItems => {
	const left = tellTried(items, itemsWithTexts(items, answeredTexts(items).toSpliced(index, 1)), person);
	tellItems(left, person);
	return left;
};

const changeItem = async (items: EditedItems, index: number, person: Person): Promise<EditedItems> => {
	const text = answeredTexts(items)[index] ?? '';
	const shown = shownOf(items, text);
	const offer = offerFor(text, shown);
	const {item} = items.option;
	const present = offer === keep ? `Current value: ${shown}. ` : '';
	person.tell(`${present}Type a new value, or ${none} to remove it.`);
	for (;;) {
		const message = `${item[0]?.toUpperCase() ?? ''}${item.slice(1)} ${index + 1}`;
		const answer = await person.ask({message, offer, mask: (text) => shownOf(items, text)});
		if (answer === offer) return items;
		if (answer === none) return remove(items, index, person);
		const tried = withItem(items, index, answer);
		const next = tellTried(items, tried, person);
		if (!('items' in tried)) continue;
		person.show(itemLabel(next, index));
		return next;
	}
};

type Tried = {readonly items: EditedItems} | {readonly problem: string};

const add = (items: EditedItems, text: string, person: Person): EditedItems => {
	const next = tellTried(items, withItem(items, answeredTexts(items).length, text), person);
	if (next !== items) person.show(itemLabel(next, answeredTexts(next).length - 1));
	return next;
};

const asNumber = (items: EditedItems, answer: string): number | undefined => {
	const index = /^\d+$/u.test(answer) ? Number(answer) - 1 : -1;
	return index in answeredTexts(items) ? index : undefined;
};

/** Edits a list or a map item by item. Each line of a paste is an item. */
export const askItems = async (name: OptionName, start: Answers, person: Person): Promise<Answers> => {
	const option = optionOf(name);
	if (option.kind !== 'list' && option.kind !== 'map') return start;
	let items: EditedItems = {name, option, answers: start};
	tellItems(items, person);
	for (let takesRest = false; ; takesRest = true) {
		const current = items;
		const mask = (text: string): string => shownOf(current, text);
		const answer = await person.ask({message: option.label, offer: done, mask, takesRest});
		if (answer === done || answer === '') return items.answers;
		const index = asNumber(items, answer);
		if (index !== undefined) items = await changeItem(items, index, person);
		else if (!wantsToKnow(answer)) items = add(items, answer, person);
		else {
			person.tell(option.why ?? option.help);
			tellItems(items, person, Infinity);
		}
	}
};
