import type {SaveResult} from '../../../../steps/plan/save-settings.ts';
import {edit, editedAtEnd, type Edit} from '../../components/editing.ts';
import type {PreviewScreen, Saving, WizardEvent, WizardState} from '../../wizard-model.ts';
import {beforeCaret, commonBeginning} from '../options/completion.ts';
import type {FormEvent} from '../options/form-model.ts';

const nothingTyped: Saving = {
	edited: editedAtEnd(''),
	completion: undefined,
	waits: 'path',
	problem: undefined,
};

const edited = (saving: Saving, change: Edit): Saving => ({
	...saving,
	edited: edit(saving.edited, change),
	completion: undefined,
	problem: undefined,
});

/** Completes as far as all candidates agree; ignores candidates for a text that has changed since. */
const savingCompleted = (saving: Saving, typed: string, candidates: readonly string[]): Saving => {
	if (beforeCaret(saving.edited) !== typed) return saving;
	const insert = commonBeginning(candidates).slice(typed.length);
	const left = candidates.length > 1 ? {typed: typed + insert, candidates} : undefined;
	return {...edited(saving, {insert}), completion: left};
};

const typed = (saving: Saving, event: FormEvent): Saving => {
	switch (event.form) {
		case 'edit':
			return edited(saving, event.edit);
		case 'paste':
			return edited(saving, {insert: event.text.trim().replaceAll(/\s+/gu, ' ')});
		case 'complete':
			return {...saving, completion: {typed: beforeCaret(saving.edited), candidates: undefined}};
		case 'completed':
			return savingCompleted(saving, event.typed, event.candidates);
		default:
			return saving;
	}
};

const saved = (state: WizardState, screen: PreviewScreen, result: SaveResult): WizardState => {
	const {proposal, saving} = screen;
	if ('path' in result)
		return {
			...state,
			saved: {settings: proposal.settings, path: result.path},
			// In a low window the confirmation is above the lines.
			scroll: undefined,
			screen: {at: 'preview', proposal},
		};
	return {...state, screen: {...screen, saving: saving && {...saving, ...result, waits: undefined}}};
};

/** Every change while the settings are saved to a file; undefined: another kind of event. */
export const savingAfter = (
	state: WizardState,
	screen: PreviewScreen,
	event: WizardEvent,
): WizardState | undefined => {
	const {saving = nothingTyped, proposal} = screen;
	const now = (next: Saving): WizardState => ({...state, screen: {...screen, saving: next}});
	if (event.type === 'save-begun') return now(nothingTyped);
	if (!screen.saving) return undefined;
	switch (event.type) {
		case 'path-proposed':
			return now({...saving, edited: editedAtEnd(event.path), waits: undefined});
		case 'formed':
			return now(typed(saving, event.event));
		case 'continued':
			return now({...saving, completion: undefined, waits: 'file'});
		case 'saved':
			return saved(state, screen, event.result);
		case 'went-back':
			return {...state, screen: {at: 'preview', proposal}};
		default:
			return undefined;
	}
};
