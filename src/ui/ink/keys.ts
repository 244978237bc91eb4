import {formed, interrupt, interruptShown, type Binding, type Hint} from './binding.ts';
import {buildsKeys} from './screens/builds/keys.ts';
import {installKeys} from './screens/install/keys.ts';
import {machineKeys, refuseKeys} from './screens/machine/keys.ts';
import {menuKeys} from './screens/menu/keys.ts';
import {formKeys, takesText} from './screens/options/keys.ts';
import {previewKeys} from './screens/preview/keys.ts';
import {removalKeys} from './screens/removal/keys.ts';
import {outputKeys} from './screens/watching/keys.ts';
import {leavingKeys} from './leaving.ts';
import type {Stroke} from './stroke.ts';
import type {WizardEvent, WizardState, Screen} from './wizard-model.ts';

/** What the keys do now: the only source for the events and the footer. The first binding of a key counts. */
const bindingsOf = (state: WizardState): readonly Binding[] => {
	const {screen, form, size, view, leaving} = state;
	if (leaving) return leavingKeys(leaving);
	switch (screen.at) {
		case 'refuse':
			return refuseKeys(state);
		case 'machine':
			return machineKeys(state);
		case 'options':
			return form ? formKeys(form, size, view.content > view.height) : [interrupt];
		case 'builds':
			return buildsKeys(state);
		case 'preview':
			return previewKeys(state, screen);
		case 'removal':
			return removalKeys(state, screen);
		case 'blank':
		case 'looking':
		case 'menu-left':
			return [interruptShown];
		case 'menu':
			return menuKeys(state, screen.menu);
		case 'install':
			return installKeys(state);
		case 'watching':
			return outputKeys(state, screen.watched);
		case 'left':
		case 'refused':
		case 'accepted':
		case 'removal-accepted':
			return [interrupt];
	}
};

export const hintsOf = (state: WizardState): readonly Hint[] =>
	bindingsOf(state).flatMap((binding) => binding.hint ?? []);

/** What a stroke means on the current screen. */
export const eventFor = (stroke: Stroke, state: WizardState): WizardEvent | undefined => {
	const {screen} = state;
	const form = screen.at === 'options' && !state.leaving ? state.form : undefined;
	const isSaving = screen.at === 'preview' && screen.saving !== undefined && !screen.saving.waits;
	const name = 'paste' in stroke ? undefined : 'text' in stroke ? stroke.text : stroke.key;
	const bound = bindingsOf(state).find(({keys}) => (keys as readonly unknown[]).includes(name));
	if (bound ?? !(form ?? isSaving)) return bound?.event;
	if (form?.explained) return formed({form: 'explain'});
	if ('paste' in stroke) return formed({form: 'paste', text: stroke.paste});
	return 'text' in stroke && (isSaving || (form && takesText(form)))
		? formed({form: 'edit', edit: {insert: stroke.text}})
		: undefined;
};

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
