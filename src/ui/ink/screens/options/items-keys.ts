import {
	hint,
	interrupt,
	interruptShown,
	hiddenKeys,
	type Binding,
	editing,
	formed,
	proceeds,
} from '../../binding.ts';
import {pageOf, type Size} from '../../layout.ts';
import type {WizardEvent} from '../../wizard-model.ts';
import {canComplete} from '../../../form/completion.ts';
import type {FormState} from '../../../form/form.ts';
import {problemCount} from '../../../form/problems.ts';
import {askedOf} from '../../../form/spots.ts';
import {isAtEnd, type ItemsEvent, type ItemsState} from '../../../form/items-state.ts';

const item = (event: ItemsEvent): WizardEvent => formed({form: 'items', event});
export const moveBy = (by: number): WizardEvent => formed({form: 'move', by});

/** The keys of every list: of choices, items or lines of the form. */
export const moving: readonly Binding[] = [
	{keys: ['up', 'back-tab'], event: moveBy(-1), ...hint('↑↓', 'move')},
	{keys: ['down'], event: moveBy(1)},
];

export const tabMoves: Binding = {keys: ['tab'], event: moveBy(1)};

export const toEnds: readonly Binding[] = [
	{keys: ['home'], event: moveBy(-Infinity)},
	{keys: ['end'], event: moveBy(Infinity)},
];

/** Goes to the next problem of the form. */
export const fixing = (form: FormState): readonly Binding[] => {
	const wrong = problemCount(form, askedOf(form)) > 0;
	const shown = wrong ? hint('^N', 'next problem') : {};
	return [{keys: ['ctrl-n'], event: formed({form: 'next-problem'}), ...shown}];
};

const movingItems = (size: Size): readonly Binding[] => [
	...moving,
	{keys: ['page-up'], event: moveBy(-pageOf(size))},
	{keys: ['page-down'], event: moveBy(pageOf(size))},
];

const filteringItems = (size: Size): readonly Binding[] => [
	...movingItems(size),
	...editing,
	{keys: ['enter', 'escape', 'tab'], event: item({item: 'filtered'}), ...hint('⏎', 'select')},
	interruptShown,
];

const closes: Binding = {
	keys: ['escape', 'left'],
	event: formed({form: 'close'}),
	...hint('esc', 'back'),
};

const changing: readonly Binding[] = [
	{keys: ['a', '+'], event: item({item: 'add'}), ...hint('a', 'add')},
	{keys: ['enter', 'right'], event: item({item: 'change'}), ...hint('⏎', 'edit')},
	{keys: ['d', 'erase', 'delete'], event: item({item: 'remove'}), ...hint('d', 'remove')},
];

const finding: Binding = {keys: ['/'], event: item({item: 'filter'}), ...hint('/', 'find')};

/** The row below the items adds one; there is nothing to edit or remove, and every letter begins an item. */
const adding: Binding = {keys: ['enter', 'right'], event: item({item: 'add'}), ...hint('⏎', 'add')};

const restoring: Binding = {keys: ['ctrl-r'], event: item({item: 'restore'}), ...hint('^R', 'restore')};

const listing = (form: FormState, items: ItemsState, size: Size): readonly Binding[] => [
	...movingItems(size),
	tabMoves,
	...toEnds,
	...(isAtEnd(items) ? [adding] : changing),
	...(items.removed.length > 0 ? [restoring] : []),
	...(!isAtEnd(items) && items.texts.length > 1 ? [finding] : []),
	...fixing(form),
	proceeds,
	closes,
	{keys: isAtEnd(items) ? ['ctrl-g'] : ['?', 'ctrl-g'], event: formed({form: 'explain'})},
	interrupt,
];

const draft = (form: FormState, {waiting}: ItemsState): readonly Binding[] => [
	...editing,
	...(canComplete(form)
		? [{keys: ['tab'], event: formed({form: 'complete'}), ...hint('tab', 'complete')} as const]
		: []),
	{keys: ['enter', 'tab'], event: item({item: 'keep'}), ...hint('⏎', 'accept')},
	{keys: ['escape'], event: item({item: 'leave'}), ...hint('esc', waiting.length > 0 ? 'skip' : 'back')},
	...fixing(form),
	hiddenKeys(proceeds),
	interruptShown,
];

/** The keys for the rows of an open list or map. */
export const itemsKeys = (form: FormState, items: ItemsState, size: Size): readonly Binding[] => {
	if (items.filter) return filteringItems(size);
	return items.draft ? draft(form, items) : listing(form, items, size);
};
