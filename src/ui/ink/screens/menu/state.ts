import {isDeepStrictEqual} from 'node:util';
import {clamp} from '../../../clamp.ts';
import type {Menu} from '../../../ui.ts';
import type {Screen, WizardEvent, WizardState} from '../../wizard-model.ts';

type Open = Extract<Screen, {readonly at: 'menu'}>;

const rowOf = ({choices}: Menu, value: string | undefined): number =>
	Math.max(
		0,
		choices.findIndex((one) => one.value === value),
	);

/** The focus stays on the same choice; if that is gone, the first one is as good as at the beginning. */
const renewed = (state: WizardState, {menu: before, row}: Open, menu: Menu): WizardState => {
	if (isDeepStrictEqual({...menu, facts: before.facts}, before)) return state;
	return {...state, screen: {at: 'menu', menu, row: rowOf(menu, before.choices[row]?.value)}};
};

const inMenu = (state: WizardState, screen: Open, event: WizardEvent): WizardState | undefined => {
	const {menu, row} = screen;
	const chosen = (value: string): WizardState => ({
		...state,
		screen: {at: 'menu-left', menu, row: rowOf(menu, value), value},
	});
	switch (event.type) {
		case 'moved': {
			const next = clamp(row + event.by, 0, menu.choices.length - 1);
			return {...state, screen: {at: 'menu', menu, row: next}};
		}
		case 'renewed':
			return renewed(state, screen, event.menu);
		case 'chose':
			return chosen(event.value);
		case 'continued':
			return chosen(menu.choices[row]?.value ?? menu.leave);
		case 'left':
			return chosen(menu.leave);
		default:
			return undefined;
	}
};

/** Every change of a menu; undefined: another kind of event. */
export const menuAfter = (state: WizardState, event: WizardEvent): WizardState | undefined => {
	const {screen} = state;
	if (event.type === 'offered')
		return {...state, facts: event.menu.facts, screen: {at: 'menu', menu: event.menu, row: 0}};
	return screen.at === 'menu' ? inMenu(state, screen, event) : undefined;
};
