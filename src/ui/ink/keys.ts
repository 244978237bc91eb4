import {
	formed,
	interrupt,
	interruptShown,
	type Binding,
	type Hint,
	choosing,
	continues,
	goesBack,
	hint,
	paging,
	scrolling,
	quit,
} from './binding.ts';
import {buildsKeys, showsBuilds} from './screens/builds/keys.ts';
import {formKeys, takesText} from './screens/options/keys.ts';
import {previewKeys} from './screens/preview/keys.ts';
import {removalKeys} from './screens/removal/keys.ts';
import {leavingKeys} from './leaving.ts';
import type {Stroke} from './stroke.ts';
import type {WizardEvent, WizardState, Screen, Watched} from './wizard-model.ts';
import type {Menu} from '../ui.ts';
import {answersOf} from './screens/machine/state.ts';

const refuseKeys = ({size}: WizardState): readonly Binding[] => [
	...choosing,
	...paging(size),
	continues('continue'),
	quit,
	interrupt,
];

const machineKeys = ({asked, size}: WizardState): readonly Binding[] => {
	const choices = asked !== undefined && answersOf(asked).length > 0;
	const why = asked?.advice.some(({level}) => level !== 'ok');
	return [
		...(choices ? choosing : scrolling),
		...paging(size),
		continues('continue'),
		...(why ? [{keys: ['?'], event: {type: 'explained'}, ...hint('?', 'more')} as const] : []),
		showsBuilds,
		...(asked?.canGoBack ? [goesBack({type: 'went-back'})] : []),
		quit,
		interrupt,
	];
};

/** While something runs the person can only watch or stop it; to ask once is enough. */
const watchingKeys = ({size, quit}: WizardState): readonly Binding[] => [
	...scrolling.map(({keys, event}) => ({keys, event})),
	...paging(size),
	...(quit ? [] : [interruptShown]),
];

const installKeys = (state: WizardState): readonly Binding[] => [
	{
		keys: ['v'],
		event: {type: 'detailed'},
		...hint('v', state.install.detailed ? 'hide details' : 'show details'),
	},
	...watchingKeys(state),
];

/** A screen that only reads something can be closed at any time; Enter continues once it has ended. */
const outputKeys = (state: WizardState, {is, kind}: Watched): readonly Binding[] => {
	if (is === 'running' && kind === 'changes') return watchingKeys(state);
	if (is === 'left') return [interrupt];
	const back = goesBack({type: 'left'});
	return [
		...scrolling,
		...paging(state.size),
		{...back, keys: ['escape', 'q', ...(is === 'ended' ? (['enter'] as const) : [])]},
		interruptShown,
	];
};

const left: WizardEvent = {type: 'left'};

const menuKeys = ({size}: WizardState, {after, choices, leave}: Menu): readonly Binding[] => [
	...choosing,
	...paging(size),
	continues('choose'),
	...choices.map(({key, value}): Binding => ({keys: [key], event: {type: 'chose', value}})),
	// After a failure, that is the form, which is the first choice.
	...(after === 'failure' ? [goesBack({type: 'chose', value: choices[0]?.value ?? leave})] : []),
	{keys: ['q', 'escape'], event: left, ...hint('q', 'quit')},
	// The run has already ended; its conclusion follows.
	after === 'failure' ? {keys: ['ctrl-c'], event: left} : interrupt,
];

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
