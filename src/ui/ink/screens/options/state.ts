import {formAfter, openForm} from '../../../form/form-after.ts';
import type {Question} from '../../../ui.ts';
import {layoutOf} from '../../layout.ts';
import type {WizardEvent, WizardState} from '../../wizard-model.ts';
import {nothingYet} from '../install/state.ts';
import {answerRow, showsMachine} from '../machine/state.ts';

/** Also with problems in the form: the checks of the machine are then shown with them. A draft with a problem stays. */
const checkSettings = (state: WizardState): WizardState => {
	const form = state.form && formAfter(state.form, {form: 'finish'});
	if (!form) return state;
	return {...state, form, ...(!form.items?.draft && {screen: {at: 'looking', settings: form.settings}})};
};

/** Opens the form for a question, at the step to begin with. */
export const askForm = (state: WizardState, question: Question): WizardState => {
	const {facts, advice, again, dryRun, begin, canGoBack = false, simulation = false} = question;
	const asked = {facts, advice, again, dryRun, canGoBack, simulation, ...(begin && {begin})};
	const {bodyHeight, helpHeight} = layoutOf(state.size);
	const room = bodyHeight - helpHeight - 1;
	const form = openForm({facts, start: question.start, saved: question.saved, room});
	const opened = {...state, facts, asked, form, install: nothingYet, screen: {at: 'options'} as const};
	if (question.begin === 'preview') return checkSettings(opened);
	return showsMachine(asked) && question.begin === undefined
		? {...opened, screen: {at: 'machine', row: answerRow(asked, form), more: false}}
		: opened;
};

/** Every change of the form; undefined: another kind of event. */
export const optionsAfter = (state: WizardState, event: WizardEvent): WizardState | undefined => {
	const {screen, form} = state;
	if (event.type === 'formed' && form) return {...state, form: formAfter(form, event.event)};
	return screen.at === 'options' && event.type === 'continued' ? checkSettings(state) : undefined;
};
