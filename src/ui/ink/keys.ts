import {optionOf} from '../../settings/options.ts';
import {isTyped, type FormEvent} from './form-state.ts';
import type {ItemsEvent} from './items-state.ts';
import type {KeyName, Stroke} from './keystrokes.ts';
import {layoutOf} from './layout.ts';
import {answersOf} from './machine-lines.ts';
import type {WizardEvent, WizardState} from './wizard-model.ts';

/** A key, what it does now, and how the footer names it; what has no hint goes without saying. */
interface Binding {
	readonly keys: readonly (KeyName | Letter)[];
	readonly event: WizardEvent;
	readonly hint?: Hint;
}

type Letter = ' ' | '?' | 'a' | 'd' | 'e' | 'q';

export interface Hint {
	readonly keys: string;
	readonly does: string;
}

const hint = (keys: string, does: string): {hint: Hint} => ({hint: {keys, does}});
const moved = (by: number): WizardEvent => ({type: 'moved', by});
const formed = (event: FormEvent): WizardEvent => ({type: 'formed', event});
const item = (event: ItemsEvent): WizardEvent => formed({form: 'items', event});

const quit: Binding = {keys: ['q'], event: {type: 'quit'}, ...hint('q', 'quit')};
const interrupt: Binding = {keys: ['ctrl-c'], event: {type: 'quit'}};
const interruptShown: Binding = {...interrupt, ...hint('^C', 'quit')};

const continues = (does: string): Binding => ({
	keys: ['enter'],
	event: {type: 'continued'},
	...hint('⏎', does),
});

const scrolled = (by: number): WizardEvent => ({type: 'scrolled', by});

const choosing: readonly Binding[] = [
	{keys: ['up', 'back-tab'], event: moved(-1), ...hint('↑↓', 'choose')},
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
	const why = asked?.advice.some(({level}) => level !== 'fine');
	return [
		...(choices ? choosing : scrolling),
		...paging(state),
		continues('continue'),
		...(why ? [{keys: ['?'], event: {type: 'explained'}, ...hint('?', 'more')} as const] : []),
		quit,
		interrupt,
	];
};

const preview = (state: WizardState): readonly Binding[] => {
	const {screen, asked} = state;
	const changes = screen.at === 'preview' && screen.proposal.preview.changes;
	const verb = !changes || asked?.dryRun ? 'done' : asked?.again ? 'apply' : 'install';
	return [
		...scrolling,
		...paging(state),
		continues(verb),
		{keys: ['e', 'escape'], event: {type: 'went-back'}, ...hint('e', 'options')},
		quit,
		interrupt,
	];
};

const editing = (
	on: (event: Extract<FormEvent, {form: 'edit'}>['edit']) => WizardEvent,
): readonly Binding[] => [
	{keys: ['left'], event: on({move: 'left'})},
	{keys: ['right'], event: on({move: 'right'})},
	{keys: ['word-left'], event: on({move: 'word-left'})},
	{keys: ['word-right'], event: on({move: 'word-right'})},
	{keys: ['home', 'ctrl-a'], event: on({move: 'start'})},
	{keys: ['end', 'ctrl-e'], event: on({move: 'end'})},
	{keys: ['erase'], event: on({erase: 'left'})},
	{keys: ['ctrl-w'], event: on({erase: 'word'})},
	{keys: ['ctrl-u'], event: on({erase: 'to-start'})},
	{keys: ['ctrl-k'], event: on({erase: 'to-end'})},
];

const turn = (by: 1 | -1): WizardEvent => formed({form: 'turn', by});

/** What the keys do to the focused field itself. */
const fieldKeys = (state: WizardState): readonly Binding[] => {
	const kind = state.form && optionOf(state.form.focus).kind;
	if (kind === 'toggle') return [{keys: [' ', 'left', 'right'], event: turn(1), ...hint('space', 'switch')}];
	if (kind === 'choice')
		return [
			{keys: ['left'], event: turn(-1), ...hint('←→', 'change')},
			{keys: ['right', ' '], event: turn(1)},
		];
	if (kind === 'list' || kind === 'map')
		return [{keys: ['right', ' '], event: formed({form: 'open'}), ...hint('→', 'edit')}];
	return editing((edit) => formed({form: 'edit', edit}));
};

const field = (state: WizardState): readonly Binding[] => [
	{keys: ['up', 'back-tab'], event: formed({form: 'move', by: -1}), ...hint('↑↓', 'move')},
	{keys: ['down', 'tab'], event: formed({form: 'move', by: 1})},
	{keys: ['page-up'], event: formed({form: 'move-group', by: -1})},
	{keys: ['page-down'], event: formed({form: 'move-group', by: 1})},
	...fieldKeys(state),
	continues('continue'),
	{keys: ['escape'], event: {type: 'went-back'}, ...hint('esc', 'back')},
	{keys: ['home'], event: formed({form: 'move-to', end: 'first'})},
	{keys: ['end'], event: formed({form: 'move-to', end: 'last'})},
	interruptShown,
];

const items: readonly Binding[] = [
	{keys: ['up', 'back-tab'], event: item({item: 'move', by: -1}), ...hint('↑↓', 'move')},
	{keys: ['down', 'tab'], event: item({item: 'move', by: 1})},
	{keys: ['a'], event: item({item: 'add'}), ...hint('a', 'add')},
	{keys: ['enter'], event: item({item: 'change'}), ...hint('⏎', 'change')},
	{keys: ['d', 'erase'], event: item({item: 'remove'}), ...hint('d', 'remove')},
	{keys: ['escape', 'left'], event: formed({form: 'close'}), ...hint('esc', 'back')},
	interrupt,
];

/** The row below the items holds none to change or remove. */
const addRow: readonly Binding[] = [
	...items.filter(({hint: shown}) => shown?.keys === '↑↓' || shown === undefined),
	{keys: ['enter', 'a'], event: item({item: 'add'}), ...hint('⏎', 'add')},
	{keys: ['escape', 'left'], event: formed({form: 'close'}), ...hint('esc', 'back')},
];

const draft: readonly Binding[] = [
	...editing((edit) => item({item: 'edit', edit})),
	{keys: ['enter', 'tab'], event: item({item: 'keep'}), ...hint('⏎', 'keep')},
	{keys: ['escape'], event: item({item: 'leave'}), ...hint('esc', 'back')},
	interruptShown,
];

const options = (state: WizardState): readonly Binding[] => {
	const open = state.form?.items;
	if (!open) return field(state);
	if (open.draft) return draft;
	return open.row < open.texts.length ? items : addRow;
};

/** Once is enough: what was begun is on its way back. */
const ending = ({quit: ended}: WizardState): readonly Binding[] => (ended ? [] : [interruptShown]);

/** What the keys do now: the one source for the events and for the footer. The first that names a key counts. */
const bindingsOf = (state: WizardState): readonly Binding[] => {
	switch (state.screen.at) {
		case 'refuse':
			return refuse(state);
		case 'machine':
			return machine(state);
		case 'options':
			return options(state);
		case 'preview':
			return preview(state);
		case 'looking':
			return [interruptShown];
		case 'install':
			return [...scrolling.map(({keys, event}) => ({keys, event})), ...paging(state), ...ending(state)];
		case 'blank':
		case 'refused':
		case 'accepted':
			return [interrupt];
	}
};

export const hintsOf = (state: WizardState): readonly Hint[] =>
	bindingsOf(state).flatMap((binding) => binding.hint ?? []);

/** Whether letters are text now; they are commands everywhere else. */
const takesText = ({screen, form}: WizardState): boolean => {
	if (screen.at !== 'options' || !form) return false;
	return form.items ? form.items.draft !== undefined : isTyped(form.focus);
};

const pasteEvent = ({screen, form}: WizardState, text: string): WizardEvent | undefined => {
	if (screen.at !== 'options' || !form) return undefined;
	return form.items ? item({item: 'paste', text}) : formed({form: 'paste', text});
};

/** What a stroke means on the screen that is shown. */
export const eventFor = (stroke: Stroke, state: WizardState): WizardEvent | undefined => {
	if ('paste' in stroke) return pasteEvent(state, stroke.paste);
	if ('text' in stroke && takesText(state)) {
		const insert = {insert: stroke.text};
		return state.form?.items ? item({item: 'edit', edit: insert}) : formed({form: 'edit', edit: insert});
	}
	const name = 'text' in stroke ? stroke.text : stroke.key;
	return bindingsOf(state).find(({keys}) => (keys as readonly string[]).includes(name))?.event;
};
