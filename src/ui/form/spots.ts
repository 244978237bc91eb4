import {clamp} from '../clamp.ts';
import {askedOptions, optionOf, type OptionName} from '../../settings/options.ts';
import {groups, type Group} from '../../settings/option.ts';
import {focusedText, groupAt, headingOf, optionAt, textsOf, type FormState, type Spot} from './form.ts';

export const allGroups = Object.keys(groups) as readonly Group[];

export const askedOf = (form: Pick<FormState, 'platform' | 'settings'>): readonly OptionName[] =>
	askedOptions(form.platform, form.settings);

/** Whether an option contains the text in its name, label, help, group or value. */
const holds = (form: FormState, name: OptionName, wanted: string): boolean => {
	const {label, help, group} = optionOf(name);
	const has = (text: string): boolean => text.toLowerCase().includes(wanted);
	return [name, label, help, groups[group]].some(has) || textsOf(form, name).some(has);
};

/** The options that match the filter. */
export const filteredOf = (form: FormState): readonly OptionName[] => {
	const wanted = form.filter?.edited.text.trim().toLowerCase() ?? '';
	return wanted === '' ? askedOf(form) : askedOf(form).filter((name) => holds(form, name, wanted));
};

/** A group with its options, those that match the filter. */
export interface FormSection {
	readonly group: Group;
	readonly names: readonly OptionName[];
	/** Whether the options are visible. */
	readonly isOpen: boolean;
}

export const sectionsOf = (form: FormState): readonly FormSection[] => {
	const left = filteredOf(form);
	return allGroups
		.map((group) => ({
			group,
			names: left.filter((name) => optionOf(name).group === group),
			isOpen: form.filter !== undefined || form.open.includes(group),
		}))
		.filter(({names}) => names.length > 0);
};

/** Everything that can have the focus, from top to bottom. */
export const spotsOf = (form: FormState): readonly Spot[] =>
	form.filter
		? filteredOf(form)
		: [
				'continue',
				...sectionsOf(form).flatMap(({group, names, isOpen}) => [headingOf(group), ...(isOpen ? names : [])]),
			];

const withOpened = (form: FormState, group: Group): readonly Group[] =>
	form.open.includes(group) ? form.open : [...form.open, group];

/** Focuses a spot and expands its group. */
export const focused = (form: FormState, focus: Spot): FormState => {
	const name = optionAt({focus});
	const next = {
		...form,
		focus,
		open: name === undefined ? form.open : withOpened(form, optionOf(name).group),
		items: undefined,
		choosing: undefined,
		instead: undefined,
		touched: false,
		completion: undefined,
		explained: false,
	};
	return {...next, caret: focusedText(next).length};
};

export const movedSpot = (form: FormState, by: number): FormState => {
	const spots = spotsOf(form);
	const index = spots.indexOf(form.focus) + by;
	return focused(form, spots[clamp(index, 0, spots.length - 1)] ?? form.focus);
};

/** To the next heading or the one before; at the end to the last spot. */
export const movedByGroup = (form: FormState, by: 1 | -1): FormState => {
	const spots = spotsOf(form);
	const isHead = (spot: Spot): boolean => groupAt(spot) !== undefined;
	const here = spots.indexOf(form.focus);
	const next = by > 0 ? spots.slice(here + 1).find(isHead) : spots.slice(0, here).findLast(isHead);
	return focused(form, next ?? (by > 0 ? spots.at(-1) : spots[0]) ?? form.focus);
};

/** The group that the focus is in, or on its heading. */
export const groupOfFocus = ({focus}: FormState): Group | undefined => {
	const name = optionAt({focus});
	return name === undefined ? groupAt(focus) : optionOf(name).group;
};

/** Opens or closes the group of the focus, which goes to its heading. */
export const folded = (form: FormState, open: boolean): FormState => {
	const group = groupOfFocus(form);
	if (group === undefined) return form;
	const there = focused(form, headingOf(group));
	return {...there, open: open ? withOpened(form, group) : form.open.filter((one) => one !== group)};
};

export const filterOpened = (form: FormState): FormState => ({
	...form,
	filter: {edited: {text: '', caret: 0}, from: form.focus},
});

/** A match in the label comes before a match in other texts. */
const bestOf = (left: readonly OptionName[], wanted: string): OptionName | undefined =>
	left.find((name) => optionOf(name).label.toLowerCase().includes(wanted.trim().toLowerCase())) ?? left[0];

/** Without a match, the focus does not move. */
export const filterTyped = (
	form: FormState,
	edited: NonNullable<FormState['filter']>['edited'],
): FormState => {
	if (!form.filter) return form;
	const next = {...form, filter: {...form.filter, edited}};
	return focused(next, bestOf(filteredOf(next), edited.text) ?? form.focus);
};

export const filterClosed = (form: FormState, stay: boolean): FormState => {
	if (!form.filter) return form;
	const {from} = form.filter;
	const closed = {...form, filter: undefined};
	return focused(closed, stay && filteredOf(form).length > 0 ? form.focus : from);
};
