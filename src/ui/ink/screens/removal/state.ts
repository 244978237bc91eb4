import {clamp} from '../../../clamp.ts';
import type {RemovalProposal} from '../../../../steps/removal/propose-removal.ts';
import type {RemovalQuestion} from '../../../ui.ts';
import type {RemovalState, WizardEvent, WizardState} from '../../wizard-model.ts';

export const beginRemoval = (state: WizardState, question: RemovalQuestion): WizardState => ({
	...state,
	facts: question.facts,
	removal: {question, proposal: question.propose(question.start)},
	screen: {at: 'removal', row: 0, sure: false},
});

/** The decision of a row; undefined for the first row, which removes. */
export const decisionAt = (
	{preview}: RemovalProposal,
	row: number,
): RemovalProposal['preview']['decisions'][number] | undefined => preview.decisions[row - 1];

const movedRow = (state: WizardState, removal: RemovalState, by: number): WizardState => {
	const {screen} = state;
	if (screen.at !== 'removal') return state;
	const last = removal.proposal.preview.decisions.length;
	return {...state, screen: {...screen, row: clamp(screen.row + by, 0, last)}};
};

const switched = (state: WizardState, {question, proposal}: RemovalState): WizardState => {
	const decision = state.screen.at === 'removal' ? decisionAt(proposal, state.screen.row) : undefined;
	if (decision === undefined) return state;
	const choices = {...proposal.choices, [decision]: !proposal.choices[decision]};
	return {...state, removal: {question, proposal: question.propose(choices)}};
};

/** A change that cannot be undone needs a confirmation. */
const continued = (state: WizardState, {question, proposal}: RemovalState): WizardState =>
	proposal.plan.forGood.length > 0 && !question.dryRun
		? {...state, screen: {at: 'removal', row: 0, sure: true}}
		: {...state, screen: {at: 'removal-accepted', proposal}};

/** Every change of the screen of a removal; undefined: another kind of event. */
export const removalAfter = (state: WizardState, event: WizardEvent): WizardState | undefined => {
	const {screen, removal} = state;
	if (screen.at !== 'removal' || !removal) return undefined;
	switch (event.type) {
		case 'moved':
			return movedRow(state, removal, event.by);
		case 'switched':
			return switched(state, removal);
		case 'continued':
			return continued(state, removal);
		case 'confirmed':
			return {...state, screen: {at: 'removal-accepted', proposal: removal.proposal}};
		case 'went-back':
			return screen.sure
				? {...state, screen: {...screen, sure: false}}
				: {...state, removal: undefined, screen: {at: 'left'}};
		default:
			return undefined;
	}
};
