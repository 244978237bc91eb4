import type {KeyName} from './keystrokes.ts';
import type {WizardEvent} from './wizard-model.ts';

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
