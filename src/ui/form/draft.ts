import {maskText} from '../../settings/secrets/mask-looks.ts';
import {editedAtEnd, revealed, type Hidden} from './editing.ts';
import type {ListOption, MapOption} from '../../settings/option.ts';
import {entryMeant, entryName, itemProblem} from '../../settings/items.ts';
import {parseValue} from '../../settings/value.ts';

export type ItemsOption = ListOption | MapOption;

/** The items of a list or map while some are added, with the row of each name: there can be thousands. */
export interface Gathered {
	readonly texts: string[];
	readonly rows: Map<string, number>;
}

export const gathered = (texts: readonly string[]): Gathered => ({
	texts: [...texts],
	rows: new Map(texts.map((text, row) => [entryName(text), row])),
});

/** A new item, or the replacement of one. */
interface Change {
	readonly text: string;
	readonly replaces: number | undefined;
}

/** The change with the entry that its text means. */
const changeMeant = (option: ItemsOption, {rows}: Gathered, {text, replaces}: Change): Change => {
	const isTaken = (name: string): boolean => rows.has(name) && rows.get(name) !== replaces;
	return {text: entryMeant(text, option, isTaken), replaces};
};

/** The problem of the item alone, or its conflict with another: a name that already exists. */
export const changeProblem = (
	option: ItemsOption,
	{texts, rows}: Gathered,
	{text, replaces}: Change,
): string | undefined => {
	const alone = itemProblem(text, option);
	const row = rows.get(entryName(text));
	if (alone !== undefined || option.kind === 'list' || row === undefined || row === replaces) return alone;
	const together = parseValue(option, [texts[row] ?? '', text]);
	return together.good ? undefined : together.problem;
};

/** Returns the row of the item. */
export const gather = ({texts, rows}: Gathered, {text, replaces}: Change): number => {
	const row = replaces ?? texts.length;
	const before = entryName(texts[row] ?? '');
	if (rows.get(before) === row) rows.delete(before);
	texts[row] = text;
	rows.set(entryName(text), row);
	return row;
};

/** An item while it is typed. */
export interface Draft extends Hidden {
	/** The item that it replaces; undefined: it becomes a new one. */
	readonly replaces: number | undefined;
	readonly problem: string | undefined;
}

export const newDraft: Draft = {
	...editedAtEnd(''),
	secret: undefined,
	replaces: undefined,
	problem: undefined,
};

/** The change that a draft means, and its problem, if there is one. */
export const changeIn = (option: ItemsOption, all: Gathered, draft: Draft) => {
	const change = changeMeant(option, all, {text: revealed(draft), replaces: draft.replaces});
	return {change, problem: changeProblem(option, all, change)};
};

/** Removes blanks around a pasted line; at the end of a value that can have them, they may be intended. */
export const cleaned = (option: ItemsOption, line: string): string => {
	const begun = line.trimStart();
	return option.kind === 'map' && itemProblem(begun, option) === undefined ? begun : begun.trimEnd();
};

const linesOf = (option: ItemsOption, text: string): readonly string[] =>
	text
		.split(/[\r\n]+/u)
		.filter((line) => line.trim() !== '')
		.map((line) => cleaned(option, line));

/** Each line of a paste is an item; the first replaces what the draft replaces. */
export const draftsOf = (option: ItemsOption, text: string, {secret, replaces}: Draft): readonly Draft[] =>
	linesOf(option, text).map((line, index) => ({
		...newDraft,
		...editedAtEnd(line),
		...(index === 0 && {replaces}),
		secret: line.includes(maskText) ? secret : undefined,
	}));
