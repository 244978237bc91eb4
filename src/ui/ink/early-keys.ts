import {eventFor} from './keys.ts';
import type {Stroke} from './stroke.ts';
import type {Screen, WizardEvent, WizardState} from './wizard-model.ts';

/** Screens on which the person waits for the program. */
const waits = new Set<Screen['at']>(['blank', 'left', 'menu-left', 'looking']);

/** More keys than these were hardly meant for what follows. */
const mostKept = 8;

const accepts = new Set<WizardEvent['type']>(['continued', 'chose', 'confirmed']);

/** Until a screen is laid out nobody has seen it. Only the steps before the preview are passed unseen. */
const isUnseen = ({screen, view}: WizardState): boolean =>
	!view.isLaidOut && screen.at !== 'machine' && screen.at !== 'options';

/** What a key does now; undefined: nothing. A screen that nobody has seen accepts nothing. */
const eventNow = (stroke: Stroke, state: WizardState): WizardEvent | undefined => {
	const event = eventFor(stroke, state);
	return event && accepts.has(event.type) && isUnseen(state) ? undefined : event;
};

/** Of early keys, Enter only leads on: nobody has seen what else it would do. */
const earlyEvent = (stroke: Stroke, state: WizardState): WizardEvent | undefined => {
	const event = eventNow(stroke, state);
	const isEnter = 'key' in stroke && stroke.key === 'enter';
	return isEnter && event?.type !== 'continued' ? undefined : event;
};

type Reducer = (state: WizardState, event: WizardEvent) => WizardState;

/** Keys that are pressed while the person waits are kept for the screen that follows. */
export const withEarlyKeys = (after: Reducer): Reducer => {
	const pressed = (state: WizardState, stroke: Stroke): WizardState => {
		const event = eventNow(stroke, state);
		if (event) return after(state, event);
		return waits.has(state.screen.at) && state.early.length < mostKept
			? {...state, early: [...state.early, stroke]}
			: state;
	};
	const replayed = (state: WizardState): WizardState => {
		const [stroke, ...early] = state.early;
		if (!stroke || waits.has(state.screen.at)) return state;
		const event = earlyEvent(stroke, state);
		const rest = {...state, early};
		return replayed(event ? after(rest, event) : rest);
	};
	return (state, event) =>
		replayed(event.type === 'pressed' ? pressed(state, event.stroke) : after(state, event));
};
