import type {ChoiceKey} from '../ui.ts';
import {pageOf, type Size} from './layout.ts';
import type {KeyName} from './stroke.ts';
import type {WizardEvent} from './wizard-model.ts';
import type {Edit} from '../form/editing.ts';
import type {FormEvent} from '../form/form.ts';

/** Keys, what they do now and their hint in the footer; common keys have no hint. */
export interface Binding {
	readonly keys: readonly (KeyName | Letter | ChoiceKey)[];
	readonly event: WizardEvent;
	readonly hint?: Hint;
}

type Letter = ' ' | '?' | '/' | '+' | '-' | 'a' | 'b' | 'd' | 'e' | 'n' | 'q' | 'r' | 'v' | 'w' | 'y';

export interface Hint {
	readonly keys: string;
	readonly does: string;
}

export const hint = (keys: string, does: string): {hint: Hint} => ({hint: {keys, does}});

export const quit: Binding = {keys: ['q'], event: {type: 'left-run'}, ...hint('q', 'quit')};
export const interrupt: Binding = {keys: ['ctrl-c'], event: {type: 'quit'}};
export const interruptShown: Binding = {...interrupt, ...hint('^C', 'quit')};

/** A binding whose hint is not shown. */
export const hiddenKeys = ({keys, event}: Binding): Binding => ({keys, event});

export const goesBack = (event: WizardEvent): Binding => ({
	keys: ['escape'],
	event,
	...hint('esc', 'back'),
});

/** The way on from anywhere in the form, also while text is typed. */
export const proceeds: Binding = {keys: ['ctrl-s'], event: {type: 'continued'}, ...hint('^S', 'continue')};

export const continues = (does: string): Binding => ({
	keys: ['enter'],
	event: {type: 'continued'},
	...hint('⏎', does),
});

const movedBy = (by: number): WizardEvent => ({type: 'moved', by});

const scrolled = (by: number): WizardEvent => ({type: 'scrolled', by});

export const choosing: readonly Binding[] = [
	{keys: ['up', 'back-tab'], event: movedBy(-1), ...hint('↑↓', 'move')},
	{keys: ['down', 'tab'], event: movedBy(1)},
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

const editWith = (change: Edit): WizardEvent => formed({form: 'edit', edit: change});

/** The editing keys of a shell (readline(3)), and the dedicated keys. */
export const editing: readonly Binding[] = [
	{keys: ['left', 'ctrl-b'], event: editWith({move: 'left'})},
	{keys: ['right', 'ctrl-f'], event: editWith({move: 'right'})},
	{keys: ['word-left'], event: editWith({move: 'word-left'})},
	{keys: ['word-right'], event: editWith({move: 'word-right'})},
	{keys: ['home', 'ctrl-a'], event: editWith({move: 'start'})},
	{keys: ['end', 'ctrl-e'], event: editWith({move: 'end'})},
	{keys: ['erase'], event: editWith({erase: 'left'})},
	{keys: ['delete', 'ctrl-d'], event: editWith({erase: 'right'})},
	{keys: ['erase-word', 'ctrl-w'], event: editWith({erase: 'word'})},
	{keys: ['delete-word'], event: editWith({erase: 'word-right'})},
	{keys: ['ctrl-u'], event: editWith({erase: 'to-start'})},
	{keys: ['ctrl-k'], event: editWith({erase: 'to-end'})},
];
