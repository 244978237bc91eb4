import {checkingBegun, fixable, nothingChecked, withPart} from '../../../form/builds.ts';
import {clamp} from '../../../clamp.ts';
import {formAfter} from '../../../form/form-after.ts';
import type {BuildsScreen, WizardEvent, WizardState} from '../../wizard-model.ts';

/** Gives the service the variables of the focused result. */
const withVariables = (state: WizardState, {row}: BuildsScreen): WizardState => {
	const {form, builds} = state;
	const variables = fixable(builds)[row]?.variables;
	if (!form || !variables) return state;
	const value = {...form.settings.environment, ...variables};
	return {...state, form: formAfter(form, {form: 'set', option: 'environment', value})};
};

const onScreen = (state: WizardState, screen: BuildsScreen, event: WizardEvent): WizardState | undefined => {
	switch (event.type) {
		case 'moved': {
			const last = Math.max(0, fixable(state.builds).length - 1);
			return {...state, screen: {...screen, row: clamp(screen.row + event.by, 0, last)}};
		}
		case 'continued':
			return withVariables(state, screen);
		case 'went-back':
			return {...state, screen: screen.from};
		default:
			return undefined;
	}
};

/** Every change of what is known of builds; undefined: another kind of event. */
export const buildsAfter = (state: WizardState, event: WizardEvent): WizardState | undefined => {
	const {screen, builds} = state;
	switch (event.type) {
		case 'builds-begun':
			return {...state, builds: checkingBegun(builds, event.settings)};
		case 'build-known':
			return {...state, builds: withPart(builds, event.part)};
		case 'builds-over':
			return {...state, builds: {...builds, isChecking: false}};
		case 'builds-again':
			return {...state, builds: {...nothingChecked, round: builds.round + 1}};
		case 'builds-opened':
			return {...state, screen: {at: 'builds', row: 0, from: screen}};
		default:
			return screen.at === 'builds' ? onScreen(state, screen, event) : undefined;
	}
};
