import {optionOf, type OptionName} from '../../../../settings/options.ts';
import {maskLooks} from '../../../../settings/secrets/mask-looks.ts';
import {entryName} from '../../../../settings/value.ts';
import {withUnit} from '../../../words/describe.ts';
import {visiblePart, type Edited} from '../../components/editing.ts';
import {cut, lineWidth, padded, type Line, type Span, visible} from '../../components/line.ts';
import {
	isTyped,
	itemsOptionOf,
	standingOf,
	textOf,
	textsOf,
	type FormState,
	type Standing,
} from './form-model.ts';
import {editedField} from './form-texts.ts';

const labelWidth = 19;

/** The edited text, with the cursor in it. */
export const typedSpans = (edited: Edited, width: number): Line => {
	const {before, under, after} = visiblePart(edited, width);
	return [{text: before}, {text: under, cursor: true}, {text: after}];
};

/** More names than a line can hold. */
const namesShown = 20;

const itemsSpan = (name: OptionName, texts: readonly string[]): Span => {
	if (texts.length === 0) return {text: 'none', tone: 'quiet'};
	const first = texts.slice(0, namesShown);
	const names = optionOf(name).kind === 'list' ? first : first.map(entryName);
	const count = texts.length > 1 ? `${texts.length}: ` : '';
	return {text: count + visible(maskLooks(names.join(', ')))};
};

const valueSpans = (form: FormState, name: OptionName, width: number): Line => {
	const option = optionOf(name);
	const text = textOf(form, name);
	const here = form.focus === name;
	if (option.kind === 'toggle') return [{text: text === 'true' ? '[✔] on' : '[ ] off'}];
	if (option.kind === 'choice') return [{text: here ? `‹ ${text} ›` : text}];
	if (itemsOptionOf(name)) return [itemsSpan(name, textsOf(form, name))];
	if (here && !form.filter) return typedSpans(editedField(form), width);
	return text === ''
		? [{text: 'not set', tone: 'quiet'}]
		: [{text: visible(withUnit(name, maskLooks(text)))}];
};

const signs: Readonly<Record<Standing, Span>> = {
	default: {text: '  '},
	saved: {text: '• ', tone: 'quiet'},
	changed: {text: '* ', tone: 'accent'},
};

/** On a wider line, it is hard to follow from one end to the other. */
const widest = 100;

/**
 * `*` marks a changed value, `•` a saved value that is not the default; a wide line ends with the word.
 */
export const fieldLine = (form: FormState, name: OptionName, full: number): Line => {
	const width = Math.min(full, widest);
	const here = form.focus === name;
	const standing = standingOf(form, name);
	const wide = width >= 60;
	const note = wide ? ` ${standing.padStart('default'.length)}` : '';
	// While its items are open, one of them has the mark.
	const marked = here && !form.items;
	const mark: Line = [{text: (wide ? '  ' : '') + (marked ? '› ' : '  '), tone: 'accent'}];
	const room = width - lineWidth(mark) - labelWidth - 2 - note.length;
	const spans = valueSpans(form, name, room);
	const typing = spans.some(({cursor}) => cursor);
	const shown = typing ? spans : spans.map((span) => ({...span, text: cut(span.text, room)}));
	return [
		...mark,
		{text: padded(optionOf(name).label, labelWidth), bold: here},
		signs[standing],
		...shown,
		{
			text: ' '.repeat(Math.max(0, room - lineWidth(shown))) + note,
			tone: standing === 'changed' ? 'accent' : 'quiet',
		},
	];
};

/** A short form of a value that is not being edited. */
export const valueText = (name: OptionName, texts: readonly string[] = ['']): string => {
	const [text = ''] = texts;
	if (itemsOptionOf(name)) return texts.length === 0 ? 'none' : String(texts.length);
	if (optionOf(name).kind === 'toggle') return text === 'true' ? 'on' : 'off';
	return text === '' ? 'not set' : visible(withUnit(name, maskLooks(text)));
};

/** Whether there is a value to show. */
export const hasValue = (name: OptionName, texts: readonly string[] = ['']): boolean =>
	!(isTyped(name) && texts[0] === '') && texts.length > 0;
