import type {Preview} from '../../../../steps/plan/preview.ts';
import {commandText} from '../../../../platform/command-text.ts';
import {shortPath} from '../../../words/describe.ts';
import {printable} from '../../../printable.ts';
import {commandsInOrder, upToDate} from '../../../words/phrases.ts';
import {blank, codeRows, heading, marks, sentenceRows, type TextRow} from '../../components/rows.ts';
import {fileRows, type PreviewPlace} from './diff-rows.ts';

/** A part of the preview: one file, or anything else with a heading. */
export interface PreviewSection {
	readonly name: string;
	/** The row of its heading, counted from 0. */
	readonly line: number;
}

const folderRows = ({folders}: Preview, {home, width}: PreviewPlace): readonly TextRow[] =>
	folders.flatMap((path) =>
		codeRows(shortPath(path, home), {width, mark: {text: '  + '}, style: {tone: 'good'}}),
	);

const moveRows = ({moves}: Preview, {home, width}: PreviewPlace): readonly TextRow[] =>
	moves.flatMap(([from, to]) => [
		...codeRows(shortPath(printable(from), home), {width, mark: {text: '  '}}),
		...codeRows(shortPath(printable(to), home), {width, mark: {text: '  → '}}),
	]);

/** Commands, each with its reason. */
export const commandRows = (
	{commands}: Pick<Preview, 'commands'>,
	{home, width}: PreviewPlace,
): readonly TextRow[] =>
	commands.flatMap(({command, why}) => [
		...codeRows(commandText(command), {width, mark: {text: '  '}}),
		...sentenceRows(why.replaceAll(`${home}/`, '~/'), {
			width,
			mark: {text: '    '},
			style: {tone: 'quiet'},
		}),
	]);

/** A part of a long text: rows below a heading, and a blank one; nothing if there are no rows. */
export const part = (title: string, rows: readonly TextRow[], width: number): readonly TextRow[] =>
	rows.length === 0 ? [] : [...heading(title, width), ...rows, blank];

interface PreviewRows {
	readonly rows: readonly TextRow[];
	/** In the order of the rows; empty if nothing would change. */
	readonly sections: readonly PreviewSection[];
}

const drawn = (preview: Preview, place: PreviewPlace): PreviewRows => {
	const {width, home} = place;
	if (!preview.changes) return {rows: sentenceRows(upToDate, {width, mark: marks.ok}), sections: []};
	const parts = [
		...preview.files.map((file) => ({
			name: shortPath(printable(file.path), home),
			own: fileRows(file, place),
		})),
		{name: 'Moved aside', own: part('Moved aside', moveRows(preview, place), width)},
		{name: 'Commands', own: part(commandsInOrder, commandRows(preview, place), width)},
		{name: 'New folders', own: part('New folders', folderRows(preview, place), width)},
	].filter(({own}) => own.length > 0);
	const rows: TextRow[] = [];
	const sections = parts.map(({name, own}) => {
		const line = rows.length;
		for (const row of own) rows.push(row);
		return {name, line};
	});
	return {rows: rows.slice(0, -1), sections};
};

/** The last rows of each preview: scrolling does not change them. */
const known = new WeakMap<Preview, PreviewPlace & PreviewRows>();

/** Everything that the preview scrolls through, from top to bottom. */
export const previewRows = (preview: Preview, place: PreviewPlace): PreviewRows => {
	const before = known.get(preview);
	if (before?.width === place.width && before.home === place.home) return before;
	const now = {...place, ...drawn(preview, place)};
	known.set(preview, now);
	return now;
};
