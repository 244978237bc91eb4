import {optionOf} from '../../settings/options.ts';
import {continues, hint, interrupt, interruptShown, type Binding} from './binding.ts';
import type {FormEvent} from './form-state.ts';
import type {ItemsEvent} from './items-state.ts';
import type {WizardEvent, WizardState} from './wizard-model.ts';

export const formed = (event: FormEvent): WizardEvent => ({type: 'formed', event});
export const item = (event: ItemsEvent): WizardEvent => formed({form: 'items', event});

const editing = (
	on: (event: Extract<FormEvent, {form: 'edit'}>['edit']) => WizardEvent,
): readonly Binding[] => [
	{keys: ['left', 'ctrl-b'], event: on({move: 'left'})},
	{keys: ['right', 'ctrl-f'], event: on({move: 'right'})},
	{keys: ['word-left'], event: on({move: 'word-left'})},
	{keys: ['word-right'], event: on({move: 'word-right'})},
	{keys: ['home', 'ctrl-a'], event: on({move: 'start'})},
	{keys: ['end', 'ctrl-e'], event: on({move: 'end'})},
	{keys: ['erase'], event: on({erase: 'left'})},
	{keys: ['delete', 'ctrl-d'], event: on({erase: 'right'})},
	{keys: ['erase-word', 'ctrl-w'], event: on({erase: 'word'})},
	{keys: ['delete-word'], event: on({erase: 'word-right'})},
	{keys: ['ctrl-u'], event: on({erase: 'to-start'})},
	{keys: ['ctrl-k'], event: on({erase: 'to-end'})},
];

const turn = (by: 1 | -1): WizardEvent => formed({form: 'turn', by});

/** What the keys do to the focused field itself. */
const fieldKeys = (state: WizardState): readonly Binding[] => {
	const kind = state.form && optionOf(state.form.focus).kind;
	if (kind === 'toggle') return [{keys: [' ', 'left', 'right'], event: turn(1), ...hint('space', 'switch')}];
	if (kind === 'choice')
		return [
			{keys: ['left'], event: turn(-1), ...hint('←→', 'change')},
			{keys: ['right', ' '], event: turn(1)},
		];
	if (kind === 'list' || kind === 'map')
		return [{keys: ['right', ' '], event: formed({form: 'open'}), ...hint('→', 'edit')}];
	return editing((edit) => formed({form: 'edit', edit}));
};

const field = (state: WizardState): readonly Binding[] => [
	{keys: ['up', 'back-tab'], event: formed({form: 'move', by: -1}), ...hint('↑↓', 'move')},
	{keys: ['down', 'tab'], event: formed({form: 'move', by: 1})},
	{keys: ['page-up'], event: formed({form: 'move-group', by: -1})},
	{keys: ['page-down'], event: formed({form: 'move-group', by: 1})},
	...fieldKeys(state),
	continues('continue'),
	{keys: ['escape'], event: {type: 'went-back'}, ...hint('esc', 'back')},
	{keys: ['home'], event: formed({form: 'move-to', end: 'first'})},
	{keys: ['end'], event: formed({form: 'move-to', end: 'last'})},
	interruptShown,
];

const items: readonly Binding[] = [
	{keys: ['up', 'back-tab'], event: item({item: 'move', by: -1}), ...hint('↑↓', 'move')},
	{keys: ['down', 'tab'], event: item({item: 'move', by: 1})},
	{keys: ['a'], event: item({item: 'add'}), ...hint('a', 'add')},
	{keys: ['enter'], event: item({item: 'change'}), ...hint('⏎', 'change')},
	{keys: ['d', 'erase'], event: item({item: 'remove'}), ...hint('d', 'remove')},
	{keys: ['escape', 'left'], event: formed({form: 'close'}), ...hint('esc', 'back')},
	interrupt,
];

/** The row below the items holds none to change or remove. */
const addRow: readonly Binding[] = [
	...items.filter(({hint: shown}) => shown?.keys === '↑↓' || shown === undefined),
	{keys: ['enter', 'a'], event: item({item: 'add'}), ...hint('⏎', 'add')},
	{keys: ['escape', 'left'], event: formed({form: 'close'}), ...hint('esc', 'back')},
];

const draft = (waiting: boolean): readonly Binding[] => [
	...editing((edit) => item({item: 'edit', edit})),
	{keys: ['enter', 'tab'], event: item({item: 'keep'}), ...hint('⏎', 'keep')},
	{keys: ['escape'], event: item({item: 'leave'}), ...hint('esc', waiting ? 'skip' : 'back')},
	interruptShown,
];

/** What the keys do in the form. */
export const formKeys = (state: WizardState): readonly Binding[] => {
	const open = state.form?.items;
	if (!open) return field(state);
	if (open.draft) return draft(open.waiting.length > 0);
	return open.row < open.texts.length ? items : addRow;
};
