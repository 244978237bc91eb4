import {rowsLeft} from './form-items.ts';
import type {FormState} from './form-model.ts';
import type {ItemsState} from './items-state.ts';

/** The rows of an open list or map that are drawn: of thousands only those around the focus. */
interface ItemsWindow {
	/** Those that match the filter, or all of them and the row that adds one. */
	readonly count: number;
	/** Which of them, from the first up to the one before `to`. */
	readonly from: number;
	readonly to: number;
	/** The item of each. */
	readonly itemAt: (index: number) => number;
	/** The item with the focus. */
	readonly focus: number;
	/** How many lines the focus is below the first one. */
	readonly line: number;
}

export const itemsWindow = (form: FormState, items: ItemsState, height: number): ItemsWindow => {
	const {draft, texts, filter, row} = items;
	const left = filter && rowsLeft(form);
	const focus = draft ? (draft.replaces ?? texts.length) : row;
	const count = left ? left.length : texts.length + 1;
	const index = left ? Math.max(0, left.indexOf(focus)) : focus;
	const from = Math.max(0, Math.min(index - Math.floor(height / 2), count - height));
	return {
		count,
		from,
		to: Math.min(count, from + height),
		itemAt: (at) => (left ? (left[at] ?? 0) : at),
		focus,
		line: index - from + (from > 0 ? 1 : 0),
	};
};
