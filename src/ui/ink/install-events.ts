import {installAfter} from './install-state.ts';
import type {WizardEvent, WizardState} from './wizard-model.ts';

const followed = (state: WizardState): WizardState => ({
	...state,
	screen: {at: 'install'},
	install: {...state.install, stream: state.install.stream + 1},
});

const progressed = (state: WizardState, event: Extract<WizardEvent, {type: 'progressed'}>): WizardState => {
	const told = {...event, home: state.facts?.user.home ?? ''};
	return {...state, nowMs: event.nowMs, install: installAfter(state.install, told)};
};

/** Every change during an installation; undefined: another kind of event. */
export const installEventAfter = (state: WizardState, event: WizardEvent): WizardState | undefined => {
	switch (event.type) {
		case 'followed':
			return followed(state);
		case 'progressed':
			return progressed(state, event);
		case 'ticked':
			return {...state, nowMs: event.nowMs};
		case 'detailed':
			return {...state, install: {...state.install, detailed: !state.install.detailed}};
		default:
			return undefined;
	}
};
