import {optionOf, type OptionName} from '../../../../settings/options.ts';
import type {Problem} from '../../../../settings/problem.ts';
import {paragraph, type Line, visible} from '../../components/line.ts';
import {typedSpans} from './field-lines.ts';
import {rowsLeft, shownItem} from './form-items.ts';
import type {FormState} from './form-model.ts';
import {isAbout} from './form-problems.ts';
import type {ItemsOption} from './item-problem.ts';
import type {Draft, ItemsState} from './items-state.ts';

export interface Rows {
	readonly lines: readonly Line[];
	/** The focused line. */
	readonly focus: number;
}

interface ItemsPlace {
	readonly width: number;
	/** Visible lines: of thousands of items only these are drawn. */
	readonly height: number;
	/** The problems of the option; each is shown below its row. */
	readonly problems: readonly Problem[];
}

export const problemLines = (problem: string, width: number): readonly Line[] =>
	paragraph(problem, {width, mark: {text: '    ✖ ', tone: 'bad'}});

/** Lines of a paste that still have problems. */
const waitingLines = ({waiting}: ItemsState, width: number): readonly Line[] =>
	waiting.length === 0
		? []
		: paragraph(`${waiting.length} more to fix after this one.`, {
				width,
				mark: {text: '    ! ', tone: 'warn'},
			});

const draftLines = (
	items: ItemsState,
	draft: Draft,
	{option, width}: {option: ItemsOption; width: number},
) => [
	[
		{text: '    › ', tone: 'accent'} as const,
		...typedSpans(draft, width - 8),
		{text: draft.text === '' ? ` ${option.placeholder ?? ''}` : '', tone: 'quiet'} as const,
	],
	...(draft.problem === undefined ? [] : problemLines(draft.problem, width)),
	...waitingLines(items, width),
];

const itemLine = (text: string, here: boolean, tone?: 'quiet'): Line => [
	{text: here ? '    › ' : '      ', tone: 'accent'},
	{text, bold: here, ...(tone && !here && {tone})},
];

/** The rows around the focused one, as many as are visible. */
const windowAround = (index: number, count: number, height: number): {from: number; to: number} => {
	const from = Math.max(0, Math.min(index - Math.floor(height / 2), count - height));
	return {from, to: Math.min(count, from + height)};
};

const moreLines = (count: number, arrow: '↑' | '↓'): readonly Line[] =>
	count === 0 ? [] : [[{text: `      ${arrow} ${count} more`, tone: 'quiet'}]];

/** Indexes of the shown rows: those that match the filter, or all of them and the row that adds one. */
const rowsShown = (
	form: FormState,
	{filter, texts}: ItemsState,
): {readonly count: number; at: (index: number) => number} => {
	if (!filter) return {count: texts.length + 1, at: (index) => index};
	const left = rowsLeft(form);
	return {count: left.length, at: (index) => left[index] ?? 0};
};

/** The rows of an open list or map; a draft is shown in place of the item that it replaces. */
export const itemRows = (form: FormState, name: OptionName, place: ItemsPlace): Rows => {
	const option = optionOf(name) as ItemsOption;
	const {items} = form;
	if (!items) return {lines: [], focus: 0};
	const {draft, texts} = items;
	const focusRow = draft ? (draft.replaces ?? texts.length) : items.row;
	const {count, at} = rowsShown(form, items);
	const index = items.filter ? Math.max(0, rowsLeft(form).indexOf(focusRow)) : focusRow;
	const {from, to} = windowAround(index, count, place.height);
	const rowLines = (row: number): readonly Line[] => {
		const told = place.problems.filter((one) => isAbout(one, texts[row] ?? ''));
		const below = told.flatMap(({message}) => problemLines(message, place.width));
		if (draft && row === focusRow)
			return [
				...draftLines(items, draft, {option, width: place.width}),
				...(draft.problem === undefined ? below : []),
			];
		if (row === texts.length) return [itemLine(`+ add a ${option.item}`, row === focusRow, 'quiet')];
		return [itemLine(visible(shownItem(form, name, texts[row] ?? '')), row === focusRow), ...below];
	};
	const rows = Array.from({length: to - from}, (_, offset) => rowLines(at(from + offset)));
	const above = moreLines(from, '↑');
	return {
		lines: [...above, ...rows.flat(), ...moreLines(count - to, '↓')],
		focus: above.length + rows.slice(0, index - from).flat().length,
	};
};
