import type {Value} from '../../settings/option.ts';
import {optionOf, type OptionName, type Settings} from '../../settings/options.ts';
import {maskLooks} from '../../settings/secrets/mask-looks.ts';
import {maskItem, masker} from '../../settings/secrets/masker.ts';
import {formatValue, entryName} from '../../settings/value.ts';
import {withUnit} from '../words/with-unit.ts';
import {printable} from '../printable.ts';

/** Means a value that is not set, or an empty list; it can be typed. */
export const none = 'none';

/** One value as it is shown and typed. */
export const valueText = (value: Value): string => {
	if (typeof value === 'boolean') return value ? 'on' : 'off';
	const [text = ''] = formatValue(value);
	return text === '' ? none : printable(maskLooks(text));
};

/** Items of a list or a map, with secrets masked. */
export const itemTexts = (
	name: OptionName,
	items: readonly string[],
	settings: Settings,
): readonly string[] => {
	const mask = masker(settings);
	return items.map((item) => printable(maskItem(name, item, mask)));
};

/** The most names on one line. */
const mostNames = 5;

/** The value of an option on one line; of a map only its names. */
export const summaryText = (name: OptionName, settings: Settings): string => {
	const {kind} = optionOf(name);
	if (kind !== 'list' && kind !== 'map') return withUnit(name, valueText(settings[name]));
	const items = formatValue(settings[name]);
	if (items.length === 0) return none;
	const first = items.slice(0, mostNames);
	const names = kind === 'map' ? first.map(entryName).map(printable) : itemTexts(name, first, settings);
	const more = items.length - first.length;
	return names.join(', ') + (more > 0 ? ` and ${more} more` : '');
};

/** Offered instead of a value that cannot be shown: a secret, or characters that no key types. */
export const keep = 'keep';

/** The answer for Enter that keeps a text. */
export const offerFor = (text: string, shown: string): string => (shown === text ? text : keep);
