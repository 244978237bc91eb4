import {askedOptions} from '../../settings/asked.ts';
import type {Value} from '../../settings/option.ts';
import {
	defaultSettings,
	mapOptions,
	optionOf,
	withGiven,
	type OptionName,
	type Settings,
} from '../../settings/options.ts';
import {maskItem, masker} from '../../settings/secrets.ts';
import {type Problem} from '../../settings/rules.ts';
import {formatValue, parseValue} from '../../settings/value.ts';
import {foundOn} from '../../platform/find-installed.ts';
import type {Facts} from '../../platform/facts.ts';
import {edit, type Edit, type Edited} from './editing.ts';
import {isAbout, problemsAt, toldByOthers, firstWrong} from './form-problems.ts';
import {itemsAfter, openItems, type ItemsEvent, type ItemsOption, type ItemsState} from './items-state.ts';

export interface FormState {
	readonly platform: Facts['platform'];
	readonly defaults: Settings;
	/** What the form stands for; an option whose text is not right keeps its last good value here. */
	readonly settings: Settings;
	/** What stands in the fields: a text for each single value, one for each item of a list or map. */
	readonly texts: Readonly<Partial<Record<OptionName, readonly string[]>>>;
	readonly focus: OptionName;
	readonly caret: number;
	/** The rows of the focused list or map, while they are edited. */
	readonly items: ItemsState | undefined;
	/** What others found wrong; each is gone as soon as its option, or its item, changes. */
	readonly told: readonly Problem[];
}

export type FormEvent =
	| {readonly form: 'move'; readonly by: number}
	| {readonly form: 'move-group'; readonly by: 1 | -1}
	| {readonly form: 'move-to'; readonly end: 'first' | 'last'}
	| {readonly form: 'edit'; readonly edit: Edit}
	| {readonly form: 'paste'; readonly text: string}
	| {readonly form: 'turn'; readonly by: 1 | -1}
	| {readonly form: 'open'}
	| {readonly form: 'close'}
	| {readonly form: 'set'; readonly option: OptionName; readonly value: Value}
	| {readonly form: 'tell'; readonly problems: readonly Problem[]}
	| {readonly form: 'items'; readonly event: ItemsEvent};

export const askedOf = (form: FormState): readonly OptionName[] => askedOptions(form.platform, form.settings);

export const textsOf = (form: FormState, name: OptionName): readonly string[] => form.texts[name] ?? [''];

export const textOf = (form: FormState, name: OptionName): string => textsOf(form, name)[0] ?? '';

export const isTyped = (name: OptionName): boolean =>
	['text', 'path', 'number'].includes(optionOf(name).kind);

export const itemsOptionOf = (name: OptionName): ItemsOption | undefined => {
	const option = optionOf(name);
	return option.kind === 'list' || option.kind === 'map' ? option : undefined;
};

export const editedOf = (form: FormState): Edited => ({text: textOf(form, form.focus), caret: form.caret});

export const isDefault = (form: FormState, name: OptionName): boolean =>
	textsOf(form, name).join('\n') === formatValue(form.defaults[name]).join('\n');

export const focused = (form: FormState, focus: OptionName): FormState => ({
	...form,
	focus,
	caret: textOf(form, focus).length,
	items: undefined,
});

/** At an option with a problem: a list is open at the item that it is about. */
export const focusedOnProblem = (form: FormState, name: OptionName): FormState => {
	const texts = textsOf(form, name);
	const problems = problemsAt(form, name);
	const row = texts.findIndex((text) => problems.some((one) => isAbout(one, text)));
	const open = itemsOptionOf(name) !== undefined && row >= 0;
	return {...focused(form, name), items: open ? {...openItems(texts), row} : undefined};
};

export const openForm = (facts: Facts, start: Settings): FormState => {
	const form: FormState = {
		platform: facts.platform,
		defaults: defaultSettings(foundOn(facts)),
		settings: start,
		texts: mapOptions((name) => formatValue(start[name])),
		focus: 'hostname',
		caret: 0,
		items: undefined,
		told: [],
	};
	return focused(form, firstWrong(form) ?? askedOf(form)[0] ?? form.focus);
};

/** What was told of an item that stays as it is stays right. */
const isUntouched = (form: FormState, problem: Problem, texts: readonly string[]): boolean =>
	textsOf(form, problem.option).some((text) => isAbout(problem, text) && texts.includes(text));

/** Puts texts into a field; the settings follow where the texts are right. */
const withTexts = (form: FormState, name: OptionName, texts: readonly string[]): FormState => {
	const parsed = parseValue(optionOf(name), texts);
	return {
		...form,
		texts: {...form.texts, [name]: texts},
		settings: parsed.good ? withGiven(form.settings, new Map([[name, parsed.value]])) : form.settings,
		told: form.told.filter((one) => one.option !== name || isUntouched(form, one, texts)),
	};
};

const typeText = (form: FormState, change: Edit): FormState => {
	if (!isTyped(form.focus)) return form;
	const {text, caret} = edit(editedOf(form), change);
	return {...(text === textOf(form, form.focus) ? form : withTexts(form, form.focus, [text])), caret};
};

const move = (form: FormState, by: number): FormState => {
	const asked = askedOf(form);
	const index = asked.indexOf(form.focus) + by;
	return focused(form, asked[Math.min(Math.max(index, 0), asked.length - 1)] ?? form.focus);
};

const moveGroup = (form: FormState, by: 1 | -1): FormState => {
	const asked = askedOf(form);
	const heads = asked.filter(
		(name, index) => optionOf(name).group !== optionOf(asked[index - 1] ?? name).group || index === 0,
	);
	const here = asked.indexOf(form.focus);
	const next =
		by > 0
			? heads.find((name) => asked.indexOf(name) > here)
			: heads.findLast((name) => asked.indexOf(name) < here);
	return focused(form, next ?? (by > 0 ? asked.at(-1) : asked[0]) ?? form.focus);
};

const turned = (name: OptionName, text: string, by: number): string => {
	const option = optionOf(name);
	if (option.kind === 'toggle') return text === 'true' ? 'false' : 'true';
	if (option.kind !== 'choice') return text;
	const {choices} = option;
	return choices[(choices.indexOf(text) + by + choices.length) % choices.length] ?? text;
};

const withItems = (form: FormState, items: ItemsState): FormState => ({
	...(items.texts === textsOf(form, form.focus) ? form : withTexts(form, form.focus, items.texts)),
	items,
});

/** An item of the focused list or map as it may be seen. */
export const shownItem = (form: FormState, text: string): string =>
	maskItem(form.focus, text, masker(form.settings));

const itemsEvent = (form: FormState, event: ItemsEvent): FormState => {
	const option = itemsOptionOf(form.focus);
	const {items} = form;
	if (!option || !items) return form;
	const text = items.texts[items.row];
	const told =
		event.item === 'change' && text !== undefined ? {...event, shown: shownItem(form, text)} : event;
	return withItems(form, itemsAfter(option, items, told));
};

const open = (form: FormState): FormState =>
	itemsOptionOf(form.focus) ? {...form, items: openItems(textsOf(form, form.focus))} : form;

/** A paste lands whole; a field of one line takes its line breaks as spaces. */
const paste = (form: FormState, text: string): FormState => {
	if (isTyped(form.focus))
		return typeText(form, {
			insert: text
				.trim()
				.replaceAll(/[\r\n\t]+/gu, ' ')
				.replaceAll(/\p{Cc}/gu, ''),
		});
	if (!itemsOptionOf(form.focus)) return form;
	const opened = {...form, items: {...openItems(textsOf(form, form.focus)), draft: undefined}};
	return itemsEvent(opened, {item: 'paste', text});
};

export const formAfter = (form: FormState, event: FormEvent): FormState => {
	switch (event.form) {
		case 'move':
			return move(form, event.by);
		case 'move-group':
			return moveGroup(form, event.by);
		case 'move-to':
			return move(form, event.end === 'first' ? -Infinity : Infinity);
		case 'edit':
			return typeText(form, event.edit);
		case 'paste':
			return paste(form, event.text);
		case 'turn':
			return withTexts(form, form.focus, [turned(form.focus, textOf(form, form.focus), event.by)]);
		case 'open':
			return open(form);
		case 'close':
			return {...itemsEvent(form, {item: 'leave'}), items: undefined};
		case 'set':
			return withTexts(form, event.option, formatValue(event.value));
		case 'tell':
			return {...form, told: toldByOthers(form, event.problems)};
		case 'items':
			return itemsEvent(form, event.event);
	}
};
