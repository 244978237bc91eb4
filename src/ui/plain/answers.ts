import {foundOn} from '../../platform/vira/programs.ts';
import type {Facts} from '../../platform/facts.ts';
import {
	askedOptions,
	defaultSettings,
	optionNames,
	optionOf,
	withGiven,
	type OptionName,
	type Settings,
} from '../../settings/options.ts';
import {problemsOf} from '../../settings/rules.ts';
import type {Problem} from '../../settings/problem.ts';
import type {Value} from '../../settings/option.ts';
import {cautionsOn} from '../../settings/warning.ts';
import {entryName} from '../../settings/items.ts';
import {formatValue} from '../../settings/value.ts';
import {maskLooks} from '../../settings/secrets/mask-looks.ts';
import {masker, maskItem} from '../../settings/secrets/masker.ts';
import {isStillValid} from '../form/problems.ts';
import {withUnit} from '../words/describe.ts';
import {printable} from '../text.ts';

/** The answers so far. */
export interface Answers {
	readonly facts: Facts;
	readonly settings: Settings;
	/** Problems found on the machine; each is removed when its option or item changes. */
	readonly told: readonly Problem[];
}

export const sameValue = (one: Value, other: Value): boolean =>
	formatValue(one).join('\n') === formatValue(other).join('\n');

export const answered = (answers: Answers, name: OptionName, value: Value): Answers => {
	const before = answers.settings[name];
	if (sameValue(before, value)) return answers;
	return {
		...answers,
		settings: withGiven(answers.settings, new Map([[name, value]])),
		told: answers.told.filter(
			(one) => one.option !== name || isStillValid(one, formatValue(before), formatValue(value)),
		),
	};
};

/** The problems of an option: those of the settings themselves, or else those found on the machine. */
export const problemsWith = ({settings, facts, told}: Answers, name: OptionName): readonly Problem[] => {
	const own = problemsOf(settings, facts.platform).filter(({option}) => option === name);
	return own.length > 0 ? own : told.filter(({option}) => option === name);
};

/** The options that are asked here, and any other with a problem. */
export const listed = (answers: Answers): readonly OptionName[] => {
	const asked = askedOptions(answers.facts.platform, answers.settings);
	return optionNames.filter((name) => asked.includes(name) || problemsWith(answers, name).length > 0);
};

export const defaultsFor = ({facts}: Answers): Settings => defaultSettings(foundOn(facts));

export const isChanged = (answers: Answers, name: OptionName): boolean =>
	!sameValue(answers.settings[name], defaultsFor(answers)[name]);

/** The problems of an option; if its value is valid, the warning about it. */
export const consequences = (name: OptionName, answers: Answers): readonly string[] => {
	const problems = problemsWith(answers, name).map(({message}) => `✖ ${message}`);
	const caution = cautionsOn(answers.settings).find(({option}) => option === name);
	return problems.length > 0 || !caution ? problems : [`! ${caution.message}`];
};

/** Means a value that is not set, or an empty list; it can be typed. */
export const none = 'none';

/** One value as it is shown and typed. */
export const shownValue = (value: Value): string => {
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
	if (kind !== 'list' && kind !== 'map') return withUnit(name, shownValue(settings[name]));
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
