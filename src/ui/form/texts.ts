import {clamp} from '../clamp.ts';
import type {NumberOption, TextOption} from '../../settings/option.ts';
import {optionOf, withGiven, type OptionName} from '../../settings/options.ts';
import {edit, type Edit, type Edited} from './editing.ts';
import {focusedText, isTyped, lacksValue, optionAt, standingOf, textsOf, type FormState} from './form.ts';
import {isStillValid, parsedTexts, suggestionAt} from './problems.ts';

/** Sets the texts of a field; the settings change only if the texts are valid. */
export const withTexts = (form: FormState, name: OptionName, texts: readonly string[]): FormState => {
	const parsed = parsedTexts(texts, name);
	return {
		...form,
		texts: {...form.texts, [name]: texts},
		settings: parsed.good ? withGiven(form.settings, new Map([[name, parsed.value]])) : form.settings,
		told: form.told.filter((one) => one.option !== name || isStillValid(one, textsOf(form, name), texts)),
		warned: form.warned.filter(({option}) => option !== name),
	};
};

/** Sets what is in the focused field, with the caret at the end; undefined: it stays. */
const withFocused = (form: FormState, given: string | readonly string[] | undefined): FormState => {
	const name = optionAt(form);
	if (name === undefined || given === undefined) return form;
	const texts = [given].flat();
	return {...withTexts(form, name, texts), caret: texts[0]?.length ?? 0, touched: true};
};

export const editedField = (form: FormState): Edited => ({text: focusedText(form), caret: form.caret});

export const fieldTyped = (form: FormState, change: Edit): FormState => {
	const name = optionAt(form);
	if (!isTyped(name)) return form;
	const {text, caret} = edit(editedField(form), change);
	const same = text === focusedText(form);
	return {...(same ? form : withFocused(form, text)), caret, touched: form.touched || !same};
};

/** A single-line field replaces the line breaks of a paste with spaces. */
export const fieldPasted = (form: FormState, text: string): FormState =>
	fieldTyped(form, {
		insert: text
			.trim()
			.replaceAll(/[\r\n\t]+/gu, ' ')
			.replaceAll(/\p{Cc}/gu, ''),
	});

/** In an empty field the first step sets the default or the minimum. */
const steppedFrom = (text: string, by: number, {min, max, default: usual}: NumberOption): number => {
	const number = /^\d{1,15}$/u.test(text.trim()) ? Number(text) : undefined;
	return number === undefined ? (usual ?? min) : clamp(number + by, min, max);
};

/** The next value of a toggle, a choice or a number. */
export const turned = (form: FormState, by: number): FormState => {
	const name = optionAt(form);
	const option = name && optionOf(name);
	const text = focusedText(form);
	if (option?.kind === 'number') return withFocused(form, String(steppedFrom(text, by, option)));
	if (option?.kind === 'toggle') return withFocused(form, text === 'true' ? 'false' : 'true');
	if (option?.kind !== 'choice') return form;
	const {choices} = option;
	return withFocused(form, choices.at((choices.indexOf(text) + by) % choices.length));
};

/** Takes the value that solves the problem of the focused option. */
export const solved = (form: FormState): FormState => {
	const name = optionAt(form);
	return withFocused(form, name && suggestionAt(form, name));
};

/** Resets to the saved value; if that is the current one or nothing is saved, to the default. */
export const reset = (form: FormState): FormState => {
	const name = optionAt(form);
	if (name === undefined) return form;
	const from = standingOf(form, name) === 'changed' ? (form.saved ?? form.defaults) : form.defaults;
	return {...withFocused(form, from[name] ?? ['']), items: undefined, completion: undefined};
};

/** The values that most people want, each with its meaning. */
export const usualOf = (name: OptionName | undefined): NonNullable<TextOption['usual']> => {
	const option = name && optionOf(name);
	return option?.kind === 'text' ? (option.usual ?? []) : [];
};

/** Shows the usual values as choices; after them, any other can be typed. */
export const usualOpened = (form: FormState): FormState => {
	const values = usualOf(optionAt(form)).map(({value}) => value);
	const index = values.indexOf(focusedText(form));
	return values.length === 0 ? form : {...form, choosing: index < 0 ? values.length : index};
};

export const usualMoved = (form: FormState, row: number): FormState => ({
	...form,
	choosing: clamp(row, 0, usualOf(optionAt(form)).length),
});

const begunInstead = (form: FormState): FormState =>
	withFocused({...form, choosing: undefined, instead: focusedText(form)}, '');

/** Takes the focused choice; the last one begins another value. */
export const usualChosen = (form: FormState): FormState => {
	const usual = usualOf(optionAt(form));
	const text = usual[form.choosing ?? usual.length]?.value;
	const isUsual = usual.some(({value}) => value === focusedText(form));
	return text === undefined && isUsual
		? begunInstead(form)
		: withFocused({...form, choosing: undefined}, text);
};

/** Text that is typed while the choices are shown is another value. */
export const usualTyped = (form: FormState): FormState =>
	form.choosing === undefined ? form : begunInstead(form);

/** If nothing is typed instead of a value, that one comes back. */
export const restored = (form: FormState): FormState =>
	lacksValue(form) ? {...withFocused(form, form.instead), instead: undefined} : form;
