import type {Binding} from './binding.ts';
import type {Edit} from './editing.ts';
import type {FormEvent} from './form-model.ts';
import type {WizardEvent} from './wizard-model.ts';

export const formed = (event: FormEvent): WizardEvent => ({type: 'formed', event});

const edit = (change: Edit): WizardEvent => formed({form: 'edit', edit: change});

/** The editing keys of a shell (readline(3)), and the dedicated keys. */
export const editing: readonly Binding[] = [
	{keys: ['left', 'ctrl-b'], event: edit({move: 'left'})},
	{keys: ['right', 'ctrl-f'], event: edit({move: 'right'})},
	{keys: ['word-left'], event: edit({move: 'word-left'})},
	{keys: ['word-right'], event: edit({move: 'word-right'})},
	{keys: ['home', 'ctrl-a'], event: edit({move: 'start'})},
	{keys: ['end', 'ctrl-e'], event: edit({move: 'end'})},
	{keys: ['erase'], event: edit({erase: 'left'})},
	{keys: ['delete', 'ctrl-d'], event: edit({erase: 'right'})},
	{keys: ['erase-word', 'ctrl-w'], event: edit({erase: 'word'})},
	{keys: ['delete-word'], event: edit({erase: 'word-right'})},
	{keys: ['ctrl-u'], event: edit({erase: 'to-start'})},
	{keys: ['ctrl-k'], event: edit({erase: 'to-end'})},
];
