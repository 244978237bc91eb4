import {groups, type Group} from '../../../../settings/option.ts';
import {optionOf, type OptionName} from '../../../../settings/options.ts';
import type {Warning} from '../../../../settings/warning.ts';
import {cut, empty, lineWidth, padded, paragraph, type Line} from '../../components/line.ts';
import {fieldLine, hasValue, valueText} from './field-lines.ts';
import {headingOf, standingOf, textsOf, type FormState} from './form-model.ts';
import {isAboutAny, problemCount, problemsAt, warningsAt} from './form-problems.ts';
import {askedOf, filteredOf, groupsOf} from './form-spots.ts';
import {itemRows, problemLines, type Rows} from './items-lines.ts';

interface OptionsPlace {
	readonly width: number;
	/** Visible lines. */
	readonly height: number;
	/** Whether empty lines between the groups are omitted. */
	readonly compact: boolean;
}

const warningLines = ({message}: Warning, width: number): readonly Line[] =>
	paragraph(message, {width, mark: {text: '    ! ', tone: 'warn'}});

/** Of thousands of problems only the first ones are shown. */
const mostProblems = 3;

const fieldProblems = (messages: readonly string[], width: number): readonly Line[] => [
	...messages.slice(0, mostProblems).flatMap((message) => problemLines(message, width)),
	...(messages.length > mostProblems
		? problemLines(`${messages.length - mostProblems} more not shown.`, width)
		: []),
];

const fieldRows = (form: FormState, name: OptionName, {width, height}: OptionsPlace): Rows => {
	const problems = problemsAt(form, name);
	const open = form.items && form.focus === name ? form.items : undefined;
	const items = open && itemRows(form, name, {width, height, problems});
	const atField = open ? problems.filter((one) => !isAboutAny(one, open.texts)) : problems;
	return {
		lines: [
			fieldLine(form, name, width),
			...(items?.lines ?? []),
			...fieldProblems(
				atField.map(({message}) => message),
				width,
			),
			...warningsAt(form, name).flatMap((warning) => warningLines(warning, width)),
		],
		focus: items ? 1 + items.focus : 0,
	};
};

/** The problems of options that are not visible here. */
const strayProblems = (form: FormState, width: number): readonly Line[] =>
	form.told
		.filter(({option}) => !askedOf(form).includes(option))
		.flatMap(({option, message}) =>
			paragraph(`${optionOf(option).label}: ${message}`, {width, mark: {text: '✖ ', tone: 'bad'}}),
		);

/** The values of a group in a line; changed ones come first because the end may be cut off. */
const summaryOf = (form: FormState, names: readonly OptionName[]): string => {
	const isChanged = (name: OptionName): boolean => standingOf(form, name) === 'changed';
	const phrases = [...names.filter(isChanged), ...names.filter((name) => !isChanged(name))]
		.filter((name) => isChanged(name) || hasValue(name, form.texts[name]))
		.map(
			(name) =>
				`${isChanged(name) ? '* ' : ''}${optionOf(name).label} ${valueText(name, textsOf(form, name))}`,
		);
	return phrases.length === 0 ? 'nothing set' : phrases.join(' · ');
};

const headingWidth = 13;

const problemsText = (count: number, width: number): string => {
	const problems = `✖ ${count} ${count === 1 ? 'problem' : 'problems'}`;
	return width < 60 ? problems : `${problems} · next problem: Ctrl-N`;
};

interface Section {
	readonly group: Group;
	readonly names: readonly OptionName[];
}

const headingLine = (form: FormState, {group, names}: Section, width: number): Line => {
	const here = form.focus === headingOf(group);
	const mark = {text: here ? '› ' : '  ', tone: 'accent'} as const;
	if (form.open.includes(group) || form.filter)
		return [mark, {text: form.filter ? groups[group] : `▾ ${groups[group]}`, bold: true}];
	const wrong = problemCount(form, names);
	const line: Line = [
		mark,
		{text: padded(`▸ ${groups[group]}`, headingWidth + 2), bold: true},
		...(wrong > 0 ? [{text: `${problemsText(wrong, width)}  `, tone: 'bad'} as const] : []),
	];
	return [...line, {text: cut(summaryOf(form, names), width - lineWidth(line)), tone: 'quiet'}];
};

/** The groups with options that match the filter, each with these options. */
const sectionsOf = (form: FormState): readonly Section[] => {
	if (!form.filter) return groupsOf(form);
	const left = filteredOf(form);
	return groupsOf(form)
		.map(({group, names}) => ({group, names: names.filter((name) => left.includes(name))}))
		.filter(({names}) => names.length > 0);
};

/** The whole form from top to bottom. */
export const optionsLines = (form: FormState, passed: readonly Line[], place: OptionsPlace): Rows => {
	const lines: Line[] = [...passed, ...strayProblems(form, place.width)];
	const shows = ({group}: Section): boolean => form.filter !== undefined || form.open.includes(group);
	let focus = 0;
	let apart = false;
	for (const section of sectionsOf(form)) {
		if (!place.compact && (apart || (shows(section) && section.group !== 'web'))) lines.push(empty);
		if (form.focus === headingOf(section.group)) focus = lines.length;
		lines.push(headingLine(form, section, place.width));
		for (const name of shows(section) ? section.names : []) {
			const rows = fieldRows(form, name, place);
			if (name === form.focus) focus = lines.length + rows.focus;
			lines.push(...rows.lines);
		}
		apart = shows(section);
	}
	return {lines, focus};
};
