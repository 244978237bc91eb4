import type {Facts} from '../../platform/facts.ts';
import type {Group, Value} from '../../settings/option.ts';
import {optionNames, optionOf, type OptionName, type Settings} from '../../settings/options.ts';
import type {Problem} from '../../settings/problem.ts';
import {formatValue} from '../../settings/value.ts';
import {remembered} from '../../settings/remembered.ts';
import type {Warning} from '../../settings/warning.ts';
import type {Edit, Edited} from './editing.ts';
import type {ItemsOption} from './draft.ts';
import type {ItemsEvent, ItemsState} from './items-state.ts';

type Heading = `group ${Group}`;

/** Where the focus can be: on the way on, on the heading of a group, or on an option. */
export type Spot = OptionName | Heading | 'continue';

/** The texts of the fields: one for a single value, one for each item of a list or map. */
export type Texts = Readonly<Partial<Record<OptionName, readonly string[]>>>;

/** Finds options by a text. */
interface Filter {
	readonly edited: Edited;
	/** Where Esc returns to. */
	readonly from: Spot;
}

/** Candidates for the path before the caret. */
export interface Completion {
	readonly typed: string;
	/** Whole paths; undefined: not looked up yet. */
	readonly candidates: readonly string[] | undefined;
}

export interface FormState {
	readonly platform: Facts['platform'];
	/** Vira's defaults, including what was found on the machine. */
	readonly defaults: Texts;
	/** The installed settings; undefined: nothing is installed. */
	readonly saved: Texts | undefined;
	/** What the form began with. */
	readonly start: Texts;
	/** The values of the form; an option with an invalid text keeps its last valid value. */
	readonly settings: Settings;
	readonly texts: Texts;
	readonly focus: Spot;
	/** The expanded groups; the others are collapsed to a line. */
	readonly open: readonly Group[];
	readonly caret: number;
	/** Whether the focused text was changed since it got the focus. */
	readonly touched: boolean;
	/** The rows of the focused list or map, while they are edited. */
	readonly items: ItemsState | undefined;
	/** What was removed from each list or map, the last first. */
	readonly removed: Partial<Record<OptionName, ItemsState['removed']>>;
	/** The focused one of the usual values, while they are shown as choices. */
	readonly choosing: number | undefined;
	/** The text that another one is typed instead of; it comes back if nothing is typed. */
	readonly instead: string | undefined;
	readonly filter: Filter | undefined;
	readonly completion: Completion | undefined;
	/** Whether all of the help of the focused line is shown, in place of the form. */
	readonly explained: boolean;
	/** Problems found outside the form; each is removed when its option or item changes. */
	readonly told: readonly Problem[];
	/** Warnings found outside the form; each is removed when its option changes. */
	readonly warned: readonly Warning[];
}

export type FormEvent =
	/** Among the choices, the items or the lines of the form: in the innermost of them that is open. */
	| {readonly form: 'move'; readonly by: number}
	| {readonly form: 'move-group'; readonly by: 1 | -1}
	| {readonly form: 'next-problem'}
	| {readonly form: 'fold'; readonly open: boolean}
	| {readonly form: 'edit'; readonly edit: Edit}
	| {readonly form: 'paste'; readonly text: string}
	| {readonly form: 'turn'; readonly by: 1 | -1}
	| {readonly form: 'reset'}
	| {readonly form: 'complete'}
	| {readonly form: 'completed'; readonly typed: string; readonly candidates: readonly string[]}
	/** Takes the value that solves the problem of the focused option. */
	| {readonly form: 'solve'}
	| {readonly form: 'choose'}
	| {readonly form: 'open'}
	| {readonly form: 'close'}
	| {readonly form: 'finish'}
	| {readonly form: 'filter'}
	| {readonly form: 'filtered'; readonly stay: boolean}
	| {readonly form: 'explain'}
	| {readonly form: 'set'; readonly option: OptionName; readonly value: Value}
	| {readonly form: 'tell'; readonly problems: readonly Problem[]; readonly warnings: readonly Warning[]}
	| {readonly form: 'items'; readonly event: ItemsEvent};

export const headingOf = (group: Group): Heading => `group ${group}`;

/** The group of a heading; undefined: the spot is another one. */
export const groupAt = (spot: Spot): Group | undefined =>
	spot.startsWith('group ') ? (spot.slice('group '.length) as Group) : undefined;

const isOption = (spot: Spot): spot is OptionName => spot !== 'continue' && groupAt(spot) === undefined;

/** The focused option, if the focus is on one. */
export const optionAt = ({focus}: Pick<FormState, 'focus'>): OptionName | undefined =>
	isOption(focus) ? focus : undefined;

export const textsOf = (form: FormState, name: OptionName): readonly string[] => form.texts[name] ?? [''];

export const textOf = (form: FormState, name: OptionName): string => textsOf(form, name)[0] ?? '';

/** The text of the focused option; empty for a heading. */
export const focusedText = (form: FormState): string => {
	const name = optionAt(form);
	return name === undefined ? '' : textOf(form, name);
};

/** Whether another value is to be typed, and nothing is yet. */
export const lacksValue = (form: FormState): boolean =>
	form.instead !== undefined && focusedText(form) === '';

export const isTyped = (name: OptionName | undefined): boolean =>
	name !== undefined && ['text', 'path', 'number'].includes(optionOf(name).kind);

export const itemsOptionOf = (name: OptionName | undefined): ItemsOption | undefined => {
	const option = name === undefined ? undefined : optionOf(name);
	return option?.kind === 'list' || option?.kind === 'map' ? option : undefined;
};

const formatted = remembered((value: object) => formatValue(value as Value));

/** The texts of a value; the same object for the same list or map, for a quick comparison. */
export const textsOfValue = (value: Value): readonly string[] =>
	typeof value === 'object' ? formatted(value) : formatValue(value);

const isSameTexts = (one: readonly string[] = [''], other: readonly string[] = ['']): boolean =>
	one === other || (one.length === other.length && one.every((text, index) => text === other[index]));

/** Whether answers would be lost without the form. */
export const isFormChanged = ({texts, start}: FormState): boolean =>
	optionNames.some((name) => !isSameTexts(texts[name], start[name]));

/** Whether a value is the default, saved, or changed in the form. */
export type Standing = 'default' | 'saved' | 'changed';

/** Decided by the value: a typed default is the default. */
export const standingOf = ({texts, defaults, saved}: FormState, name: OptionName): Standing => {
	if (!isSameTexts(texts[name], (saved ?? defaults)[name])) return 'changed';
	return isSameTexts(texts[name], defaults[name]) ? 'default' : 'saved';
};
