import type {Preview} from '../../../../steps/plan/preview.ts';
import type {Proposal} from '../../../../steps/plan/propose.ts';
import {commandText} from '../../../../platform/command-text.ts';
import {shortPath} from '../../../words/describe.ts';
import {printable} from '../../../text.ts';
import {commandsInOrder} from '../../../words/phrases.ts';
import {decisionLines, nothingWouldChange} from '../../../words/planned-changes.ts';
import {blank, codeRows, heading, plainRows, sentenceRows, type TextRow} from '../../components/rows.ts';
import type {WizardState} from '../../wizard-model.ts';
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

/** The files of a new service are long: they begin below the first screen. */
const wordRows = (proposal: Proposal, {width, room}: PreviewRoom): readonly TextRow[] => {
	const rows = decisionLines(proposal).flatMap((line) =>
		/^\S.*:$/u.test(line) ? heading(line, width) : plainRows(line, width),
	);
	const empty = proposal.preview.first ? room - rows.length : 0;
	return [...rows, ...Array.from({length: Math.max(empty, 1)}, () => blank)];
};

interface PreviewRoom extends PreviewPlace {
	/** The lines that are visible at once. */
	readonly room: number;
}

const drawn = (proposal: Proposal, place: PreviewRoom): PreviewRows => {
	const {width, home} = place;
	const {preview} = proposal;
	if (!preview.changes) return {rows: plainRows(nothingWouldChange, width), sections: []};
	const parts = [
		{name: 'Summary', own: wordRows(proposal, place)},
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
const known = new WeakMap<Proposal, PreviewRoom & PreviewRows>();

/** Everything that the preview scrolls through, from top to bottom: first in words. */
export const previewRows = (proposal: Proposal, place: PreviewRoom): PreviewRows => {
	const before = known.get(proposal);
	if (before?.width === place.width && before.room === place.room && before.home === place.home)
		return before;
	const now = {...place, ...drawn(proposal, place)};
	known.set(proposal, now);
	return now;
};

/** The same, in the window of the wizard. */
export const previewRowsIn = (proposal: Proposal, {facts, size, view}: WizardState): PreviewRows =>
	previewRows(proposal, {
		home: facts?.user.home ?? '',
		width: size.columns,
		room: view.height - view.list,
	});
