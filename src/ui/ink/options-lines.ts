import {groups, type Group} from '../../settings/option.ts';
import {optionOf, type OptionName} from '../../settings/options.ts';
import {maskItem, masker} from '../../settings/secrets.ts';
import {maskLooks} from '../../settings/secret-looks.ts';
import type {Problem} from '../../settings/rules.ts';
import {nameIn} from '../../settings/value.ts';
import type {Warning} from '../../settings/warning.ts';
import {visiblePart, type Edited} from './editing.ts';
import {cautionAt, isAbout, problemsAt} from './form-problems.ts';
import {
	askedOf,
	editedOf,
	isDefault,
	isTyped,
	itemsOptionOf,
	textOf,
	textsOf,
	type FormState,
} from './form-state.ts';
import type {ItemsOption, ItemsState} from './items-state.ts';
import {cut, empty, padded, paragraph, widthOf, type Line} from './line.ts';
import {visible} from './visible.ts';

export interface OptionsView {
	readonly lines: readonly Line[];
	/** The line that the keys act on. */
	readonly focus: number;
}

const labelWidth = 19;

const caretSpans = (edited: Edited, width: number): Line => {
	const {before, under, after} = visiblePart(edited, width);
	return [{text: before}, {text: under, cursor: true}, {text: after}];
};

const summary = (option: ItemsOption, texts: readonly string[]): Line => {
	if (texts.length === 0) return [{text: 'none', tone: 'quiet'}];
	const names = option.kind === 'list' ? texts : texts.map(nameIn);
	return [{text: visible(maskLooks(names.join(', ')))}];
};

const valueSpans = (form: FormState, name: OptionName, width: number): Line => {
	const option = optionOf(name);
	const text = textOf(form, name);
	const here = form.focus === name;
	if (option.kind === 'toggle') return [{text: text === 'true' ? '[✔] on' : '[ ] off'}];
	if (option.kind === 'choice') return [{text: here ? `‹ ${text} ›` : text}];
	const items = itemsOptionOf(name);
	if (items) return summary(items, textsOf(form, name));
	if (here) return caretSpans(editedOf(form), width);
	return text === '' ? [{text: 'not set', tone: 'quiet'}] : [{text: visible(maskLooks(text))}];
};

/** `*` marks what is not as Vira's defaults have it; at the focused field the word is there too. */
const fieldLine = (form: FormState, name: OptionName, width: number): Line => {
	const here = form.focus === name;
	const byDefault = isDefault(form, name);
	const note = width < 60 ? '' : byDefault ? ' default' : ' changed';
	const room = width - labelWidth - 4 - note.length;
	const spans = valueSpans(form, name, room);
	const shown = isTyped(name) && here ? spans : spans.map((span) => ({...span, text: cut(span.text, room)}));
	const gap = room - widthOf(shown.map(({text}) => text).join(''));
	return [
		{text: here ? '› ' : '  ', tone: 'accent'},
		{text: padded(optionOf(name).label, labelWidth), bold: here},
		{text: byDefault ? '  ' : '* ', tone: 'accent'},
		...shown,
		{text: ' '.repeat(Math.max(0, gap)) + note, tone: byDefault ? 'quiet' : 'accent'},
	];
};

interface Rows {
	readonly lines: readonly Line[];
	/** Which of them the keys act on. */
	readonly focus: number;
}

/** Lines of a paste that are still to be mended. */
const waitingLines = ({waiting}: ItemsState, width: number): readonly Line[] =>
	waiting.length === 0
		? []
		: paragraph(`${waiting.length} more to correct after this one.`, {
				width,
				mark: {text: '      '},
				style: {tone: 'warn'},
			});

const draftLines = (items: ItemsState, option: ItemsOption, width: number): readonly Line[] => {
	const {draft} = items;
	return draft
		? [
				[
					{text: '    › ', tone: 'accent'},
					...caretSpans(draft, width - 8),
					{text: draft.text === '' ? ` ${option.placeholder ?? ''}` : '', tone: 'quiet'},
				],
				...(draft.problem === undefined ? [] : problemLines(draft.problem, width)),
				...waitingLines(items, width),
			]
		: [];
};

interface ItemsPlace {
	readonly width: number;
	/** Those of the option; each stands below the row that it is about. */
	readonly problems: readonly Problem[];
}

/** The rows of an open list or map; the one that is typed takes the place of what it replaces. */
const itemRows = (form: FormState, option: ItemsOption, place: ItemsPlace): Rows => {
	const {width, problems} = place;
	const {items} = form;
	if (!items) return {lines: [], focus: 0};
	const typedRow = items.draft && (items.draft.replaces ?? items.texts.length);
	const add = `+ add a ${option.item}`;
	const mask = masker(form.settings);
	const shown = items.texts.map((text) => visible(maskItem(form.focus, text, mask)));
	const rows = [...shown, add].map((text, row): readonly Line[] => {
		const told = problems.filter((one) => isAbout(one, items.texts[row] ?? ''));
		const below = told.flatMap(({sentence}) => problemLines(sentence, width));
		if (row === typedRow)
			return [...draftLines(items, option, width), ...(items.draft?.problem === undefined ? below : [])];
		const here = typedRow === undefined && row === items.row;
		const tone = row === items.texts.length && !here ? ({tone: 'quiet'} as const) : {};
		return [
			[
				{text: here ? '    › ' : '      ', tone: 'accent'},
				{text, bold: here, ...tone},
			],
			...below,
		];
	});
	const focusRow = typedRow ?? items.row;
	return {lines: rows.flat(), focus: rows.slice(0, focusRow).flat().length};
};

const problemLines = (problem: string, width: number): readonly Line[] =>
	paragraph(problem, {width, mark: {text: '    ✖ ', tone: 'bad'}, style: {tone: 'bad'}});

const cautionLines = ({sentence}: Warning, width: number): readonly Line[] =>
	paragraph(sentence, {width, mark: {text: '    ! ', tone: 'warn'}});

const fieldRows = (form: FormState, name: OptionName, width: number): Rows => {
	const problems = problemsAt(form, name);
	const caution = cautionAt(form, name);
	const option = itemsOptionOf(name);
	const open = form.items && form.focus === name && option;
	const items = open ? itemRows(form, option, {width, problems}) : undefined;
	const rows = open ? form.items.texts : [];
	const atField = problems.filter((one) => !rows.some((text) => isAbout(one, text)));
	return {
		lines: [
			fieldLine(form, name, width),
			...(items?.lines ?? []),
			...atField.flatMap(({sentence}) => problemLines(sentence, width)),
			...(caution === undefined ? [] : cautionLines(caution, width)),
		],
		focus: items ? 1 + items.focus : 0,
	};
};

/** What was found wrong with options that are not asked here. */
const strayProblems = (form: FormState, width: number): readonly Line[] =>
	form.told
		.filter(({option}) => !askedOf(form).includes(option))
		.flatMap(({option, sentence}) =>
			paragraph(`${optionOf(option).label}: ${sentence}`, {width, mark: {text: '✖ ', tone: 'bad'}}),
		);

/** The whole form from top to bottom. */
export const optionsLines = (form: FormState, passed: readonly Line[], width: number): OptionsView => {
	const lines: Line[] = [...passed, ...strayProblems(form, width)];
	let group: Group | undefined;
	let focus = 0;
	for (const name of askedOf(form)) {
		const option = optionOf(name);
		if (option.group !== group) {
			if (group !== undefined) lines.push(empty);
			lines.push([{text: groups[option.group], bold: true}]);
			group = option.group;
		}
		const rows = fieldRows(form, name, width);
		if (name === form.focus) focus = lines.length + rows.focus;
		lines.push(...rows.lines);
	}
	return {lines, focus};
};

/** What the focused option is for, and what follows from it where there is room. */
export const helpLines = (form: FormState, width: number, height: number): readonly Line[] => {
	const {help, why} = optionOf(form.focus);
	const first = paragraph(help, {width});
	const second = why === undefined ? [] : paragraph(why, {width, style: {tone: 'quiet'}});
	const both = [...first, ...second];
	const lines = both.length <= height ? both : first.slice(0, height);
	return [...lines, ...Array<Line>(Math.max(0, height - lines.length)).fill(empty)];
};
