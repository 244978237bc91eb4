import {fixText} from '../../../../notice.ts';
import {commandText} from '../../../../platform/command-text.ts';
import type {
	ChangedFile,
	Removed,
	RemovalPreview,
	RemovalProposal,
} from '../../../../steps/removal/propose-removal.ts';
import type {Leftover} from '../../../../platform/service-manager/remover.ts';
import {shortPath} from '../../../words/describe.ts';
import {printable} from '../../../printable.ts';
import {removalDecisions as decisions} from '../../../words/removal-words.ts';
import {commandsInOrder, leftInPlace} from '../../../words/phrases.ts';
import {codeLines, empty, padded, paragraph, type Line} from '../../components/line.ts';

interface Place {
	readonly home: string;
	readonly width: number;
}

const heading = (text: string, width: number): readonly Line[] =>
	paragraph(text, {width, style: {bold: true}});

const notes: Readonly<Record<Removed['kind'], string>> = {
	file: '',
	folder: '  folder',
	link: '  link',
	state: '  permanently',
};

const removedLines = ({removed}: RemovalPreview, {home, width}: Place): readonly Line[] => [
	...heading('To be removed', width),
	...removed.flatMap(({path, kind}) =>
		codeLines(`${shortPath(printable(path), home)}${notes[kind]}`, {
			width,
			mark: {text: '  - '},
			style: {tone: 'bad'},
		}),
	),
	empty,
];

const leftLine = ({path, what}: Leftover, {home, width}: Place): readonly Line[] => {
	const quiet = {width, style: {tone: 'quiet'}} as const;
	if (path === undefined) return paragraph(what, {width, mark: {text: '  '}});
	return [
		...codeLines(shortPath(printable(path), home), {width, mark: {text: '  '}}),
		...paragraph(what, {...quiet, mark: {text: '    '}}),
	];
};

const leftLines = ({left}: RemovalPreview, place: Place): readonly Line[] =>
	left.length === 0
		? []
		: [...heading(leftInPlace, place.width), ...left.flatMap((one) => leftLine(one, place)), empty];

const changedLines = ({path, goes, lines}: ChangedFile, {home, width}: Place): readonly Line[] => [
	...heading(
		`Changed by hand, ${goes ? 'will be removed' : 'will be kept'}: ${shortPath(printable(path), home)}`,
		width,
	),
	...lines.flatMap((text) =>
		codeLines(text, {width, mark: {text: goes ? '  - ' : '    '}, style: {tone: goes ? 'bad' : 'quiet'}}),
	),
	empty,
];

const commandLines = ({commands}: RemovalPreview, {home, width}: Place): readonly Line[] =>
	commands.length === 0
		? []
		: [
				...heading(commandsInOrder, width),
				...commands.flatMap(({command, why}) => [
					...codeLines(commandText(command), {width, mark: {text: '  '}}),
					...paragraph(why.replaceAll(`${home}/`, '~/'), {
						width,
						mark: {text: '    '},
						style: {tone: 'quiet'},
					}),
				]),
				empty,
			];

/** What is removed, what stays, and the commands; these lines scroll. */
export const removalLines = ({preview}: RemovalProposal, place: Place): readonly Line[] =>
	[
		...removedLines(preview, place),
		...leftLines(preview, place),
		...preview.changed.flatMap((one) => changedLines(one, place)),
		...commandLines(preview, place),
	].slice(0, -1);

const labelWidth = 2 + Math.max(...Object.values(decisions).map(({label}) => label.length));

const decisionLines = ({choices, preview}: RemovalProposal, row: number, width: number): readonly Line[] => {
	const focused = preview.decisions[row];
	return [
		...preview.decisions.map((name, index): Line => {
			const {label, yes, no} = decisions[name];
			const here = index === row;
			return [
				{text: here ? '› ' : '  ', tone: 'accent'},
				{text: padded(label, labelWidth), bold: here},
				{text: choices[name] ? yes : no, bold: here, ...(choices.purge && name === 'purge' && {tone: 'bad'})},
			];
		}),
		...(focused === undefined
			? []
			: paragraph(decisions[focused].why, {width, mark: {text: '  '}, style: {tone: 'quiet'}})),
	];
};

const noteLines = ({preview}: RemovalProposal, {width}: Place): readonly Line[] =>
	preview.notes.flatMap(({message, fixes = []}) => [
		...paragraph(message, {width, mark: {text: '! ', tone: 'warn'}}),
		...fixes.flatMap((fix) => codeLines(fixText(fix), {width, mark: {text: '  '}, style: {tone: 'accent'}})),
	]);

const sureLines = ({preview}: RemovalProposal, {home, width}: Place): readonly Line[] => [
	...paragraph("Delete Vira's state permanently? This cannot be undone:", {
		width,
		mark: {text: '! ', tone: 'bad'},
		style: {bold: true},
	}),
	...preview.removed
		.filter(({kind}) => kind === 'state')
		.flatMap(({path}) => codeLines(shortPath(printable(path), home), {width, mark: {text: '  '}})),
];

/** Warnings and decisions, which are visible without scrolling. */
export const removalFoot = (
	proposal: RemovalProposal,
	{row, sure}: {readonly row: number; readonly sure: boolean},
	place: Place,
): readonly Line[] => [
	empty,
	...(sure
		? sureLines(proposal, place)
		: [...noteLines(proposal, place), ...decisionLines(proposal, row, place.width)]),
];
