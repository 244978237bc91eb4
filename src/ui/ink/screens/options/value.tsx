import {optionOf, type OptionName} from '../../../../settings/options.ts';
import {maskLooks} from '../../../../settings/secrets/mask-looks.ts';
import {entryName} from '../../../../settings/items.ts';
import {withUnit} from '../../../words/describe.ts';
import {Field, useFieldShape} from '../../components/field.tsx';
import type {Span, TextRow} from '../../components/rows.ts';
import {visible} from '../../components/text.ts';
import {Pieces, Toned} from '../../components/toned.tsx';
import {TypedText} from '../../components/typed-text.tsx';
import {useExpected} from '../../components/scroll-view.tsx';
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
import {usualMeaning} from './usual.ts';

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

interface ValueProps {
	readonly form: FormState;
	readonly name: OptionName;
}

const OptionValue = ({form, name}: ValueProps) => {
	const {left, room} = useFieldShape();
	const expected = useExpected(name, left);
	const {kind} = optionOf(name);
	const [text, texts, here] = [textOf(form, name), textsOf(form, name), form.focus === name];
	if (kind === 'toggle') return <Toned>{text === 'true' ? '[✔] on' : '[ ] off'}</Toned>;
	if (kind === 'choice') return <Toned>{here ? `‹ ${text} ›` : text}</Toned>;
	const meaning = usualMeaning(name, text);
	const fits = meaning !== undefined && text.length + meaning.length + 2 <= room;
	const means: TextRow = fits ? [{text: `  ${meaning}`, tone: 'quiet'}] : [];
	if (here && !form.filter && form.choosing === undefined && isTyped(name))
		return (
			<>
				<TypedText edited={editedField(form)} width={room} expected={expected} />
				{means.length > 0 && <Pieces row={means} />}
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

/** An option of the form with its value. */
export const OptionField = ({form, name}: ValueProps) => {
	const here = form.focus === name;
	const standing = standingOf(form, name);
	return (
		<Field
			name={name}
			label={optionOf(name).label}
			here={here}
			// While its items are open, one of them has the mark.
			marked={here && !form.items && form.choosing === undefined}
			sign={signs[standing]}
			note={{text: standing, tone: standing === 'changed' ? 'accent' : 'quiet'}}
		>
			<OptionValue form={form} name={name} />
		</Field>
	);
};
