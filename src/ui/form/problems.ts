import {remembered} from '../../settings/remembered.ts';
import {cautionsOn, type Warning} from '../../settings/warning.ts';
import {optionOf, type OptionName} from '../../settings/options.ts';
import {problemsOf} from '../../settings/rules.ts';
import type {Problem} from '../../settings/problem.ts';
import {entryName} from '../../settings/items.ts';
import {parseValue} from '../../settings/value.ts';
import {itemsOptionOf, lacksValue, textsOf, type FormState} from './form.ts';
import {allGroups, askedOf, focused, spotsOf} from './spots.ts';
import {openItems} from './items-state.ts';

// Each frame asks again for every option; a list can have thousands of items.
export const parsedTexts = remembered((texts: readonly string[], name: OptionName) =>
	parseValue(optionOf(name), texts),
);
const cautionsIn = remembered(cautionsOn);
const rulesBroken = remembered(problemsOf);
const takenNames = remembered((texts: readonly string[]) => new Set([...texts, ...texts.map(entryName)]));

/** Whether a problem is about this item of a list, or about the name in this entry of a map. */
export const isAbout = ({item}: Problem, text: string): boolean =>
	item !== undefined && (item === text || item === entryName(text));

/** A problem of an item that does not change remains valid. */
export const isStillValid = (
	problem: Problem,
	before: readonly string[],
	after: readonly string[],
): boolean => before.some((text) => isAbout(problem, text) && after.includes(text));

/** Whether a problem is about one of these items. */
export const isAboutAny = ({item}: Problem, texts: readonly string[]): boolean =>
	item !== undefined && takenNames(texts).has(item);

const of =
	(name: OptionName) =>
	({option}: Problem): boolean =>
		option === name;

/** The problems of an option: those the form finds itself, or else those found by others. */
export const problemsAt = (form: FormState, name: OptionName): readonly Problem[] => {
	const own = ownProblems(form, name);
	return own.length > 0 ? own : form.told.filter(of(name));
};

/** A value that solves the problem of an option, if one is known. */
export const suggestionAt = (form: FormState, name: OptionName): string | undefined =>
	problemsAt(form, name).find(({suggestion}) => suggestion !== undefined)?.suggestion;

/** The problems that the form does not find itself; its own would remain after the other value of the two is fixed. */
export const toldByOthers = (form: FormState, problems: readonly Problem[]): readonly Problem[] => {
	const own = askedOf(form).flatMap((name) => ownProblems(form, name));
	return problems.filter(
		(one) => !own.some(({option, message}) => option === one.option && message === one.message),
	);
};

/** The warnings of an option: those the form finds itself, and those found by others. */
export const warningsAt = (form: FormState, name: OptionName): readonly Warning[] => {
	// A text with a problem leaves its last valid value in the settings, which a caution would speak of.
	const isCurrent = isValid(form, 'hostname') && isValid(form, 'port') && isValid(form, name);
	const own = isCurrent ? cautionsIn(form.settings).filter(({option}) => option === name) : [];
	const others = form.warned.filter(({option}) => option === name);
	return [...own, ...others.filter(({code}) => !own.some((one) => one.code === code))];
};

const ownProblems = (form: FormState, name: OptionName): readonly Problem[] => {
	if (form.focus === name && lacksValue(form)) return [];
	const parsed = parsedTexts(textsOf(form, name), name);
	return parsed.good
		? rulesBroken(form.settings, form.platform).filter(of(name))
		: [{option: name, message: parsed.problem}];
};

/** Whether the form itself accepts what is typed there. */
export const isValid = (form: FormState, name: OptionName): boolean => ownProblems(form, name).length === 0;

/** The first option with a problem. */
export const firstWrong = (form: FormState): OptionName | undefined =>
	askedOf(form).find((name) => !isValid(form, name));

/** The place of a problem: an option or an item of a list. */
interface Place {
	readonly name: OptionName;
	readonly row: number | undefined;
}

const placesAt = (form: FormState, name: OptionName): readonly Place[] => {
	const problems = problemsAt(form, name);
	if (problems.length === 0) return [];
	const texts = textsOf(form, name);
	const items = new Set(problems.flatMap(({item}) => item ?? []));
	const isWrong = (text: string): boolean => items.has(text) || items.has(entryName(text));
	const rows =
		itemsOptionOf(name) && items.size > 0 ? texts.flatMap((text, row) => (isWrong(text) ? [row] : [])) : [];
	const atField = problems.some((one) => !isAboutAny(one, texts));
	return [
		...(atField || rows.length === 0 ? [{name, row: undefined}] : []),
		...rows.map((row) => ({name, row})),
	];
};

const focusedAt = (form: FormState, {name, row}: Place): FormState => ({
	...focused(form, name),
	items: row === undefined ? undefined : {...openItems(textsOf(form, name), form.removed[name]), row},
});

/** Focuses an option with a problem; a list opens at the item with the problem. */
export const focusedOnProblem = (form: FormState, name: OptionName): FormState => {
	const places = placesAt(form, name);
	return focusedAt(form, places.find(({row}) => row !== undefined) ?? places[0] ?? {name, row: undefined});
};

/** How many places have problems. */
export const problemCount = (form: FormState, names: readonly OptionName[]): number =>
	names.reduce((sum, name) => sum + placesAt(form, name).length, 0);

/** Focuses the next problem; after the last one, the first. */
export const atNextProblem = (form: FormState): FormState => {
	const all = spotsOf({...form, filter: undefined, open: allGroups});
	const here = all.indexOf(form.focus);
	const row = form.items?.row ?? -1;
	const isLater = (place: Place): boolean =>
		all.indexOf(place.name) > here || (place.name === form.focus && (place.row ?? -1) > row);
	const places = askedOf(form).flatMap((name) => placesAt(form, name));
	const next = places.find(isLater) ?? places[0];
	return next ? focusedAt({...form, filter: undefined}, next) : form;
};
