import {optionOf, type OptionName} from '../../settings/options.ts';
import {continues, goesBack, hint, interrupt, interruptShown, quit, type Binding} from './binding.ts';
import {canComplete} from './completion.ts';
import {editing, formed} from './edit-keys.ts';
import {isTyped, optionAt, standingOf, type FormState} from './form-model.ts';
import {itemsKeys, fixing} from './items-keys.ts';
import type {Size} from './layout.ts';
import type {WizardEvent} from './wizard-model.ts';

const move = (by: number): WizardEvent => formed({form: 'move', by});

const turn = (by: 1 | -1): WizardEvent => formed({form: 'turn', by});
const step = (by: 1 | -1): WizardEvent => formed({form: 'step', by});
const opens: Binding = {keys: ['right', ' '], event: formed({form: 'open'}), ...hint('→', 'edit')};

/** The keys of the field itself. Up and Down move to other fields, so a number has other keys. */
const ownKeys = (name: OptionName): readonly Binding[] => {
	switch (optionOf(name).kind) {
		case 'toggle':
			return [{keys: [' ', 'left', 'right'], event: turn(1), ...hint('space', 'toggle')}];
		case 'choice':
			return [
				{keys: ['left'], event: turn(-1), ...hint('←→', 'change')},
				{keys: ['right', ' '], event: turn(1)},
			];
		case 'list':
		case 'map':
			return [opens];
		case 'number':
			return [
				{keys: ['+', 'step-up'], event: step(1), ...hint('+ -', 'change')},
				{keys: ['-', 'step-down'], event: step(-1)},
				...editing,
			];
		default:
			return editing;
	}
};

const fold = (open: boolean): WizardEvent => formed({form: 'fold', open});

const headingKeys = (form: FormState): readonly Binding[] => {
	const isOpen = form.open.some((group) => form.focus === `group ${group}`);
	return isOpen
		? [
				{keys: ['left', ' '], event: fold(false), ...hint('←', 'collapse')},
				{keys: ['right'], event: move(1)},
			]
		: [
				{keys: ['right', ' '], event: fold(true), ...hint('→', 'expand')},
				{keys: ['left'], event: fold(false)},
			];
};

/** In a text field letters are text, so commands need Ctrl there. */
const commands = (typing: boolean): readonly Binding[] =>
	typing
		? [{keys: ['ctrl-g'], event: formed({form: 'explain'}), ...hint('^G', 'help')}, interruptShown]
		: [
				{keys: ['/'], event: formed({form: 'filter'}), ...hint('/', 'find')},
				{keys: ['?', 'ctrl-g'], event: formed({form: 'explain'}), ...hint('?', 'help')},
				quit,
				interrupt,
			];

const resetting = (form: FormState, name: OptionName): readonly Binding[] => {
	const standing = standingOf(form, name);
	return standing === 'default'
		? []
		: [
				{
					keys: ['ctrl-r'],
					event: formed({form: 'reset'}),
					...hint('^R', standing === 'changed' ? 'undo' : 'reset'),
				},
			];
};

const moving: readonly Binding[] = [
	{keys: ['up', 'back-tab', 'ctrl-p'], event: move(-1), ...hint('↑↓', 'move')},
	{keys: ['down'], event: move(1)},
	{keys: ['page-up'], event: formed({form: 'move-group', by: -1})},
	{keys: ['page-down'], event: formed({form: 'move-group', by: 1})},
];

const field = (form: FormState): readonly Binding[] => {
	const name = optionAt(form);
	const completes: Binding = {keys: ['tab'], event: formed({form: 'complete'}), ...hint('tab', 'complete')};
	return [
		...moving,
		...(name === undefined ? headingKeys(form) : ownKeys(name)),
		canComplete(form) ? completes : {keys: ['tab'], event: move(1)},
		...fixing(form),
		continues('continue'),
		goesBack({type: 'went-back'}),
		...(name === undefined ? [] : resetting(form, name)),
		...commands(isTyped(name)),
		{keys: ['home'], event: formed({form: 'move-to', end: 'first'})},
		{keys: ['end'], event: formed({form: 'move-to', end: 'last'})},
	];
};

const filtering: readonly Binding[] = [
	{keys: ['up', 'back-tab'], event: move(-1), ...hint('↑↓', 'move')},
	{keys: ['down', 'tab'], event: move(1)},
	...editing,
	{keys: ['enter'], event: formed({form: 'filtered', stay: true}), ...hint('⏎', 'select')},
	goesBack(formed({form: 'filtered', stay: false})),
	interruptShown,
];

/** Whether letters are text now; otherwise they are commands. */
export const takesText = (form: FormState): boolean =>
	form.items
		? form.items.draft !== undefined || form.items.filter !== undefined
		: form.filter !== undefined || isTyped(optionAt(form));

/** What the keys do in the form. */
export const formKeys = (form: FormState, size: Size): readonly Binding[] => {
	if (form.items) return itemsKeys(form, form.items, size);
	return form.filter ? filtering : field(form);
};
