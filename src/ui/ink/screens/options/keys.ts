import {optionOf, type OptionName} from '../../../../settings/options.ts';
import {
	hint,
	interrupt,
	interruptShown,
	type Binding,
	editing,
	formed,
	continues,
	goesBack,
	paging,
	proceeds,
	scrolling,
	hiddenKeys,
	quit,
} from '../../binding.ts';
import type {Size} from '../../layout.ts';
import type {WizardEvent} from '../../wizard-model.ts';
import {showsBuilds} from '../builds/keys.ts';
import {canComplete} from '../../../form/completion.ts';
import {type FormState, isTyped, lacksValue, optionAt, standingOf} from '../../../form/form.ts';
import {isValid, suggestionAt} from '../../../form/problems.ts';
import {groupOfFocus} from '../../../form/spots.ts';
import {fixing, itemsKeys, moveBy, moving, tabMoves, toEnds} from './items-keys.ts';
import {isAtEnd} from '../../../form/items-state.ts';
import {usualOf} from '../../../form/texts.ts';

const turn = (by: 1 | -1): WizardEvent => formed({form: 'turn', by});
const opens: Binding = {keys: ['enter', 'right', ' '], event: formed({form: 'open'}), ...hint('⏎', 'edit')};

/** Enter takes a suggestion or shows the usual values; otherwise it leads on, unless the text has a problem. */
const finishes = (form: FormState, name: OptionName): readonly Binding[] => {
	const suggestion = suggestionAt(form, name);
	if (suggestion !== undefined)
		return [{keys: ['enter'], event: formed({form: 'solve'}), ...hint('⏎', `use ${suggestion}`)}];
	if (usualOf(name).length > 0 && !form.touched)
		return [{keys: ['enter'], event: formed({form: 'open'}), ...hint('⏎', 'choose')}];
	return isValid(form, name) ? [{keys: ['enter'], event: moveBy(1), ...hint('⏎', 'next')}] : [];
};

const choosingUsual: readonly Binding[] = [
	...moving,
	tabMoves,
	{keys: ['enter'], event: formed({form: 'choose'}), ...hint('⏎', 'choose')},
	goesBack(formed({form: 'close'})),
	interruptShown,
];

/** The keys of the field itself. Up and Down move to other fields, so a number has other keys. */
const ownKeys = (form: FormState, name: OptionName): readonly Binding[] => {
	switch (optionOf(name).kind) {
		case 'toggle':
			return [{keys: ['enter', ' ', 'left', 'right'], event: turn(1), ...hint('⏎', 'toggle')}];
		case 'choice':
			return [
				{keys: ['enter', 'right', ' '], event: turn(1), ...hint('⏎', 'change')},
				{keys: ['left'], event: turn(-1)},
			];
		case 'list':
		case 'map':
			return [opens];
		case 'number':
			return [
				{keys: ['+', 'step-up'], event: turn(1), ...hint('+ -', 'change')},
				{keys: ['-', 'step-down'], event: turn(-1)},
				...finishes(form, name),
				...editing,
			];
		default:
			return [...finishes(form, name), ...editing];
	}
};

const fold = (open: boolean): WizardEvent => formed({form: 'fold', open});

/** Whether the focus is in an open group: Esc first leads out of it. */
const isInside = (form: FormState): boolean => {
	const group = groupOfFocus(form);
	return group !== undefined && form.open.includes(group);
};

const backFrom = (form: FormState): WizardEvent => {
	if (lacksValue(form)) return formed({form: 'close'});
	return isInside(form) ? fold(false) : {type: 'went-back'};
};

const headingKeys = (form: FormState): readonly Binding[] => {
	const isOpen = isInside(form);
	return [
		{keys: ['enter', ' '], event: fold(!isOpen), ...hint('⏎', isOpen ? 'close' : 'open')},
		{keys: ['left'], event: fold(false)},
		{keys: ['right'], event: isOpen ? moveBy(1) : fold(true)},
	];
};

const focusedKeys = (form: FormState, name: OptionName | undefined): readonly Binding[] => {
	if (form.focus === 'continue') return [continues('continue')];
	return name === undefined ? headingKeys(form) : ownKeys(form, name);
};

/** In a text field letters are text, so commands need Ctrl there. */
const commands = (typing: boolean): readonly Binding[] =>
	typing
		? [{keys: ['ctrl-g'], event: formed({form: 'explain'}), ...hint('^G', 'help')}, interruptShown]
		: [
				{keys: ['/'], event: formed({form: 'filter'}), ...hint('/', 'find')},
				showsBuilds,
				{keys: ['?', 'ctrl-g'], event: formed({form: 'explain'}), ...hint('?', 'help')},
				quit,
				interrupt,
			];

const resetting = (form: FormState, name: OptionName): readonly Binding[] => {
	const standing = standingOf(form, name);
	const does = standing === 'changed' ? 'undo' : 'reset';
	return standing === 'default'
		? []
		: [{keys: ['ctrl-r'], event: formed({form: 'reset'}), ...hint('^R', does)}];
};

const movingFurther: readonly Binding[] = [
	{keys: ['ctrl-p'], event: moveBy(-1)},
	{keys: ['page-up'], event: formed({form: 'move-group', by: -1})},
	{keys: ['page-down'], event: formed({form: 'move-group', by: 1})},
];

const field = (form: FormState): readonly Binding[] => {
	const name = optionAt(form);
	const completes: Binding = {keys: ['tab'], event: formed({form: 'complete'}), ...hint('tab', 'complete')};
	return [
		...moving,
		...movingFurther,
		...focusedKeys(form, name),
		canComplete(form) ? completes : tabMoves,
		...fixing(form),
		form.focus === 'continue' ? hiddenKeys(proceeds) : proceeds,
		goesBack(backFrom(form)),
		...(name === undefined ? [] : resetting(form, name)),
		...commands(isTyped(name)),
		...toEnds,
	];
};

const filtering: readonly Binding[] = [
	...moving,
	tabMoves,
	...editing,
	hiddenKeys(proceeds),
	{keys: ['enter'], event: formed({form: 'filtered', stay: true}), ...hint('⏎', 'select')},
	goesBack(formed({form: 'filtered', stay: false})),
	interruptShown,
];

/** Whether letters are text now; otherwise they are commands. */
export const takesText = (form: FormState): boolean =>
	form.items
		? form.items.draft !== undefined || form.items.filter !== undefined || isAtEnd(form.items)
		: form.filter !== undefined || isTyped(optionAt(form));

/** The hint for what every other key does while the help is shown. */
const anyKey: Binding = {keys: ['escape'], event: formed({form: 'explain'}), ...hint('any key', 'back')};

/** What the keys do in the form. `isLong`: whether there is more of it than fits. */
export const formKeys = (form: FormState, size: Size, isLong: boolean): readonly Binding[] => {
	if (form.explained) return [...(isLong ? [...scrolling, ...paging(size)] : []), anyKey, interrupt];
	if (form.items) return itemsKeys(form, form.items, size);
	if (form.choosing !== undefined) return choosingUsual;
	return form.filter ? filtering : field(form);
};
