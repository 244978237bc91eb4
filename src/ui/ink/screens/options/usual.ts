import {optionOf, type OptionName} from '../../../../settings/options.ts';
import {focusedText, optionAt, type FormState} from './form-model.ts';
import {withFocusedTexts} from './form-texts.ts';

/** The values that most people want, each with its meaning. */
export const usualOf = (name: OptionName | undefined): readonly {value: string; meaning: string}[] => {
	const option = name === undefined ? undefined : optionOf(name);
	return option?.kind === 'text' ? (option.usual ?? []) : [];
};

export const usualMeaning = (name: OptionName, text: string): string | undefined =>
	usualOf(name).find(({value}) => value === text)?.meaning;

/** Shows the usual values as choices; after them, any other can be typed. */
export const usualOpened = (form: FormState): FormState => {
	const values = usualOf(optionAt(form)).map(({value}) => value);
	const index = values.indexOf(focusedText(form));
	return values.length === 0 ? form : {...form, choosing: index < 0 ? values.length : index};
};

export const usualMoved = (form: FormState, by: number): FormState => {
	const last = usualOf(optionAt(form)).length;
	const row = Math.min(Math.max((form.choosing ?? 0) + by, 0), last);
	return {...form, choosing: row};
};

/** Takes the focused choice; the last one begins another value. */
export const usualChosen = (form: FormState): FormState => {
	const usual = usualOf(optionAt(form));
	const text = usual[form.choosing ?? usual.length]?.value;
	const isUsual = usual.some(({value}) => value === focusedText(form));
	const closed = {...form, choosing: undefined};
	return text === undefined && !isUsual ? closed : withFocusedTexts(closed, [text ?? '']);
};

/** Text that is typed while the choices are shown is another value. */
export const usualTyped = (form: FormState): FormState =>
	form.choosing === undefined ? form : withFocusedTexts({...form, choosing: undefined}, ['']);
