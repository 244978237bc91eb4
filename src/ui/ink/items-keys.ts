import {hint, interrupt, interruptShown, type Binding} from './binding.ts';
import {canComplete} from './completion.ts';
import {editing, formed} from './edit-keys.ts';
import type {FormState} from './form-model.ts';
import {problemCount} from './form-problems.ts';
import {askedOf} from './form-spots.ts';
import type {ItemsEvent, ItemsState} from './items-state.ts';
import {layoutOf, type Size} from './layout.ts';
import type {WizardEvent} from './wizard-model.ts';

const item = (event: ItemsEvent): WizardEvent => formed({form: 'items', event});
const moveItem = (by: number): WizardEvent => formed({form: 'move-item', by});

/** Goes to the next problem of the form. */
export const fixing = (form: FormState): readonly Binding[] => {
	const wrong = problemCount(form, askedOf(form)) > 0;
	const shown = wrong ? hint('^N', 'next problem') : {};
	return [{keys: ['ctrl-n'], event: formed({form: 'next-problem'}), ...shown}];
};

const moving = ({rows, columns}: Size): readonly Binding[] => {
	const page = Math.max(1, Math.floor(layoutOf({rows, columns}).bodyHeight / 2));
	return [
		{keys: ['up', 'back-tab'], event: moveItem(-1), ...hint('↑↓', 'move')},
		{keys: ['down'], event: moveItem(1)},
		{keys: ['page-up'], event: moveItem(-page)},
		{keys: ['page-down'], event: moveItem(page)},
	];
};

const filtering = (size: Size): readonly Binding[] => [
	...moving(size),
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

/** The row below the items adds one; there is nothing to edit or remove. */
const adding: Binding = {keys: ['enter', 'a', '+', 'right'], event: item({item: 'add'}), ...hint('⏎', 'add')};

const listing = (form: FormState, {row, texts}: ItemsState, size: Size): readonly Binding[] => [
	...moving(size),
	{keys: ['tab'], event: moveItem(1)},
	{keys: ['home'], event: moveItem(-Infinity)},
	{keys: ['end'], event: moveItem(Infinity)},
	...(row < texts.length ? changing : [adding]),
	...(texts.length > 1 ? [{keys: ['/'], event: item({item: 'filter'}), ...hint('/', 'find')} as const] : []),
	...fixing(form),
	closes,
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
	interruptShown,
];

/** The keys for the rows of an open list or map. */
export const itemsKeys = (form: FormState, items: ItemsState, size: Size): readonly Binding[] => {
	if (items.filter) return filtering(size);
	return items.draft ? draft(form, items) : listing(form, items, size);
};
