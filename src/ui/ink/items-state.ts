import type {ListOption, MapOption} from '../../settings/option.ts';
import {parseEntry, parseItem, parseValue, type Parsed} from '../../settings/value.ts';
import {edit, editedAtEnd, type Edit, type Edited} from './editing.ts';

export type ItemsOption = ListOption | MapOption;

/** An item while it is typed. */
export interface Draft extends Edited {
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
	| {readonly item: 'change'}
	| {readonly item: 'remove'}
	| {readonly item: 'edit'; readonly edit: Edit}
	| {readonly item: 'paste'; readonly text: string}
	| {readonly item: 'keep'}
	| {readonly item: 'leave'};

const newDraft: Draft = {...editedAtEnd(''), replaces: undefined, problem: undefined};

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
	const alone = itemProblem(option, draft.text);
	if (alone !== undefined) return alone;
	const together = parseValue(option, withItem(state, draft.text, draft.replaces));
	return together.good ? undefined : together.problem;
};

const kept = (option: ItemsOption, state: ItemsState, draft: Draft): ItemsState => {
	const problem = problemOf(option, state, draft);
	if (problem !== undefined) return {...state, draft: {...draft, problem}};
	const texts = withItem(state, draft.text, draft.replaces);
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

const linesOf = (text: string): readonly string[] =>
	text
		.split(/[\r\n]+/u)
		.map((line) => line.trim())
		.filter((line) => line !== '');

/** Each line of a paste is an item; what the first replaces, if anything, stays so. */
const pasteLines = (option: ItemsOption, state: ItemsState, lines: readonly string[]): ItemsState => {
	const drafts = lines.map((line, index): Draft => ({
		...editedAtEnd(line),
		replaces: index === 0 ? state.draft?.replaces : undefined,
		problem: undefined,
	}));
	return keepEach(option, state, [...drafts, ...state.waiting]);
};

const paste = (option: ItemsOption, state: ItemsState, text: string): ItemsState => {
	const lines = linesOf(text);
	const {draft} = state;
	if (lines.length === 1 && draft) return typed(state, draft, {insert: lines[0] ?? ''});
	if (!draft) return pasteLines(option, state, lines);
	const around = edit(draft, {insert: lines.join('\n')});
	return pasteLines(option, state, linesOf(around.text));
};

const typed = (state: ItemsState, draft: Draft, change: Edit): ItemsState => ({
	...state,
	draft: {...draft, ...edit(draft, change), problem: undefined},
});

const begin = (state: ItemsState, row: number): ItemsState => {
	const text = state.texts[row];
	const draft = text === undefined ? newDraft : {...newDraft, ...editedAtEnd(text), replaces: row};
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
			return begin(state, state.row);
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
