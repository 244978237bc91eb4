import type {Menu} from '../ui.ts';
import {
	continues,
	goesBack,
	hint,
	interrupt,
	interruptShown,
	quit,
	type Binding,
	type Hint,
	formed,
} from './binding.ts';
import {formKeys, takesText} from './screens/options/form-keys.ts';
import type {Stroke} from './terminal/keystrokes.ts';
import {layoutOf} from './layout.ts';
import {answersOf} from './screens/machine/machine-lines.ts';
import type {WizardEvent, WizardState} from './wizard-model.ts';

const moved = (by: number): WizardEvent => ({type: 'moved', by});

const scrolled = (by: number): WizardEvent => ({type: 'scrolled', by});

const choosing: readonly Binding[] = [
	{keys: ['up', 'back-tab'], event: moved(-1), ...hint('↑↓', 'move')},
	{keys: ['down', 'tab'], event: moved(1)},
];

const scrolling: readonly Binding[] = [
	{keys: ['up'], event: scrolled(-1), ...hint('↑↓', 'scroll')},
	{keys: ['down'], event: scrolled(1)},
];

const paging = ({size}: WizardState): readonly Binding[] => {
	const page = Math.max(1, Math.floor(layoutOf(size).bodyHeight / 2));
	return [
		{keys: ['page-up'], event: scrolled(-page)},
		{keys: ['page-down', ' '], event: scrolled(page)},
		{keys: ['home'], event: scrolled(-Infinity)},
		{keys: ['end'], event: scrolled(Infinity)},
	];
};

const refuse = (state: WizardState): readonly Binding[] => [
	...choosing,
	...paging(state),
	continues('continue'),
	quit,
	interrupt,
];

const machine = (state: WizardState): readonly Binding[] => {
	const {asked} = state;
	const choices = asked !== undefined && answersOf(asked).length > 0;
	const why = asked?.advice.some(({level}) => level !== 'ok');
	return [
		...(choices ? choosing : scrolling),
		...paging(state),
		continues('continue'),
		...(why ? [{keys: ['?'], event: {type: 'explained'}, ...hint('?', 'more')} as const] : []),
		quit,
		interrupt,
	];
};

const jumping: readonly Binding[] = [
	{keys: ['tab', 'right'], event: {type: 'jumped', by: 1}, ...hint('tab', 'next part')},
	{keys: ['back-tab', 'left'], event: {type: 'jumped', by: -1}},
];

const preview = (state: WizardState): readonly Binding[] => {
	const {screen, asked} = state;
	const changes = screen.at === 'preview' && screen.proposal.preview.changes;
	const verb = !changes || asked?.dryRun ? 'done' : asked?.again ? 'apply' : 'install';
	return [
		...scrolling,
		...paging(state),
		continues(verb),
		{keys: ['e', 'escape'], event: {type: 'went-back'}, ...hint('e', 'edit')},
		{keys: ['w'], event: {type: 'put-aside'}, ...hint('w', 'save to file')},
		...(changes ? jumping : []),
		quit,
		interrupt,
	];
};

const removal = (state: WizardState, sure: boolean): readonly Binding[] => {
	if (sure)
		return [
			...scrolling,
			...paging(state),
			{keys: ['y'], event: {type: 'confirmed'}, ...hint('y', 'delete')},
			goesBack({type: 'went-back'}),
			quit,
			interrupt,
		];
	const count = state.removal?.proposal.preview.decisions.length ?? 0;
	const switching: Binding = {
		keys: [' ', 'left', 'right'],
		event: {type: 'switched'},
		...hint('space', 'toggle'),
	};
	return [
		...(count > 0 ? [...(count > 1 ? choosing : []), switching] : scrolling),
		...paging(state),
		continues(state.removal?.question.dryRun ? 'done' : 'remove'),
		quit,
		interrupt,
	];
};

const menu = (state: WizardState, {after, leave}: Menu): readonly Binding[] => {
	const left: WizardEvent = {type: 'left'};
	return [
		...choosing,
		...paging(state),
		continues('choose'),
		{keys: ['q', 'escape'], event: left, ...(leave === 'back' ? hint('esc', 'back') : hint('q', 'quit'))},
		// The run has already ended; its conclusion follows.
		after === 'failure' ? {keys: ['ctrl-c'], event: left} : interrupt,
	];
};

/** Once is enough: the changes are already being undone. */
const ending = ({quit: ended}: WizardState): readonly Binding[] => (ended ? [] : [interruptShown]);

const details = ({install}: WizardState): readonly Binding[] => [
	{keys: ['v'], event: {type: 'detailed'}, ...hint('v', install.detailed ? 'hide details' : 'show details')},
];

/** While changes are made the person can only watch or stop. */
const during = (state: WizardState): readonly Binding[] => [
	...scrolling.map(({keys, event}) => ({keys, event})),
	...paging(state),
	...ending(state),
];

/** What the keys do now: the only source for the events and the footer. The first binding of a key counts. */
const bindingsOf = (state: WizardState): readonly Binding[] => {
	switch (state.screen.at) {
		case 'refuse':
			return refuse(state);
		case 'machine':
			return machine(state);
		case 'options':
			return state.form ? formKeys(state.form, state.size) : [interrupt];
		case 'preview':
			return preview(state);
		case 'removal':
			return removal(state, state.screen.sure);
		case 'blank':
		case 'looking':
			return [interruptShown];
		case 'menu':
			return menu(state, state.screen.menu);
		case 'install':
			return [...details(state), ...during(state)];
		case 'watching':
			return during(state);
		case 'menu-left':
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
	const form = state.screen.at === 'options' ? state.form : undefined;
	if ('paste' in stroke) return form && formed({form: 'paste', text: stroke.paste});
	const name = 'text' in stroke ? stroke.text : stroke.key;
	const bound = bindingsOf(state).find(({keys}) => (keys as readonly string[]).includes(name));
	if (bound || !('text' in stroke)) return bound?.event;
	return form && takesText(form) ? formed({form: 'edit', edit: {insert: stroke.text}}) : undefined;
};
