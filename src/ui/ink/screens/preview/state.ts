import type {Proposed} from '../../../../steps/plan/propose.ts';
import {scrolledBy, topOf} from '../../scroll.ts';
import type {WizardEvent, WizardState} from '../../wizard-model.ts';
import {firstWrong, focusedOnProblem, problemsAt} from '../options/form-problems.ts';
import {askedOf} from '../options/form-spots.ts';
import {formAfter} from '../options/state.ts';
import {savingAfter} from './saving.ts';
import {previewRowsIn, type PreviewSection} from './rows.ts';

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
			return {...state, screen: {at: 'options'}};
		default:
			return undefined;
	}
};
