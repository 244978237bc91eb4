import type {Facts} from '../../platform/facts.ts';
import type {Group, Value} from '../../settings/option.ts';
import {optionOf, type OptionName, type Settings} from '../../settings/options.ts';
import type {Problem} from '../../settings/rules.ts';
import {formatValue} from '../../settings/value.ts';
import type {Warning} from '../../settings/warning.ts';
import type {Edit, Edited} from './editing.ts';
import type {ItemsOption} from './item-problem.ts';
import type {ItemsEvent, ItemsState} from './items-state.ts';
import {remembered} from './remembered.ts';

export type Heading = `group ${Group}`;

/** What the keys act on: an option, or the heading of a group. */
export type Spot = OptionName | Heading;

/** What stands in the fields: a text for each single value, one for each item of a list or map. */
export type Texts = Readonly<Partial<Record<OptionName, readonly string[]>>>;

/** The options that hold what is typed; undefined: all of them are shown. */
export interface Filter {
	readonly edited: Edited;
	/** Where Esc goes back to. */
	readonly from: Spot;
}

/** How a path can go on from what stands before the caret. */
export interface Completion {
	readonly typed: string;
	/** Whole paths; undefined: nobody has looked yet. */
	readonly candidates: readonly string[] | undefined;
}

export interface FormState {
	readonly platform: Facts['platform'];
	/** Vira's own, with what was found on the machine. */
	readonly defaults: Texts;
	/** What is installed; undefined: nothing is. */
	readonly saved: Texts | undefined;
	/** What the form stands for; an option whose text is not right keeps its last good value here. */
	readonly settings: Settings;
	readonly texts: Texts;
	readonly focus: Spot;
	/** The groups whose options are shown; the others are folded to a line. */
	readonly open: readonly Group[];
	readonly caret: number;
	/** Whether the focused text was changed since the focus came to it. */
	readonly touched: boolean;
	/** The rows of the focused list or map, while they are edited. */
	readonly items: ItemsState | undefined;
	readonly filter: Filter | undefined;
	readonly completion: Completion | undefined;
	/** Whether the focused line is explained at length. */
	readonly explained: boolean;
	/** What others found wrong; each is gone as soon as its option, or its item, changes. */
	readonly told: readonly Problem[];
	/** What others said that follows from a value, until that changes. */
	readonly warned: readonly Warning[];
}

export type FormEvent =
	| {readonly form: 'move'; readonly by: number}
	| {readonly form: 'move-group'; readonly by: 1 | -1}
	| {readonly form: 'move-to'; readonly end: 'first' | 'last'}
	| {readonly form: 'next-problem'}
	| {readonly form: 'fold'; readonly open: boolean}
	| {readonly form: 'edit'; readonly edit: Edit}
	| {readonly form: 'paste'; readonly text: string}
	| {readonly form: 'turn'; readonly by: 1 | -1}
	| {readonly form: 'step'; readonly by: 1 | -1}
	| {readonly form: 'reset'}
	| {readonly form: 'complete'}
	| {readonly form: 'completed'; readonly typed: string; readonly candidates: readonly string[]}
	| {readonly form: 'open'}
	| {readonly form: 'close'}
	| {readonly form: 'filter'}
	| {readonly form: 'filtered'; readonly stay: boolean}
	| {readonly form: 'explain'}
	| {readonly form: 'set'; readonly option: OptionName; readonly value: Value}
	| {readonly form: 'tell'; readonly problems: readonly Problem[]; readonly warnings: readonly Warning[]}
	| {readonly form: 'items'; readonly event: ItemsEvent}
	| {readonly form: 'move-item'; readonly by: number};

export const headingOf = (group: Group): Heading => `group ${group}`;

/** The group whose heading it is; undefined: it is an option. */
export const groupAt = (spot: Spot): Group | undefined =>
	spot.startsWith('group ') ? (spot.slice('group '.length) as Group) : undefined;

/** The option that the focus stands on; undefined: it stands on a heading. */
export const optionAt = ({focus}: Pick<FormState, 'focus'>): OptionName | undefined =>
	groupAt(focus) === undefined ? (focus as OptionName) : undefined;

export const textsOf = (form: FormState, name: OptionName): readonly string[] => form.texts[name] ?? [''];

export const textOf = (form: FormState, name: OptionName): string => textsOf(form, name)[0] ?? '';

/** What the focus stands on as a text: empty where there is none. */
export const focusedText = (form: FormState): string => {
	const name = optionAt(form);
	return name === undefined ? '' : textOf(form, name);
};

export const isTyped = (name: OptionName | undefined): boolean =>
	name !== undefined && ['text', 'path', 'number'].includes(optionOf(name).kind);

export const itemsOptionOf = (name: OptionName | undefined): ItemsOption | undefined => {
	const option = name === undefined ? undefined : optionOf(name);
	return option?.kind === 'list' || option?.kind === 'map' ? option : undefined;
};

const formatted = remembered((value: object) => formatValue(value as Value));

/** The texts of a value; of the same list or map they are the same, to be compared at a glance. */
export const textsOfValue = (value: Value): readonly string[] =>
	typeof value === 'object' ? formatted(value) : formatValue(value);

export const isSameTexts = (one: readonly string[] = [''], other: readonly string[] = ['']): boolean =>
	one === other || (one.length === other.length && one.every((text, index) => text === other[index]));

/** Where a value comes from, as far as somebody may have changed it. */
export type Standing = 'default' | 'saved' | 'changed';

/** Told apart by the value: somebody who types the default has the default. */
export const standingOf = ({texts, defaults, saved}: FormState, name: OptionName): Standing => {
	if (!isSameTexts(texts[name], (saved ?? defaults)[name])) return 'changed';
	return isSameTexts(texts[name], defaults[name]) ? 'default' : 'saved';
};
