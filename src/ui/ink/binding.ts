import {pageOf, type Size} from './layout.ts';
import type {KeyName} from './stroke.ts';
import type {WizardEvent} from './wizard-model.ts';
import type {Edit} from './components/editing.ts';
import type {FormEvent} from './screens/options/form-model.ts';

/** Keys, what they do now and their hint in the footer; common keys have no hint. */
export interface Binding {
	readonly keys: readonly (KeyName | Letter)[];
	readonly event: WizardEvent;
	readonly hint?: Hint;
}

type Letter = ' ' | '?' | '/' | '+' | '-' | 'a' | 'd' | 'e' | 'q' | 'v' | 'w' | 'y';

export interface Hint {
	readonly keys: string;
	readonly does: string;
}

export const hint = (keys: string, does: string): {hint: Hint} => ({hint: {keys, does}});

export const quit: Binding = {keys: ['q'], event: {type: 'quit'}, ...hint('q', 'quit')};
export const interrupt: Binding = {keys: ['ctrl-c'], event: {type: 'quit'}};
export const interruptShown: Binding = {...interrupt, ...hint('^C', 'quit')};

export const goesBack = (event: WizardEvent): Binding => ({
	keys: ['escape'],
	event,
	...hint('esc', 'back'),
});

export const continues = (does: string): Binding => ({
	keys: ['enter'],
	event: {type: 'continued'},
	...hint('⏎', does),
});

const moved = (by: number): WizardEvent => ({type: 'moved', by});

const scrolled = (by: number): WizardEvent => ({type: 'scrolled', by});

export const choosing: readonly Binding[] = [
	{keys: ['up', 'back-tab'], event: moved(-1), ...hint('↑↓', 'move')},
	{keys: ['down', 'tab'], event: moved(1)},
];

export const scrolling: readonly Binding[] = [
	{keys: ['up'], event: scrolled(-1), ...hint('↑↓', 'scroll')},
	{keys: ['down'], event: scrolled(1)},
];

export const pageKeys = (size: Size): readonly Binding[] => [
	{keys: ['page-up'], event: scrolled(-pageOf(size))},
	{keys: ['page-down'], event: scrolled(pageOf(size))},
];

export const paging = (size: Size): readonly Binding[] => [
	...pageKeys(size),
	{keys: [' '], event: scrolled(pageOf(size))},
	{keys: ['home'], event: scrolled(-Infinity)},
	{keys: ['end'], event: scrolled(Infinity)},
];

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
