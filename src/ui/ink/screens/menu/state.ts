import type {Menu} from '../../../ui.ts';
import type {WizardEvent, WizardState} from '../../wizard-model.ts';

const inMenu = (
	state: WizardState,
	{menu, row}: {readonly menu: Menu; readonly row: number},
	event: WizardEvent,
): WizardState | undefined => {
	switch (event.type) {
		case 'moved': {
			const next = Math.max(0, Math.min(row + event.by, menu.choices.length - 1));
			return {...state, screen: {at: 'menu', menu, row: next}};
		}
		case 'continued':
			return {...state, screen: {at: 'menu-left', value: menu.choices[row]?.value ?? menu.leave}};
		case 'left':
			return {...state, screen: {at: 'menu-left', value: menu.leave}};
		default:
			return undefined;
	}
};

/** Every change of a menu and of what runs from it; undefined: another kind of event. */
export const menuAfter = (state: WizardState, event: WizardEvent): WizardState | undefined => {
	const {screen} = state;
	if (event.type === 'offered')
		return {...state, facts: event.menu.facts, screen: {at: 'menu', menu: event.menu, row: 0}};
	if (event.type === 'watched')
		return {...state, screen: {at: 'watching', watched: {what: event.what, lines: []}}};
	if (event.type === 'said' && screen.at === 'watching') {
		const {what, lines} = screen.watched;
		return {...state, screen: {at: 'watching', watched: {what, lines: [...lines, event.line]}}};
	}
	return screen.at === 'menu' ? inMenu(state, screen, event) : undefined;
};
