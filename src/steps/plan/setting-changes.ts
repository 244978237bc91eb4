import {foundOn} from '../../platform/vira/find-installed.ts';
import type {Situation} from '../../platform/installed/situation.ts';
import type {Value} from '../../settings/option.ts';
import {
	defaultSettings,
	optionNames,
	optionOf,
	withGiven,
	type OptionName,
	type Settings,
} from '../../settings/options.ts';
import {maskSettings} from '../../settings/secrets/masker.ts';
import {entryName} from '../../settings/items.ts';
import {formatValue, isSameValue} from '../../settings/value.ts';

/** The settings of a plan; `mask` hides their secrets. */
export interface PlannedSettings {
	readonly settings: Settings;
	readonly mask: (text: string) => string;
}

/** A setting that differs from the saved one; secrets are masked. */
export interface SettingChange {
	readonly option: OptionName;
	readonly from: Value;
	readonly to: Value;
	/** Of a list or a map: the names of its items that differ. */
	readonly items?: Readonly<Record<'added' | 'changed' | 'removed', readonly string[]>>;
}

/** Items by name: those of a list are their own names. */
const itemsIn = (value: Value, isMap: boolean): ReadonlyMap<string, string> =>
	new Map(formatValue(value).map((text) => [isMap ? entryName(text) : text, text]));

const itemChanges = (
	name: OptionName,
	[from, to]: readonly [Value, Value],
	mask: (text: string) => string,
): Pick<SettingChange, 'items'> => {
	const {kind} = optionOf(name);
	if (kind !== 'list' && kind !== 'map') return {};
	const [before, after] = [itemsIn(from, kind === 'map'), itemsIn(to, kind === 'map')];
	const names = [...after.keys()];
	return {
		items: {
			added: names.filter((one) => !before.has(one)).map(mask),
			changed: names.filter((one) => before.has(one) && before.get(one) !== after.get(one)).map(mask),
			removed: [...before.keys()].filter((one) => !after.has(one)).map(mask),
		},
	};
};

/** What is saved, with the defaults of this machine; undefined: nothing is. */
export const savedSettings = ({facts, existing: {saved}}: Situation): Settings | undefined =>
	saved && withGiven(defaultSettings(foundOn(facts)), saved.given);

/** What differs between the saved settings and those of a plan, in the order of the form. */
export const settingChanges = (
	{settings, mask}: PlannedSettings,
	before: Settings | undefined,
): readonly SettingChange[] => {
	if (!before) return [];
	const [from, to] = [maskSettings(before, mask), maskSettings(settings, mask)];
	return optionNames
		.filter((name) => !isSameValue(before[name], settings[name]))
		.map((name) => ({
			option: name,
			from: from[name],
			to: to[name],
			...itemChanges(name, [before[name], settings[name]], mask),
		}));
};
