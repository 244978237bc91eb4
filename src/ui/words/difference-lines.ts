import {differences} from '../../settings/flags.ts';
import {optionNames, optionOf, type OptionName, type Settings} from '../../settings/options.ts';
import {maskItem, masker} from '../../settings/secrets/masker.ts';
import {formatValue} from '../../settings/value.ts';
import {withUnit} from './with-unit.ts';
import {printable} from '../printable.ts';

/** As wide as the labels of the status, so that both tables are aligned. */
const leastLabel = 14;
const mostItems = 3;

const valueText = (settings: Settings, name: OptionName, mask: (text: string) => string): string => {
	const option = optionOf(name);
	const texts = formatValue(settings[name]);
	if (option.kind === 'toggle') return settings[name] === true ? 'on' : 'off';
	const shown = texts.slice(0, mostItems).map((text) => maskItem(name, text, mask));
	const more = texts.length > mostItems ? `, and ${texts.length - mostItems} more` : '';
	return shown.join(', ') === '' ? 'none' : withUnit(name, shown.join(', ')) + more;
};

/** Settings that were changed from the defaults, one line each, without secrets. */
export const differenceLines = (settings: Settings, defaults: Settings): readonly string[] => {
	const changed = new Set(differences(defaults, settings).map(({option}) => option));
	const mask = masker(settings);
	const names = optionNames.filter((name) => changed.has(name));
	const width = Math.max(leastLabel, ...names.map((name) => optionOf(name).label.length));
	return names.map(
		(name) => `${optionOf(name).label.padEnd(width)}  ${printable(valueText(settings, name, mask))}`,
	);
};
