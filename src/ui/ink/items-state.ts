import type {ListOption, MapOption} from '../../settings/option.ts';
import {maskText} from '../../settings/secret-looks.ts';
import {parseEntry, parseItem, parseValue, type Parsed} from '../../settings/value.ts';
import {editedAtEnd, type Edit} from './editing.ts';
import {beginHidden, editHidden, revealed, type Hidden} from './hidden.ts';

export type ItemsOption = ListOption | MapOption;

/** An item while it is typed. */
export interface Draft extends Hidden {
	/** The item that it replaces; undefined: it becomes a new one. */
	readonly replaces: number | undefined;
	readonly problem: string | undefined;
}

/** A list or map that is being edited on its rows. */
export interface ItemsState {
	readonly texts: readonly string[];
	/** The row that the keys act on; the one after the last item adds a new one. */
	readonly row: number;
	readonly draft: Draft | undefined;
	/** Pasted lines that are not right either: each is opened once the draft before it is done with. */
	readonly waiting: readonly Draft[];
}

export type ItemsEvent =
	| {readonly item: 'move'; readonly by: number}
	| {readonly item: 'add'}
	/** `shown`: the item as it may be seen, where a part of it is a secret. */
	| {readonly item: 'change'; readonly shown?: string}
	| {readonly item: 'remove'}
	| {readonly item: 'edit'; readonly edit: Edit}
	| {readonly item: 'paste'; readonly text: string}
	| {readonly item: 'keep'}
	| {readonly item: 'leave'};

const newDraft: Draft = {...editedAtEnd(''), secret: undefined, replaces: undefined, problem: undefined};

/** Nothing to look through: the first item is begun at once. */
export const openItems = (texts: readonly string[]): ItemsState => ({
	texts,
	row: 0,
	draft: texts.length === 0 ? newDraft : undefined,
	waiting: [],
});

const itemProblem = (option: ItemsOption, text: string): string | undefined => {
	const parsed: Parsed<unknown> = option.kind === 'list' ? parseItem(text, option) : parseEntry(text, option);
	return parsed.good ? undefined : parsed.problem;
};

const withItem = ({texts}: ItemsState, text: string, replaces: number | undefined): readonly string[] =>
	replaces === undefined ? [...texts, text] : texts.with(replaces, text);

/** The item alone, then what it gets wrong beside the others, such as a name that is there already. */
const problemOf = (option: ItemsOption, state: ItemsState, draft: Draft): string | undefined => {
	const text = revealed(draft);
	const alone = itemProblem(option, text);
	if (alone !== undefined) return alone;
	const together = parseValue(option, withItem(state, text, draft.replaces));
	return together.good ? undefined : together.problem;
};

const kept = (option: ItemsOption, state: ItemsState, draft: Draft): ItemsState => {
	const problem = problemOf(option, state, draft);
	if (problem !== undefined) return {...state, draft: {...draft, problem}};
	const texts = withItem(state, revealed(draft), draft.replaces);
	return {...state, texts, row: draft.replaces ?? texts.length, draft: undefined};
};

/** Each draft becomes an item; of those that are not right the first is opened to be mended, the others wait. */
const keepEach = (option: ItemsOption, state: ItemsState, drafts: readonly Draft[]): ItemsState => {
	let next: ItemsState = {...state, draft: undefined};
	const wrong: Draft[] = [];
	for (const draft of drafts) {
		const tried = kept(option, next, draft);
		if (tried.draft) wrong.push(tried.draft);
		else next = tried;
	}
	const [first, ...waiting] = wrong;
	return {...next, draft: first, waiting};
};

const keep = (option: ItemsOption, state: ItemsState): ItemsState => {
	const {draft, waiting} = state;
	if (!draft) return state;
	const tried = draft.text.trim() === '' ? {...state, draft: undefined} : kept(option, state, draft);
	return tried.draft ? tried : keepEach(option, tried, waiting);
};

/** Going back keeps what is right as it stands; an item that is not right is no answer yet. */
const leave = (option: ItemsOption, state: ItemsState): ItemsState => {
	const wrong = state.draft !== undefined && problemOf(option, state, state.draft) !== undefined;
	return wrong ? keepEach(option, state, state.waiting) : keep(option, state);
};

/** Blanks around a pasted line are nobody's; at the end of a value that can have them, they may be meant. */
const cleaned = (option: ItemsOption, line: string): string => {
	const begun = line.trimStart();
	return option.kind === 'map' && itemProblem(option, begun) === undefined ? begun : begun.trimEnd();
};

const linesOf = (option: ItemsOption, text: string): readonly string[] =>
	text
		.split(/[\r\n]+/u)
		.filter((line) => line.trim() !== '')
		.map((line) => cleaned(option, line));

/** Each line of a paste is an item; what the first replaces, if anything, stays so. */
const draftsOf = (option: ItemsOption, text: string, {secret, replaces}: Draft): readonly Draft[] =>
	linesOf(option, text).map((line, index) => ({
		...newDraft,
		...editedAtEnd(line),
		...(index === 0 && {replaces}),
		secret: line.includes(maskText) ? secret : undefined,
	}));

const paste = (option: ItemsOption, state: ItemsState, text: string): ItemsState => {
	const {draft = newDraft, waiting} = state;
	const pasted = text.replaceAll(/^[\r\n]+|[\r\n]+$/gu, '');
	if (state.draft && !/[\r\n]/u.test(pasted))
		return typed(state, draft, {insert: draft.text === '' ? cleaned(option, pasted) : pasted});
	const around = {...draft, ...editHidden(draft, {insert: text})};
	return keepEach(option, state, [...draftsOf(option, around.text, around), ...waiting]);
};

const typed = (state: ItemsState, draft: Draft, change: Edit): ItemsState => ({
	...state,
	draft: {...draft, ...editHidden(draft, change), problem: undefined},
});

const begin = (state: ItemsState, row: number, shown?: string): ItemsState => {
	const text = state.texts[row];
	const draft =
		text === undefined ? newDraft : {...newDraft, ...beginHidden(text, shown ?? text), replaces: row};
	return {...state, row, draft};
};

const remove = (state: ItemsState): ItemsState =>
	state.row < state.texts.length ? {...state, texts: state.texts.toSpliced(state.row, 1)} : state;

export const itemsAfter = (option: ItemsOption, state: ItemsState, event: ItemsEvent): ItemsState => {
	switch (event.item) {
		case 'move':
			return {...state, row: Math.min(Math.max(state.row + event.by, 0), state.texts.length)};
		case 'add':
			return begin(state, state.texts.length);
		case 'change':
			return begin(state, state.row, event.shown);
		case 'remove':
			return remove(state);
		case 'edit':
			return state.draft ? typed(state, state.draft, event.edit) : state;
		case 'paste':
			return paste(option, state, event.text);
		case 'keep':
			return keep(option, state);
		case 'leave':
			return leave(option, state);
	}
};
