import {clamp} from '../clamp.ts';
import {edit, editedAtEnd, type Edit, type Edited, beginHidden, editHidden, revealed} from './editing.ts';
import {
	changeIn,
	changeProblem,
	cleaned,
	draftsOf,
	gather,
	gathered,
	newDraft,
	type Draft,
	type ItemsOption,
} from './draft.ts';

/** A list or map that is being edited on its rows. */
export interface ItemsState {
	readonly texts: readonly string[];
	/** The focused row; the one after the last item adds a new one. */
	readonly row: number;
	readonly draft: Draft | undefined;
	/** More pasted lines with problems: each is opened after the draft before it is finished. */
	readonly waiting: readonly Draft[];
	/** The text that finds items; undefined: all of them are shown. */
	readonly filter: Edited | undefined;
	/** What was removed, the last first. */
	readonly removed: readonly {readonly row: number; readonly text: string}[];
}

export type ItemsEvent =
	| {readonly item: 'move-to'; readonly row: number}
	| {readonly item: 'add'}
	/** `shown`: the masked item, if a part of it is a secret. */
	| {readonly item: 'change'; readonly shown?: string}
	| {readonly item: 'remove'}
	| {readonly item: 'restore'; readonly shown?: string}
	| {readonly item: 'edit'; readonly edit: Edit}
	| {readonly item: 'paste'; readonly text: string}
	| {readonly item: 'keep'}
	| {readonly item: 'leave'}
	| {readonly item: 'filter'}
	| {readonly item: 'filtered'};

/** An empty list begins its first item immediately. */
export const openItems = (texts: readonly string[], removed: ItemsState['removed'] = []): ItemsState => ({
	texts,
	row: 0,
	draft: texts.length === 0 ? newDraft : undefined,
	waiting: [],
	filter: undefined,
	removed,
});

/** Each valid draft becomes an item; the first with a problem is opened to be fixed, the others wait. */
const keepEach = (option: ItemsOption, state: ItemsState, drafts: readonly Draft[]): ItemsState => {
	if (drafts.length === 0) return {...state, draft: undefined, waiting: []};
	const all = gathered(state.texts);
	let {row} = state;
	const wrong: Draft[] = [];
	for (const draft of drafts) {
		const {change, problem} = changeIn(option, all, draft);
		if (problem !== undefined) wrong.push({...draft, problem});
		else row = draft.replaces === undefined ? gather(all, change) + 1 : gather(all, change);
	}
	const [first, ...waiting] = wrong;
	const texts = wrong.length === drafts.length ? state.texts : all.texts;
	return {...state, texts, row, draft: first, waiting};
};

const keepDraft = (option: ItemsOption, state: ItemsState): ItemsState => {
	const {draft, waiting} = state;
	if (!draft) return state;
	const tried = keepEach(option, state, draft.text.trim() === '' ? [] : [draft]);
	return tried.draft ? {...tried, waiting} : keepEach(option, tried, waiting);
};

/** Going back keeps a valid draft and removes one with a problem, which can be restored. */
const leaveItem = (option: ItemsOption, state: ItemsState): ItemsState => {
	const {draft, texts, waiting} = state;
	if (!draft) return state;
	const {problem} = changeIn(option, gathered(texts), draft);
	if (problem === undefined) return keepDraft(option, state);
	const text = revealed(draft);
	const removed = text.trim() === '' ? state.removed : [{row: texts.length, text}, ...state.removed];
	return keepEach(option, {...state, removed}, waiting);
};

const paste = (option: ItemsOption, state: ItemsState, text: string): ItemsState => {
	const {draft = newDraft, waiting} = state;
	const pasted = text.replaceAll(/^[\r\n]+|[\r\n]+$/gu, '');
	const begins = isAtEnd(state) && pasted === text;
	if ((state.draft ?? begins) && !/[\r\n]/u.test(pasted))
		return typed(state, draft, {insert: draft.text === '' ? cleaned(option, pasted) : pasted});
	const around = {...draft, ...editHidden(draft, {insert: text})};
	return keepEach(option, state, [...draftsOf(option, around.text, around), ...waiting]);
};

/** Whether the row that adds an item has the focus: there, typing begins one. */
export const isAtEnd = ({row, texts, draft, filter}: ItemsState): boolean =>
	!draft && !filter && row >= texts.length;

const typed = (state: ItemsState, draft: Draft, change: Edit): ItemsState => ({
	...state,
	draft: {...draft, ...editHidden(draft, change), problem: undefined},
});

const edited = (state: ItemsState, change: Edit): ItemsState => {
	if (state.filter) return {...state, filter: edit(state.filter, change)};
	const begun = isAtEnd(state) && 'insert' in change ? newDraft : undefined;
	const draft = state.draft ?? begun;
	return draft ? typed(state, draft, change) : state;
};

const beginDraft = (state: ItemsState, row: number, shown?: string): ItemsState => {
	const text = state.texts[row];
	const draft =
		text === undefined ? newDraft : {...newDraft, ...beginHidden(text, shown ?? text), replaces: row};
	return {...state, row, draft};
};

const remove = (state: ItemsState): ItemsState => {
	const {row, texts, removed} = state;
	const text = texts[row];
	return text === undefined
		? state
		: {
				...state,
				texts: texts.toSpliced(row, 1),
				row: clamp(row, 0, texts.length - 2),
				removed: [{row, text}, ...removed],
			};
};

/** Restores what was removed last; what has a problem, such as a name that another item has by now, is opened. */
const restore = (option: ItemsOption, state: ItemsState, shown?: string): ItemsState => {
	const [last, ...removed] = state.removed;
	if (!last) return state;
	const {text} = last;
	const row = Math.min(last.row, state.texts.length);
	const problem = changeProblem(option, gathered(state.texts), {text, replaces: undefined});
	return problem === undefined
		? {...state, texts: state.texts.toSpliced(row, 0, text), row, removed}
		: {
				...state,
				removed,
				row: state.texts.length,
				draft: {...newDraft, ...beginHidden(text, shown ?? text), problem},
			};
};

export const itemsAfter = (option: ItemsOption, state: ItemsState, event: ItemsEvent): ItemsState => {
	switch (event.item) {
		case 'move-to':
			return {...state, row: clamp(event.row, 0, state.texts.length)};
		case 'add':
			return beginDraft(state, state.texts.length);
		case 'change':
			return beginDraft(state, state.row, event.shown);
		case 'remove':
			return remove(state);
		case 'restore':
			return restore(option, state, event.shown);
		case 'edit':
			return edited(state, event.edit);
		case 'paste':
			return paste(option, state, event.text);
		case 'keep':
			return keepDraft(option, state);
		case 'leave':
			return leaveItem(option, state);
		case 'filter':
			return {...state, filter: editedAtEnd('')};
		case 'filtered':
			return {...state, filter: undefined};
	}
};
