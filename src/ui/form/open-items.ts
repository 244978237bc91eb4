import {clamp} from '../clamp.ts';
import {remembered} from '../../settings/remembered.ts';
import type {OptionName, Settings} from '../../settings/options.ts';
import {maskItem, masker} from '../../settings/secrets/masker.ts';
import {itemsOptionOf, optionAt, textsOf, type FormState} from './form.ts';
import {withTexts} from './texts.ts';
import {itemsAfter, openItems, type ItemsEvent, type ItemsState} from './items-state.ts';

const maskOf = remembered((settings: Settings) => masker(settings));

// A filter searches all items at each key.
const maskedItem = remembered((settings: Settings, name: OptionName, text: string) =>
	maskItem(name, text, maskOf(settings)),
);

/** An item of a list or map, with secrets masked. */
export const shownItem = ({settings}: FormState, name: OptionName, text: string): string =>
	maskedItem(settings, name, text);

/**
 * The rows of the open list or map that match the filter, by index. Hidden text does not match: otherwise it could be
 * guessed.
 */
export const rowsLeft = remembered((form: FormState): readonly number[] => {
	const name = optionAt(form);
	const {items} = form;
	if (name === undefined || !items) return [];
	const wanted = items.filter?.text.trim().toLowerCase() ?? '';
	const has = (text: string): boolean => text.toLowerCase().includes(wanted);
	return items.texts.flatMap((text, row) => (has(text) && has(shownItem(form, name, text)) ? [row] : []));
});

/** The row that many rows further, among the matching ones. */
const rowFrom = (form: FormState, items: ItemsState, by: number): number => {
	if (!items.filter) return items.row + by;
	const rows = rowsLeft(form);
	const index = Math.max(rows.indexOf(items.row), 0) + by;
	return rows[clamp(index, 0, rows.length - 1)] ?? items.row;
};

/** The rows of an open list or map that are drawn: of thousands only those around the focus. */
interface ItemsWindow {
	/** The item of each. */
	readonly rows: readonly number[];
	/** How many are not drawn. */
	readonly above: number;
	readonly below: number;
	/** The item with the focus. */
	readonly focus: number;
	/** How many lines the focus is below the first one. */
	readonly line: number;
}

/** Of the rows that match the filter; otherwise of all, and the row that adds one. */
export const itemsWindow = (form: FormState, items: ItemsState, height: number): ItemsWindow => {
	const {draft, texts, filter, row} = items;
	const left = filter && rowsLeft(form);
	const focus = draft ? (draft.replaces ?? texts.length) : row;
	const count = left ? left.length : texts.length + 1;
	const index = left ? Math.max(0, left.indexOf(focus)) : focus;
	const above = Math.max(0, Math.min(index - Math.floor(height / 2), count - height));
	const indexes = Array.from({length: Math.min(count - above, height)}, (_, offset) => above + offset);
	return {
		rows: left ? indexes.map((at) => left[at] ?? 0) : indexes,
		above,
		below: count - above - indexes.length,
		focus,
		line: index - above + (above > 0 ? 1 : 0),
	};
};

const withItems = (form: FormState, name: OptionName, items: ItemsState): FormState => ({
	...(items.texts === textsOf(form, name) ? form : withTexts(form, name, items.texts)),
	items,
	removed: {...form.removed, [name]: items.removed},
	completion: undefined,
});

/** Moves within the rows of the focused list or map. */
export const itemsMoved = (form: FormState, by: number): FormState =>
	form.items ? itemsEvent(form, {item: 'move-to', row: rowFrom(form, form.items, by)}) : form;

/** A filter moves the focus to the first match. */
const atFirstLeft = (form: FormState): FormState => {
	const {items} = form;
	if (!items?.filter) return form;
	const rows = rowsLeft(form);
	return rows.includes(items.row) ? form : {...form, items: {...items, row: rows[0] ?? items.row}};
};

/** Applies an event to the open rows of the focused list or map. */
export const itemsEvent = (form: FormState, event: ItemsEvent): FormState => {
	const name = optionAt(form);
	const option = itemsOptionOf(name);
	const {items} = form;
	if (name === undefined || !option || !items) return form;
	const text = event.item === 'restore' ? items.removed[0]?.text : items.texts[items.row];
	const opens = event.item === 'change' || event.item === 'restore';
	const told = opens && text !== undefined ? {...event, shown: shownItem(form, name, text)} : event;
	return atFirstLeft(withItems(form, name, itemsAfter(option, items, told)));
};

export const itemsOpened = (form: FormState): FormState => {
	const name = optionAt(form);
	return name !== undefined && itemsOptionOf(name)
		? {...form, items: openItems(textsOf(form, name), form.removed[name])}
		: form;
};

export const itemsClosed = (form: FormState): FormState => ({
	...itemsEvent(form, {item: 'leave'}),
	items: undefined,
});

/** A paste opens the list that its lines go to. */
export const itemsPasted = (form: FormState, text: string): FormState => {
	if (form.items) return itemsEvent(form, {item: 'paste', text});
	const opened = itemsOpened(form);
	const items = opened.items && {...opened.items, draft: undefined};
	// The line break at its end adds the last line, too.
	return itemsEvent({...opened, items}, {item: 'paste', text: `${text}\n`});
};
