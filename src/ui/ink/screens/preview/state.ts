import type {Proposed} from '../../../../steps/plan/propose.ts';
import {scrolledBy, topOf} from '../../scroll.ts';
import type {WizardEvent, WizardState, PreviewScreen, Saving} from '../../wizard-model.ts';
import {firstWrong, focusedOnProblem, problemsAt} from '../../../form/problems.ts';
import {askedOf} from '../../../form/spots.ts';
import {formAfter} from '../../../form/form-after.ts';
import {previewRowsIn, type PreviewSection} from './rows.ts';
import type {SaveResult} from '../../../../steps/plan/paths-in-form.ts';
import {edit, editedAtEnd, type Edit} from '../../../form/editing.ts';
import {beforeCaret, commonBeginning} from '../../../form/completion.ts';
import type {FormEvent} from '../../../form/form.ts';

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
			saved: {settings: proposal.settings, path: result.path, simulation: state.asked?.simulation},
			// In a low window the confirmation is above the lines.
			scroll: undefined,
			screen: {at: 'preview', proposal},
		};
	return {...state, screen: {...screen, saving: saving && {...saving, ...result, waits: undefined}}};
};

/** Every change while the settings are saved to a file; undefined: another kind of event. */
const savingAfter = (
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

/**
 * The line that a jump goes to. Forward from the end, and back from the beginning, it goes to the other end.
 */
export const jumpedTo = (
	sections: readonly PreviewSection[],
	by: 1 | -1,
	{top, last}: {readonly top: number; readonly last: number},
): number => {
	if (by === 1) return top >= last ? 0 : (sections.find(({line}) => line > top)?.line ?? last);
	return top === 0 ? last : (sections.findLast(({line}) => line < top)?.line ?? 0);
};

const jumped = (state: WizardState, by: 1 | -1): WizardState => {
	const {screen, view} = state;
	if (screen.at !== 'preview') return state;
	const sections = previewRowsIn(screen.proposal, state).sections.map(({name, line}) => ({
		name,
		line: line + view.list,
	}));
	const top = topOf(state);
	const last = Math.max(0, view.content - view.height);
	return scrolledBy(state, jumpedTo(sections, by, {top, last}) - top);
};

/** Problems lead back to the form. Warnings are also shown at their fields. */
const looked = (state: WizardState, proposed: Proposed): WizardState => {
	if (state.screen.at !== 'looking' || !state.form) return state;
	if (proposed.good && firstWrong(state.form) === undefined) {
		const {proposal} = proposed;
		const told = {form: 'tell', problems: [], warnings: proposal.preview.warnings} as const;
		return {...state, form: formAfter(state.form, told), screen: {at: 'preview', proposal}};
	}
	const {problems, warnings = []} = proposed.good ? {problems: []} : proposed;
	const form = formAfter(state.form, {form: 'tell', problems, warnings});
	const first = askedOf(form).find((name) => problemsAt(form, name).length > 0);
	return {
		...state,
		form: first === undefined ? form : focusedOnProblem(form, first),
		screen: {at: 'options'},
	};
};

/** Every change of the preview; undefined: another kind of event. */
export const previewAfter = (state: WizardState, event: WizardEvent): WizardState | undefined => {
	const {screen} = state;
	if (event.type === 'looked') return looked(state, event.proposed);
	if (screen.at !== 'preview') return undefined;
	const saving = savingAfter(state, screen, event);
	if (saving) return saving;
	switch (event.type) {
		case 'jumped':
			return jumped(state, event.by);
		case 'continued':
			return {...state, screen: {at: 'accepted', proposal: screen.proposal}};
		case 'went-back':
			// From there on, the form comes before the preview.
			return {
				...state,
				asked: state.asked && {...state.asked, begin: 'options'},
				screen: {at: 'options'},
			};
		default:
			return undefined;
	}
};
