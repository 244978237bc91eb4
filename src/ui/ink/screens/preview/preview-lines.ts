import {fixText} from '../../../../notice.ts';
import type {Preview} from '../../../../steps/plan/preview.ts';
import {commandText} from '../../../../platform/command-text.ts';
import {shortPath, yesOrNo} from '../../../words/describe.ts';
import {printable} from '../../../printable.ts';
import {commandsInOrder, upToDate} from '../../../words/phrases.ts';
import {codeLines, cut, empty, paragraph, widthOf, type Line} from '../../components/line.ts';
import {fileLines, type PreviewPlace} from './file-diff.ts';

/** A part of the preview: one file, or anything else with a heading. */
export interface PreviewSection {
	readonly name: string;
	/** The line of its heading, counted from 0. */
	readonly line: number;
}

/** Names the part that the first shown line belongs to. */
export const sectionLine = (sections: readonly PreviewSection[], top: number, width: number): Line => {
	const at = Math.max(
		0,
		sections.findLastIndex(({line}) => line <= top),
	);
	const section = sections[at];
	return section === undefined
		? []
		: [{text: cut(`▸ ${at + 1} of ${sections.length}: ${section.name}`, width), tone: 'accent'}];
};

/**
 * The line that a jump goes to. Forward from the end, and back from the beginning, it goes to the other end.
 */
export const jumpedTo = (
	sections: readonly PreviewSection[],
	by: 1 | -1,
	{top, last}: {readonly top: number; readonly last: number},
): number => {
	if (by === 1) return top >= last ? 0 : (sections.find(({line}) => line > top)?.line ?? last);
	return top === 0 ? last : (sections.findLast(({line}) => line < top)?.line ?? 0);
};

const heading = (text: string, width: number): readonly Line[] =>
	paragraph(text, {width, style: {bold: true}});

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

interface PreviewView {
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
