import {isDeepStrictEqual} from 'node:util';
import type {Binding} from './binding.ts';
import {hint, interrupt} from './binding.ts';
import {isFormChanged} from '../form/form.ts';
import {answerRow, showsMachine} from './screens/machine/state.ts';
import type {Leaving, WizardEvent, WizardState} from './wizard-model.ts';

const left = (state: WizardState, leaving: Leaving): WizardState =>
	leaving === 'run'
		? {...state, leaving: undefined, quit: true}
		: {...state, leaving: undefined, form: undefined, screen: {at: 'left'}};

/** Whether the form has answers that are nowhere else. */
const hasAnswers = ({form, saved}: WizardState): boolean =>
	form !== undefined && isFormChanged(form) && !isDeepStrictEqual(saved?.settings, form.settings);

/** Asks once if answers would be lost. */
const leaveOrAsk = (state: WizardState, leaving: Leaving): WizardState =>
	hasAnswers(state) ? {...state, leaving} : left(state, leaving);

/** One step back from the first screens: from the form to the machine, or to what the form was opened from. */
const back = (state: WizardState): WizardState | undefined => {
	const {screen, asked, form} = state;
	if (!asked || !form || (screen.at !== 'machine' && screen.at !== 'options')) return undefined;
	if (screen.at === 'options' && (showsMachine(asked) || !asked.canGoBack))
		return {...state, screen: {at: 'machine', row: answerRow(asked, form), more: false}};
	return asked.canGoBack ? leaveOrAsk(state, 'form') : state;
};

/** Every way out of the form; undefined: another kind of event. */
export const leavingAfter = (state: WizardState, event: WizardEvent): WizardState | undefined => {
	switch (event.type) {
		case 'went-back':
			return back(state);
		case 'left-form':
			return leaveOrAsk(state, 'form');
		case 'left-run':
			return leaveOrAsk(state, 'run');
		case 'left-anyway':
			return state.leaving && left(state, state.leaving);
		case 'stayed':
			return {...state, leaving: undefined};
		default:
			return undefined;
	}
};

/** What is asked instead of the hints, if it fits. */
export const leavingQuestion = (leaving: Leaving): string =>
	`Your changes are not saved. ${leaving === 'run' ? 'Quit' : 'Go back'} anyway?`;

export const shortLeavingQuestion = 'Leave without saving?';

export const leavingKeys = (leaving: Leaving): readonly Binding[] => [
	{keys: leaving === 'run' ? ['y', 'q'] : ['y'], event: {type: 'left-anyway'}, ...hint('y', 'yes')},
	{keys: ['n', 'escape'], event: {type: 'stayed'}, ...hint('n', 'no')},
	interrupt,
];
