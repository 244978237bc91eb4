import {askedOptions} from '../../settings/asked.ts';
import {cautionsOn} from '../../settings/cautions.ts';
import {optionOf, type OptionName} from '../../settings/options.ts';
import {problemsOf, type Problem} from '../../settings/rules.ts';
import {nameIn, parseValue} from '../../settings/value.ts';
import type {Warning} from '../../settings/warning.ts';
import type {FormState} from './form-state.ts';

/** Whether a problem is about this item of a list, or about the name in this entry of a map. */
export const isAbout = ({item}: Problem, text: string): boolean =>
	item !== undefined && (item === text || item === nameIn(text));

const of =
	(name: OptionName) =>
	({option}: Problem): boolean =>
		option === name;

/** What is wrong at an option: what the form sees itself, or else what others found. */
export const problemsAt = (form: FormState, name: OptionName): readonly Problem[] => {
	const own = ownProblems(form, name);
	return own.length > 0 ? own : form.told.filter(of(name));
};

/** What the form does not see itself; it would stay there when the other value of the two is mended. */
export const toldByOthers = (form: FormState, problems: readonly Problem[]): readonly Problem[] => {
	const own = askedOptions(form.platform, form.settings).flatMap((name) => ownProblems(form, name));
	return problems.filter(
		(one) => !own.some(({option, sentence}) => option === one.option && sentence === one.sentence),
	);
};

/** What follows from the value of an option, where it is legal. */
export const cautionAt = (form: FormState, name: OptionName): Warning | undefined =>
	problemsAt(form, name).length === 0
		? cautionsOn(form.settings).find(({option}) => option === name)
		: undefined;

const ownProblems = (form: FormState, name: OptionName): readonly Problem[] => {
	const parsed = parseValue(optionOf(name), form.texts[name] ?? ['']);
	return parsed.good
		? problemsOf(form.settings, form.platform).filter(of(name))
		: [{option: name, sentence: parsed.problem}];
};

/** The first option that keeps the form from being right. */
export const firstWrong = (form: FormState): OptionName | undefined =>
	askedOptions(form.platform, form.settings).find((name) => ownProblems(form, name).length > 0);
