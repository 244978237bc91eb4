import {flags, variableOf} from '../../../../settings/flags.ts';
import {optionOf, type OptionName} from '../../../../settings/options.ts';
import {nameInFile} from '../../../../settings/settings-file.ts';
import type {Edited} from '../../components/editing.ts';
import {cut, empty, paragraph, type Line, visible} from '../../components/line.ts';
import {typedSpans, valueText} from './field-lines.ts';
import {rowsLeft} from './form-items.ts';
import {optionAt, standingOf, type FormState} from './form-model.ts';
import {askedOf, filteredOf} from './form-spots.ts';

/** The default and the saved value. */
const standingText = (form: FormState, name: OptionName): readonly string[] => {
	const standing = standingOf(form, name);
	if (standing === 'default') return [];
	const was = standing === 'changed' && form.saved ? [`saved: ${valueText(name, form.saved[name])}`] : [];
	return [[`Default: ${valueText(name, form.defaults[name])}`, ...was].join(' · ')];
};

const namesText = (name: OptionName): string => {
	const flag = flags.find(({option}) => option === name);
	const known = flag ? [`--${flag.name}`, variableOf(flag)] : [];
	return `In a script: ${[...known, `or "${nameInFile(name)}" in the --config file`].join(', ')}.`;
};

const quietly = (text: string, width: number): readonly Line[] =>
	paragraph(text, {width, style: {tone: 'quiet'}});

const optionHelp = (form: FormState, name: OptionName, width: number): readonly (readonly Line[])[] => {
	const {help, why} = optionOf(name);
	return [
		paragraph(help, {width}),
		...standingText(form, name).map((text) => quietly(text, width)),
		...(why === undefined ? [] : [quietly(why, width)]),
		...(form.explained ? [quietly(namesText(name), width)] : []),
	];
};

const headingHelp = [
	'Enter continues with these settings.',
	'→ expands a group, ← collapses it, / finds an option.',
];

const keysHelp = [
	'Text fields use the editing keys of a shell: Ctrl-A, E, K, U and W, and Ctrl or Alt with the arrow keys. Tab completes a path.',
	'Ctrl-R undoes a change, Ctrl-N goes to the next problem, Ctrl-Z suspends. Each line pasted into a list becomes an item.',
];

/** The candidates, by the last part of each path. */
const candidateLines = (candidates: readonly string[], width: number, height: number): readonly Line[] => {
	const names = candidates.map((path) => visible(/[^/]*\/?$/u.exec(path)?.[0] ?? path));
	const lines = paragraph(names.slice(0, 200).join('   '), {width});
	if (lines.length <= height) return lines;
	const last = lines
		.slice(height - 1, height + 1)
		.flat()
		.map(({text}) => text);
	return [...lines.slice(0, height - 1), [{text: `${cut(last.join('   '), width - 2)} …`}]];
};

const filterLine = (edited: Edited, left: number, count: number): Line => [
	{text: 'Find: ', bold: true},
	...typedSpans(edited, 20),
	{text: left === 0 ? '   no matches' : `   ${left} of ${count}`, tone: 'quiet'},
];

const filterLines = (form: FormState): readonly Line[] => {
	const {items, filter} = form;
	if (items?.filter) return [filterLine(items.filter, rowsLeft(form).length, items.texts.length)];
	return filter ? [filterLine(filter.edited, filteredOf(form).length, askedOf(form).length)] : [];
};

/** As many paragraphs as fit, but at least the first. */
const fitting = (paragraphs: readonly (readonly Line[])[], height: number): readonly Line[] => {
	const lines: Line[] = [];
	for (const one of paragraphs)
		if (lines.length === 0 || lines.length + one.length <= height) lines.push(...one);
	return lines.slice(0, height);
};

/** The help of the focused line. */
const paragraphsOf = (form: FormState, width: number): readonly (readonly Line[])[] => {
	const name = optionAt(form);
	return name === undefined
		? [
				...headingHelp.map((text) => paragraph(text, {width})),
				...(form.explained ? keysHelp.map((text) => quietly(text, width)) : []),
			]
		: optionHelp(form, name, width);
};

interface HelpPlace {
	readonly width: number;
	readonly height: number;
	/** The maximum height when the person asks for more. */
	readonly most: number;
}

/** The help of the focused line, and the filter or the candidates while there are any. */
export const helpLines = (form: FormState, {width, height, most}: HelpPlace): readonly Line[] => {
	const filter = filterLines(form);
	const room = (form.explained ? Math.max(most, height) : height) - filter.length;
	const {candidates} = form.completion ?? {};
	const below = candidates
		? candidateLines(candidates, width, room)
		: fitting(paragraphsOf(form, width), Math.max(room, 0));
	const lines = [...filter, ...below];
	return [...lines, ...Array<Line>(Math.max(0, height - lines.length)).fill(empty)];
};
