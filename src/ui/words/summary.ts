import {isEverywhere} from '../../settings/warning.ts';
import type {Preview} from '../../steps/plan/preview.ts';
import type {SettingChange} from '../../steps/plan/setting-changes.ts';
import type {Proposal} from '../../steps/plan/propose.ts';
import type {Value} from '../../settings/option.ts';
import {optionOf, type OptionName} from '../../settings/options.ts';
import {formatValue} from '../../settings/value.ts';
import {printable} from '../printable.ts';
import {countOf, withUnit} from './describe.ts';

const listenWords = ({settings: {hostname, port}, preview}: Proposal): string =>
	isEverywhere(hostname)
		? `listen on port ${port} of all addresses (${preview.reachableFrom})`
		: `listen on ${preview.url} (${preview.reachableFrom})`;

const repositoryWords = (count: number): string =>
	count === 0
		? 'build the repositories that you add on its page'
		: `build ${countOf(count, 'repository', 'repositories')}`;

/** What the service will be, in one sentence. */
export const summary = (proposal: Proposal): string => {
	const {settings, preview} = proposal;
	const words = [
		`run as ${preview.runsAs}`,
		listenWords(proposal),
		...(preview.startsAtBoot === true ? ['start at boot'] : []),
		`keep finished jobs ${withUnit('jobRetentionDays', String(settings.jobRetentionDays))}`,
		repositoryWords(Object.keys(settings.repositories).length),
		// Last: elsewhere, what follows would seem to be denied too.
		...(preview.startsAtBoot === false ? ['not start at boot'] : []),
	];
	const listed = new Intl.ListFormat('en', {type: 'conjunction'}).format(words);
	return printable(`Vira will ${listed}.`);
};

/** A single value, as people read it. */
const readableValue = (name: OptionName, value: Value): string => {
	if (typeof value === 'boolean') return value ? 'on' : 'off';
	const text = formatValue(value).join(', ');
	return text === '' ? 'not set' : withUnit(name, text);
};

const named = (verb: string, names: readonly string[]): readonly string[] =>
	names.length > 0 ? [`${verb} ${names.join(', ')}`] : [];

/** `added vira, web; removed old`: values can be long, or secret. */
const itemsText = ({added, changed, removed}: NonNullable<SettingChange['items']>): string =>
	[...named('added', added), ...named('changed', changed), ...named('removed', removed)].join('; ');

const changeText = ({option, from, to, items}: SettingChange): string =>
	items ? itemsText(items) : `${readableValue(option, from)} → ${readableValue(option, to)}`;

/** Each changed setting on a line of its own, such as `Port  5005 → 8443`. */
export const changeLines = ({changed}: Preview): readonly string[] => {
	const width = Math.max(...changed.map(({option}) => optionOf(option).label.length));
	return changed.map((one) => printable(`${optionOf(one.option).label.padEnd(width)}  ${changeText(one)}`));
};

const costs = {
	restart: 'Vira restarts: builds that are running now are interrupted.',
	stop: 'Vira stops: builds that are running now are interrupted.',
} as const;

/** What the change interrupts; undefined: nothing. */
export const costOf = ({interrupts}: Preview): string | undefined => interrupts && costs[interrupts];
