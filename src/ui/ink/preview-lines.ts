import {fixText} from '../../notice.ts';
import type {DiffLine, Preview, PreviewFile} from '../../steps/plan/preview.ts';
import {commandText} from '../../platform/command-text.ts';
import {shortPath, yesOrNo} from '../words/describe.ts';
import {printable} from '../printable.ts';
import {commandsInOrder, upToDate} from '../words/phrases.ts';
import {foldUnchanged} from './fold-unchanged.ts';
import {highlighted, highlighterOf} from './highlight.ts';
import {codeLines, empty, paragraph, widthOf, type Line, type Tone} from './line.ts';
import type {PreviewSection} from './preview-sections.ts';

export interface PreviewPlace {
	readonly home: string;
	readonly width: number;
}

const marks = {same: '  ', added: '+ ', removed: '- '} as const;

const tones: Readonly<Record<DiffLine['mark'], Tone>> = {same: 'quiet', added: 'good', removed: 'bad'};

const diffLines = ({mark, text}: DiffLine, width: number): readonly Line[] =>
	codeLines(text, {width, mark: {text: `  ${marks[mark]}`}, style: {tone: tones[mark]}});

/** In a diff, colors mean added and removed lines, and nothing else. */
const lineOfFile = (line: DiffLine, {path, change}: PreviewFile, width: number): readonly Line[] => {
	const highlight = change === 'new' ? highlighterOf(path) : undefined;
	const lines = diffLines(line, width);
	return highlight ? highlighted(lines, highlight(printable(line.text))) : lines;
};

const heading = (text: string, width: number): readonly Line[] =>
	paragraph(text, {width, style: {bold: true}});

const changes = {new: 'new', changed: 'changed', deleted: 'removed'} as const;

const fileHeading = ({path, change, mode}: PreviewFile, {home, width}: PreviewPlace): readonly Line[] => {
	const name = shortPath(printable(path), home);
	const note = `${changes[change]}, mode ${mode}`;
	if (widthOf(name) + 2 + widthOf(note) <= width) {
		return [
			[
				{text: name, bold: true},
				{text: `  ${note}`, tone: 'quiet'},
			],
		];
	}
	return [
		...codeLines(name, {width, style: {bold: true}}),
		...paragraph(note, {width, mark: {text: '  '}, style: {tone: 'quiet'}}),
	];
};

const unchangedLines = (count: number, width: number): readonly Line[] =>
	paragraph(`… ${count} unchanged ${count === 1 ? 'line' : 'lines'}`, {
		width,
		mark: {text: '    '},
		style: {tone: 'quiet'},
	});

const noteLines = ({why}: PreviewFile, {width}: PreviewPlace): readonly Line[] =>
	paragraph(printable(why), {width, mark: {text: '    '}, style: {tone: 'quiet'}});

const fileLines = (file: PreviewFile, place: PreviewPlace): readonly Line[] => [
	...fileHeading(file, place),
	...(file.lines.length === 0 ? noteLines(file, place) : []),
	...(file.change === 'changed' ? foldUnchanged(file.lines) : file.lines).flatMap((line) =>
		typeof line === 'number' ? unchangedLines(line, place.width) : lineOfFile(line, file, place.width),
	),
	empty,
];

const folderLines = (preview: Preview, {home, width}: PreviewPlace): readonly Line[] =>
	preview.folders.length === 0
		? []
		: [
				...heading('New folders', width),
				...preview.folders.flatMap((path) =>
					codeLines(shortPath(path, home), {width, mark: {text: '  + '}, style: {tone: 'good'}}),
				),
				empty,
			];

const moveLines = (preview: Preview, {home, width}: PreviewPlace): readonly Line[] =>
	preview.moves.length === 0
		? []
		: [
				...heading('Moved aside', width),
				...preview.moves.flatMap(([from, to]) => [
					...codeLines(shortPath(printable(from), home), {width, mark: {text: '  '}}),
					...codeLines(shortPath(printable(to), home), {width, mark: {text: '  → '}}),
				]),
				empty,
			];

const commandLines = (preview: Preview, {home, width}: PreviewPlace): readonly Line[] =>
	preview.commands.length === 0
		? []
		: [
				...heading(commandsInOrder, width),
				...preview.commands.flatMap(({command, why}): readonly Line[] => [
					...codeLines(commandText(command), {width, mark: {text: '  '}}),
					...paragraph(why.replaceAll(`${home}/`, '~/'), {
						width,
						mark: {text: '    '},
						style: {tone: 'quiet'},
					}),
				]),
				empty,
			];

const verdictLines = (preview: Preview, {width}: PreviewPlace): readonly Line[] => {
	const boot = `Starts at boot: ${yesOrNo(preview.startsAtBoot)}`;
	const persistence = `${boot} · Keeps running after logout: ${yesOrNo(preview.survivesLogout)}`;
	const reach = `Reachable from: ${preview.reachableFrom}`;
	const whole = `${persistence} · ${reach}`;
	const lines = widthOf(whole) <= width ? [whole] : [persistence, reach];
	return lines.flatMap((line) => paragraph(line, {width, style: {bold: true}}));
};

const warningLines = ({warnings}: Preview, {width}: PreviewPlace): readonly Line[] =>
	warnings.flatMap(({message, fixes = []}) => [
		...paragraph(message, {width, mark: {text: '! ', tone: 'warn'}}),
		...fixes.flatMap((fix) => paragraph(fixText(fix), {width, mark: {text: '  '}, style: {tone: 'quiet'}})),
	]);

export interface PreviewView {
	readonly lines: readonly Line[];
	/** In the order of the lines; empty if nothing would change. */
	readonly sections: readonly PreviewSection[];
	/** Warnings and verdict, which are visible without scrolling. */
	readonly summary: readonly Line[];
}

const nothing = ({width}: PreviewPlace): readonly Line[] =>
	paragraph(upToDate, {width, mark: {text: '✔ ', tone: 'good'}});

interface Part {
	readonly name: string;
	readonly lines: readonly Line[];
}

const partsOf = (preview: Preview, place: PreviewPlace): readonly Part[] =>
	[
		...preview.files.map((file) => ({
			name: shortPath(printable(file.path), place.home),
			lines: fileLines(file, place),
		})),
		{name: 'Moved aside', lines: moveLines(preview, place)},
		{name: 'Commands', lines: commandLines(preview, place)},
		{name: 'New folders', lines: folderLines(preview, place)},
	].filter(({lines}) => lines.length > 0);

const drawn = (preview: Preview, place: PreviewPlace): PreviewView => {
	const parts = preview.changes ? partsOf(preview, place) : [];
	const sections: PreviewSection[] = [];
	let line = 0;
	for (const {name, lines} of parts) {
		sections.push({name, line});
		line += lines.length;
	}
	return {
		lines: preview.changes ? parts.flatMap(({lines}) => lines).slice(0, -1) : nothing(place),
		sections,
		summary: [empty, ...warningLines(preview, place), ...verdictLines(preview, place)],
	};
};

/** The last drawing of each preview: scrolling does not change it. */
const views = new WeakMap<Preview, PreviewPlace & {readonly view: PreviewView}>();

/** The preview from top to bottom. */
export const previewLines = (preview: Preview, place: PreviewPlace): PreviewView => {
	const known = views.get(preview);
	if (known?.width === place.width && known.home === place.home) return known.view;
	const view = drawn(preview, place);
	views.set(preview, {...place, view});
	return view;
};
