import {decisionAt} from './state.ts';
import {fixText} from '../../../../notice.ts';
import type {
	ChangedFile,
	Removed,
	RemovalPreview,
	RemovalProposal,
} from '../../../../steps/removal/propose-removal.ts';
import type {Leftover} from '../../../../platform/service-manager/manager-parts.ts';
import {shortPath} from '../../../words/describe.ts';
import {printable} from '../../../text.ts';
import {removalDecisions as decisions} from '../../../words/removal-words.ts';
import {commandsInOrder, leftInPlace} from '../../../words/phrases.ts';
import {useLayout, useWizard} from '../../components/context.ts';
import {codeRows, marks, sentenceRows, type TextRow} from '../../components/rows.ts';
import {Body, FocusRow, LongText} from '../../components/scroll-view.tsx';
import {Code, Sentence} from '../../components/toned.tsx';
import {rowName} from '../../scroll.ts';
import {commandRows, part} from '../preview/rows.ts';

interface Place {
	readonly home: string;
	readonly width: number;
}

const notes: Readonly<Record<Removed['kind'], string>> = {
	file: '',
	folder: '  folder',
	link: '  link',
	state: '  permanently',
};

const removedRows = ({removed}: RemovalPreview, {home, width}: Place): readonly TextRow[] =>
	removed.flatMap(({path, kind}) =>
		codeRows(`${shortPath(printable(path), home)}${notes[kind]}`, {
			width,
			mark: {text: '  - '},
			style: {tone: 'bad'},
		}),
	);

const leftRows = ({path, what}: Leftover, {home, width}: Place): readonly TextRow[] =>
	path === undefined
		? sentenceRows(what, {width, mark: {text: '  '}})
		: [
				...codeRows(shortPath(printable(path), home), {width, mark: {text: '  '}}),
				...sentenceRows(what, {width, mark: {text: '    '}, style: {tone: 'quiet'}}),
			];

const changedRows = ({path, goes, lines}: ChangedFile, {home, width}: Place): readonly TextRow[] => {
	const name = shortPath(printable(path), home);
	const rows = lines.flatMap((text) =>
		codeRows(text, {width, mark: {text: goes ? '  - ' : '    '}, style: {tone: goes ? 'bad' : 'quiet'}}),
	);
	return part(`Changed by hand, ${goes ? 'will be removed' : 'will be kept'}: ${name}`, rows, width);
};

/** What is removed, what stays, and the commands. */
const removalRows = ({preview}: RemovalProposal, place: Place): readonly TextRow[] => {
	const {width} = place;
	return [
		...part('To be removed', removedRows(preview, place), width),
		...part(
			leftInPlace,
			preview.left.flatMap((one) => leftRows(one, place)),
			width,
		),
		...preview.changed.flatMap((one) => changedRows(one, place)),
		...part(commandsInOrder, commandRows(preview, place), width),
	].slice(0, -1);
};

const labelWidth = 2 + Math.max(...Object.values(decisions).map(({label}) => label.length));

const Decisions = ({proposal, row}: {readonly proposal: RemovalProposal; readonly row: number}) => {
	const {choices, preview} = proposal;
	const focused = decisionAt(proposal, row);
	return (
		<>
			{preview.notes.map(({message, fixes = []}, index) => [
				<Sentence key={index} mark={marks.warning}>
					{message}
				</Sentence>,
				...fixes.map((fix, at) => (
					<Code key={`${index} ${at}`} mark={{text: '  '}} style={{tone: 'accent'}}>
						{fixText(fix)}
					</Code>
				)),
			])}
			{preview.decisions.length > 0 && (
				<FocusRow
					name={rowName(0)}
					here={row === 0}
					row={[{text: 'Remove what is listed above', bold: row === 0}]}
				/>
			)}
			{preview.decisions.map((name, index) => (
				<FocusRow
					key={name}
					name={rowName(index + 1)}
					here={name === focused}
					row={[
						{text: decisions[name].label.padEnd(labelWidth), bold: name === focused},
						{
							text: choices[name] ? decisions[name].yes : decisions[name].no,
							bold: name === focused,
							...(choices.purge && name === 'purge' && {tone: 'bad'}),
						},
					]}
				/>
			))}
			{focused !== undefined && (
				<Sentence mark={{text: '  '}} style={{tone: 'quiet'}}>
					{decisions[focused].why}
				</Sentence>
			)}
		</>
	);
};

const Sure = ({preview, home}: {readonly preview: RemovalPreview; readonly home: string}) => (
	<>
		<Sentence mark={{text: '! ', tone: 'bad'}} style={{bold: true}}>
			Delete Vira&apos;s state permanently? This cannot be undone:
		</Sentence>
		{preview.removed
			.filter(({kind}) => kind === 'state')
			.map(({path}) => (
				<Code key={path} mark={{text: '  '}}>
					{shortPath(printable(path), home)}
				</Code>
			))}
	</>
);

interface RemovalProps {
	readonly proposal: RemovalProposal;
	readonly row: number;
	/** Whether the deletion of the state is to be confirmed. */
	readonly sure: boolean;
}

/** What would be removed, and what there is to decide about it. */
export const RemovalView = ({proposal, row, sure}: RemovalProps) => {
	const {state} = useWizard();
	const {width} = useLayout();
	const home = state.facts?.user.home ?? '';
	return (
		<Body
			foot={
				sure ? <Sure preview={proposal.preview} home={home} /> : <Decisions proposal={proposal} row={row} />
			}
		>
			<LongText rows={removalRows(proposal, {home, width})} />
		</Body>
	);
};
