import type {NumberOption} from '../../../../settings/option.ts';
import {optionOf, withGiven, type OptionName} from '../../../../settings/options.ts';
import type {Problem} from '../../../../settings/problem.ts';
import {edit, type Edit, type Edited} from '../../components/editing.ts';
import {focusedText, isTyped, optionAt, standingOf, textOf, textsOf, type FormState} from './form-model.ts';
import {isAbout, parsedTexts, suggestionAt} from './form-problems.ts';

/** A problem of an item that does not change remains valid. */
const isUntouched = (form: FormState, problem: Problem, texts: readonly string[]): boolean =>
	textsOf(form, problem.option).some((text) => isAbout(problem, text) && texts.includes(text));

/** Sets the texts of a field; the settings change only if the texts are valid. */
export const withTexts = (form: FormState, name: OptionName, texts: readonly string[]): FormState => {
	const parsed = parsedTexts(name, texts);
	return {
		...form,
		texts: {...form.texts, [name]: texts},
		settings: parsed.good ? withGiven(form.settings, new Map([[name, parsed.value]])) : form.settings,
		told: form.told.filter((one) => one.option !== name || isUntouched(form, one, texts)),
		warned: form.warned.filter(({option}) => option !== name),
	};
};

/** The same for the focused field, with the caret at the end. */
export const withFocusedTexts = (form: FormState, texts: readonly string[]): FormState => {
	const name = optionAt(form);
	if (name === undefined) return form;
	const next = withTexts(form, name, texts);
	return {...next, caret: textOf(next, name).length, touched: true};
};

export const editedField = (form: FormState): Edited => ({text: focusedText(form), caret: form.caret});

export const fieldTyped = (form: FormState, change: Edit): FormState => {
	const name = optionAt(form);
	if (name === undefined || !isTyped(name)) return form;
	const {text, caret} = edit(editedField(form), change);
	const same = text === textOf(form, name);
	return {...(same ? form : withTexts(form, name, [text])), caret, touched: form.touched || !same};
};

/** A single-line field replaces the line breaks of a paste with spaces. */
export const fieldPasted = (form: FormState, text: string): FormState =>
	fieldTyped(form, {
		insert: text
			.trim()
			.replaceAll(/[\r\n\t]+/gu, ' ')
			.replaceAll(/\p{Cc}/gu, ''),
	});

/** The next value of a toggle or a choice. */
export const turned = (form: FormState, by: number): FormState => {
	const name = optionAt(form);
	const option = name && optionOf(name);
	const text = focusedText(form);
	if (option?.kind === 'toggle') return withFocusedTexts(form, [text === 'true' ? 'false' : 'true']);
	if (option?.kind !== 'choice') return form;
	const {choices} = option;
	const next = choices[(choices.indexOf(text) + by + choices.length) % choices.length];
	return next === undefined ? form : withFocusedTexts(form, [next]);
};

/** In an empty field the first step sets the default or the minimum. */
const steppedFrom = (text: string, by: number, {min, max, default: usual}: NumberOption): number => {
	const number = /^\d{1,15}$/u.test(text.trim()) ? Number(text) : undefined;
	return number === undefined ? (usual ?? min) : Math.min(Math.max(number + by, min), max);
};

export const stepped = (form: FormState, by: number): FormState => {
	const name = optionAt(form);
	const option = name && optionOf(name);
	return option?.kind === 'number'
		? withFocusedTexts(form, [String(steppedFrom(focusedText(form), by, option))])
		: form;
};

/** Takes the value that solves the problem of the focused option. */
export const solved = (form: FormState): FormState => {
	const name = optionAt(form);
	const text = name && suggestionAt(form, name);
	return text === undefined ? form : withFocusedTexts(form, [text]);
};

/** Resets to the saved value; if that is the current one or nothing is saved, to the default. */
export const reset = (form: FormState): FormState => {
	const name = optionAt(form);
	if (name === undefined) return form;
	const from = standingOf(form, name) === 'changed' ? (form.saved ?? form.defaults) : form.defaults;
	return {...withFocusedTexts(form, from[name] ?? ['']), items: undefined, completion: undefined};
};
