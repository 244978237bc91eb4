import {foundOn} from '../../platform/vira/find-installed.ts';
import type {Facts} from '../../platform/facts.ts';
import {
	askedOptions,
	defaultSettings,
	optionNames,
	withGiven,
	type OptionName,
	type Settings,
} from '../../settings/options.ts';
import {cautionsOn, type Warning} from '../../settings/warning.ts';
import type {Value} from '../../settings/option.ts';
import {problemsOf} from '../../settings/rules.ts';
import {type Problem} from '../../settings/problem.ts';
import {formatValue, entryName} from '../../settings/value.ts';

/** The answers so far. */
export interface Answers {
	readonly facts: Facts;
	readonly settings: Settings;
	/** Problems found on the machine; each is removed when its option or item changes. */
	readonly told: readonly Problem[];
}

/** Whether a problem is about this item of a list, or about the name in this entry of a map. */
export const isAbout = ({item}: Problem, text: string): boolean =>
	item !== undefined && (item === text || item === entryName(text));

export const sameValue = (one: Value, other: Value): boolean =>
	formatValue(one).join('\n') === formatValue(other).join('\n');

/** A problem of an item that does not change remains valid. */
const isUntouched = (problem: Problem, before: Value, after: Value): boolean =>
	formatValue(before).some((text) => isAbout(problem, text) && formatValue(after).includes(text));

export const answered = (answers: Answers, name: OptionName, value: Value): Answers => {
	const before = answers.settings[name];
	if (sameValue(before, value)) return answers;
	return {
		...answers,
		settings: withGiven(answers.settings, new Map([[name, value]])),
		told: answers.told.filter((one) => one.option !== name || isUntouched(one, before, value)),
	};
};

/** The problems of an option: those of the settings themselves, or else those found on the machine. */
export const problemsAt = ({settings, facts, told}: Answers, name: OptionName): readonly Problem[] => {
	const own = problemsOf(settings, facts.platform).filter(({option}) => option === name);
	return own.length > 0 ? own : told.filter(({option}) => option === name);
};

/** The warning about a valid value of an option. */
export const cautionAt = (answers: Answers, name: OptionName): Warning | undefined =>
	problemsAt(answers, name).length === 0
		? cautionsOn(answers.settings).find(({option}) => option === name)
		: undefined;

/** The options that are asked here, and any other with a problem. */
export const listed = (answers: Answers): readonly OptionName[] => {
	const asked = askedOptions(answers.facts.platform, answers.settings);
	return optionNames.filter((name) => asked.includes(name) || problemsAt(answers, name).length > 0);
};

export const defaultsFor = ({facts}: Answers): Settings => defaultSettings(foundOn(facts));

export const isChanged = (answers: Answers, name: OptionName): boolean =>
	!sameValue(answers.settings[name], defaultsFor(answers)[name]);
