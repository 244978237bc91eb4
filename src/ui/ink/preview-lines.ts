import type {DiffLine, Preview, PreviewFile} from '../../steps/preview.ts';
import {commandText} from '../command-text.ts';
import {shortPath} from '../describe.ts';
import {printable} from '../printable.ts';
import {empty, paragraph, type Line, type Tone} from './line.ts';

export interface PreviewPlace {
	readonly home: string;
	readonly width: number;
}

const marks = {same: '  ', added: '+ ', removed: '- '} as const;
const tones: Readonly<Record<DiffLine['mark'], Tone>> = {same: 'quiet', added: 'good', removed: 'bad'};

const diffLine = ({mark, text}: DiffLine): Line => [
	{text: `  ${marks[mark]}${printable(text)}`, tone: tones[mark]},
];

const heading = (text: string): Line => [{text, bold: true}];

const changes = {new: 'new', changed: 'changed', deleted: 'removed'} as const;

const fileLines = (file: PreviewFile, {home}: PreviewPlace): readonly Line[] => [
	[
		{text: shortPath(printable(file.path), home), bold: true},
		{text: `  ${changes[file.change]}, mode ${file.mode}`, tone: 'quiet'},
	],
	...file.lines.map(diffLine),
	empty,
];

const folderLines = (preview: Preview, {home}: PreviewPlace): readonly Line[] =>
	preview.folders.length === 0
		? []
		: [
				heading('New folders'),
				...preview.folders.map((path): Line => [{text: `  + ${shortPath(path, home)}`, tone: 'good'}]),
				empty,
			];

const commandLines = (preview: Preview, {home, width}: PreviewPlace): readonly Line[] =>
	preview.commands.length === 0
		? []
		: [
				heading('Commands, in this order'),
				...preview.commands.flatMap(({command, why}): readonly Line[] => [
					[{text: `  ${commandText(command)}`}],
					...paragraph(why.replaceAll(`${home}/`, '~/'), {
						width,
						mark: {text: '    '},
						style: {tone: 'quiet'},
					}),
				]),
				empty,
			];

const verdictLines = (preview: Preview, {width}: PreviewPlace): readonly Line[] => {
	const yes = (is: boolean): string => (is ? 'yes' : 'no');
	const words = [
		`Starts at boot: ${yes(preview.startsAtBoot)}`,
		`survives logout: ${yes(preview.survivesLogout)}`,
		`reachable from: ${preview.reachableFrom}`,
	];
	return paragraph(words.join(' · '), {width, style: {bold: true}});
};

const warningLines = ({warnings}: Preview, {width}: PreviewPlace): readonly Line[] =>
	warnings.flatMap(({sentence}) => paragraph(sentence, {width, mark: {text: '! ', tone: 'warn'}}));

export interface PreviewView {
	readonly lines: readonly Line[];
	/** Warnings and verdict: what nobody should have to scroll to. */
	readonly summary: readonly Line[];
}

const nothing = ({width}: PreviewPlace): readonly Line[] =>
	paragraph('Nothing would change: all is as you asked.', {width, mark: {text: '✔ ', tone: 'good'}});

/** The preview from top to bottom. */
export const previewLines = (preview: Preview, place: PreviewPlace): PreviewView => ({
	lines: preview.changes
		? [
				...preview.files.flatMap((file) => fileLines(file, place)),
				...commandLines(preview, place),
				...folderLines(preview, place),
			].slice(0, -1)
		: nothing(place),
	summary: [empty, ...warningLines(preview, place), ...verdictLines(preview, place)],
});
