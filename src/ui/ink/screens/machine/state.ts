import {clamp} from '../../../clamp.ts';
import type {Choice} from '../../../../platform/service-manager/advice.ts';
import type {Asked, WizardEvent, WizardState} from '../../wizard-model.ts';
import type {FormState} from '../../../form/form.ts';
import {formAfter} from '../../../form/form-after.ts';

/** The choices of the first screen with all their answers, in the order of the screen. */
export const answersOf = (asked: Asked): readonly {choice: Choice; answer: Choice['answers'][number]}[] =>
	asked.advice.flatMap((one) =>
		one.level === 'note' ? one.answers.map((answer) => ({choice: one, answer})) : [],
	);

/** Whether the first screen is shown, before the form. */
export const showsMachine = (asked: Asked): boolean =>
	answersOf(asked).length > 0 || asked.advice.some((one) => one.level === 'warning' && one.stops);

/** The row of the current value in the form. */
export const answerRow = (asked: Asked, form: FormState): number =>
	Math.max(
		0,
		answersOf(asked).findIndex(({choice, answer}) => form.settings[choice.option] === answer.value),
	);

/** The focus is the answer: every choice takes its last focused row. */
const chosen = (state: WizardState, row: number): WizardState => {
	const picked = state.asked && answersOf(state.asked)[row];
	if (!picked || !state.form) return state;
	const {choice, answer} = picked;
	return {...state, form: formAfter(state.form, {form: 'set', option: choice.option, value: answer.value})};
};

const inRefusal = (
	state: WizardState,
	screen: Extract<WizardState['screen'], {at: 'refuse'}>,
	event: WizardEvent,
): WizardState | undefined => {
	switch (event.type) {
		case 'moved':
			return {...state, screen: {...screen, row: clamp(screen.row + event.by, 0, 1)}};
		case 'continued':
			return {...state, screen: {at: 'refused', simulate: screen.row === 0}};
		default:
			return undefined;
	}
};

/** Every change of the first screen, or of what is shown instead; undefined: another kind of event. */
export const machineAfter = (state: WizardState, event: WizardEvent): WizardState | undefined => {
	const {screen, asked} = state;
	if (event.type === 'refused')
		return {...state, facts: event.facts, screen: {at: 'refuse', refusals: event.refusals, row: 0}};
	if (screen.at === 'refuse') return inRefusal(state, screen, event);
	if (screen.at !== 'machine' || !asked) return undefined;
	switch (event.type) {
		case 'moved': {
			const row = clamp(screen.row + event.by, 0, answersOf(asked).length - 1);
			return chosen({...state, screen: {...screen, row}}, row);
		}
		case 'explained':
			// The fixes are at the end, which a low window does not show by itself.
			return {...state, scroll: screen.more ? undefined : Infinity, screen: {...screen, more: !screen.more}};
		case 'continued':
			return {...chosen(state, screen.row), screen: {at: 'options'}};
		default:
			return undefined;
	}
};
