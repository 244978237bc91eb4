import type {Preview, SettingChange} from '../../steps/plan/preview.ts';
import type {Proposal} from '../../steps/plan/propose.ts';
import type {Option, Value} from '../../settings/option.ts';
import {optionOf, type OptionName} from '../../settings/options.ts';
import {entryName, formatValue} from '../../settings/value.ts';
import {printable} from '../printable.ts';
import {countOf, withUnit} from './describe.ts';

const bootWords = ({startsAtBoot}: Preview): readonly string[] =>
	startsAtBoot === undefined ? [] : [startsAtBoot ? 'start at boot' : 'not start at boot'];

const repositoryWords = (count: number): string =>
	count === 0
		? 'build the repositories that you add on its page'
		: `build ${countOf(count, 'repository', 'repositories')}`;

/** What the service will be, in one sentence. */
export const summary = ({settings, preview}: Proposal): string => {
	const words = [
		`run as ${preview.runsAs}`,
		`listen on ${preview.url} (${preview.reachableFrom})`,
		...bootWords(preview),
		`keep finished jobs ${withUnit('jobRetentionDays', String(settings.jobRetentionDays))}`,
		repositoryWords(Object.keys(settings.repositories).length),
	];
	const listed = new Intl.ListFormat('en', {type: 'conjunction'}).format(words);
	return printable(`Vira will ${listed}.`);
};

/** A value that is no list, as people read it. */
const valueText = (name: OptionName, value: Value): string => {
	if (typeof value === 'boolean') return value ? 'on' : 'off';
	const text = formatValue(value).join(', ');
	return text === '' ? 'not set' : withUnit(name, text);
};

const isCollection = ({kind}: Option): boolean => kind === 'list' || kind === 'map';

/** Items by name: those of a list are their own names. */
const itemsIn = (value: Value, {kind}: Option): ReadonlyMap<string, string> =>
	new Map(formatValue(value).map((text) => [kind === 'map' ? entryName(text) : text, text]));

const named = (verb: string, names: readonly string[]): readonly string[] =>
	names.length > 0 ? [`${verb} ${names.join(', ')}`] : [];

/** `added vira, web; removed old`: values can be long, or secret. */
const itemsText = ({option: name, from, to}: SettingChange): string => {
	const option = optionOf(name);
	const [before, after] = [itemsIn(from, option), itemsIn(to, option)];
	const names = [...after.keys()];
	return [
		...named(
			'added',
			names.filter((one) => !before.has(one)),
		),
		...named(
			'changed',
			names.filter((one) => before.has(one) && before.get(one) !== after.get(one)),
		),
		...named(
			'removed',
			[...before.keys()].filter((one) => !after.has(one)),
		),
	].join('; ');
};

const changeText = (change: SettingChange): string => {
	const {option, from, to} = change;
	return isCollection(optionOf(option))
		? itemsText(change)
		: `${valueText(option, from)} → ${valueText(option, to)}`;
};

/** Each changed setting on a line of its own, such as `Port  5005 → 8443`. */
export const changeLines = ({changed}: Preview): readonly string[] => {
	const width = Math.max(...changed.map(({option}) => optionOf(option).label.length));
	return changed.map((one) => printable(`${optionOf(one.option).label.padEnd(width)}  ${changeText(one)}`));
};

/** What the change interrupts; undefined: nothing. */
export const costOf = ({restarts}: Preview): string | undefined =>
	restarts ? 'Vira restarts: builds that are running now are interrupted.' : undefined;
