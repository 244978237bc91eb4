import {Box} from 'ink';
import {optionOf, type OptionName} from '../../../../settings/options.ts';
import {maskLooks} from '../../../../settings/secrets/mask-looks.ts';
import {entryName} from '../../../../settings/items.ts';
import {withUnit} from '../../../words/describe.ts';
import {useLayout} from '../../components/context.ts';
import {focusMark, type Span, type TextRow} from '../../components/rows.ts';
import {visible} from '../../../text.ts';
import {Pieces, Toned} from '../../components/toned.tsx';
import {TypedText} from '../../components/typed-text.tsx';
import {Line, useExpected} from '../../components/scroll-view.tsx';
import {
	isTyped,
	lacksValue,
	itemsOptionOf,
	standingOf,
	textOf,
	textsOf,
	type FormState,
	type Standing,
} from '../../../form/form.ts';
import {editedField, usualOf} from '../../../form/texts.ts';

/** More names than a line can hold. */
const namesShown = 20;

const itemsText = (name: OptionName, texts: readonly string[]): string => {
	const first = texts.slice(0, namesShown);
	const names = optionOf(name).kind === 'list' ? first : first.map(entryName);
	const count = texts.length > 1 ? `${texts.length}: ` : '';
	return count + visible(maskLooks(names.join(', ')));
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

const labelWidth = 19;
const signWidth = 2;
const noteWidth = 8;

/** On a wider line, it is hard to follow from one end to the other. */
const widest = 100;

interface ValueProps {
	readonly form: FormState;
	readonly name: OptionName;
	/** Where the value begins, and its columns. */
	readonly left: number;
	readonly room: number;
}

const OptionValue = ({form, name, left, room}: ValueProps) => {
	const expected = useExpected(name, left);
	const {kind} = optionOf(name);
	const [text, texts, here] = [textOf(form, name), textsOf(form, name), form.focus === name];
	if (kind === 'toggle') return <Toned>{text === 'true' ? '[✔] on' : '[ ] off'}</Toned>;
	if (kind === 'choice') return <Toned>{here ? `‹ ${text} ›` : text}</Toned>;
	const meaning = usualOf(name).find(({value}) => value === text)?.meaning;
	const fits = meaning !== undefined && text.length + meaning.length + 2 <= room;
	const means: TextRow = fits ? [{text: `  ${meaning}`, tone: 'quiet'}] : [];
	if (here && !form.filter && form.choosing === undefined && isTyped(name))
		return (
			<>
				<TypedText edited={editedField(form)} width={room} expected={expected} />
				{lacksValue(form) && <Toned tone="quiet">{form.instead ?? ''}</Toned>}
				{fits && <Pieces row={means} />}
			</>
		);
	if (!hasValue(name, texts)) return <Toned tone="quiet">{valueText(name, texts)}</Toned>;
	const value = itemsOptionOf(name) ? itemsText(name, texts) : valueText(name, texts);
	return <Pieces row={[{text: value}, ...means]} />;
};

/** `*` marks a changed value, `•` a saved value that is not the default; a wide line ends with the word. */
const signs: Readonly<Record<Standing, Span>> = {
	default: {text: '  '},
	saved: {text: '• ', tone: 'quiet'},
	changed: {text: '* ', tone: 'accent'},
};

/** An option of the form with its value; with room for them, an indent and a note. */
export const OptionField = ({form, name}: Pick<ValueProps, 'form' | 'name'>) => {
	const width = Math.min(useLayout().width, widest);
	const wide = width >= 60;
	const left = (wide ? 4 : 2) + labelWidth + signWidth;
	const here = form.focus === name;
	const standing = standingOf(form, name);
	// While its items are open, one of them has the mark.
	const mark = focusMark(here && !form.items && form.choosing === undefined, wide ? '  ' : '');
	return (
		<Line name={name} width={width}>
			<Box width={left} flexShrink={0}>
				<Pieces row={[mark, {text: optionOf(name).label.padEnd(labelWidth), bold: here}, signs[standing]]} />
			</Box>
			<Box flexGrow={1}>
				<OptionValue form={form} name={name} left={left} room={width - left - (wide ? noteWidth : 0)} />
			</Box>
			{wide && (
				<Box flexShrink={0}>
					<Toned tone={standing === 'changed' ? 'accent' : 'quiet'}>{standing.padStart(noteWidth)}</Toned>
				</Box>
			)}
		</Line>
	);
};
