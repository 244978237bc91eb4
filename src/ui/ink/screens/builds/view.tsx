import {fixText, type Notice} from '../../../../notice.ts';
import {buildGroups, type BuildCheck, type BuildGroup} from '../../../../steps/readiness/build-check.ts';
import {useLayout, useWizard} from '../../components/context.ts';
import {marks, sentenceRows, type Span, type TextRow} from '../../components/rows.ts';
import {FocusRow, ScrollView} from '../../components/scroll-view.tsx';
import {Blank, Pieces, Rows, Sentence, Toned} from '../../components/toned.tsx';
import {eventFor} from '../../keys.ts';
import {cut, widthOf} from '../../../text.ts';
import {rowName} from '../../scroll.ts';
import {amissIn, fixable, resultsOf, type BuildsState} from '../../../form/builds.ts';

const titles: Readonly<Record<BuildGroup, string>> = {
	nix: 'Nix',
	repositories: 'Repositories',
	environment: 'Environment',
	forges: 'Caches and forges',
	machine: 'This machine',
};

const noteMark: Span = {text: '· ', tone: 'quiet'};

const markOf = (level: Notice['level']): Span => (level === 'note' ? noteMark : marks[level]);

/** Whether builds can succeed, in a line: the worst that is known, or that all is well. */
const buildsLine = (builds: BuildsState): TextRow => {
	const [first, ...others] = amissIn(builds);
	if (first) {
		const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
		return [markOf(first.level), {text: `Builds: ${first.message.replace(/\.$/u, '')}${more}`}];
	}
	return builds.isChecking
		? [{text: '  '}, {text: 'Builds: not checked yet', tone: 'quiet'}]
		: [marks.ok, {text: 'Builds: ready'}];
};

/** The same, where it is not the subject of the screen, with the key that shows all. */
export const BuildsLine = () => {
	const {state} = useWizard();
	const {width} = useLayout();
	const opens = eventFor({text: 'b'}, state)?.type === 'builds-opened';
	const key: TextRow =
		opens && amissIn(state.builds).length > 0
			? [
					{text: '  b', bold: true},
					{text: ' shows why', tone: 'quiet'},
				]
			: [];
	const room = width - key.reduce((sum, {text}) => sum + widthOf(text), 0);
	const [mark, said = {text: ''}] = buildsLine(state.builds);
	const shown = mark ? [mark, {...said, text: cut(said.text, room - widthOf(mark.text))}] : [];
	return <Pieces row={[...shown, ...key]} />;
};

/** A result with what to do; `row`: its number among those that Enter fixes. */
const Result = ({check, row}: {readonly check: BuildCheck; readonly row: number}) => {
	const {screen} = useWizard().state;
	const {level, message, detail = '', fixes = [], variables} = check;
	const here = screen.at === 'builds' && screen.row === row;
	return (
		<>
			<Sentence mark={markOf(level)}>{message}</Sentence>
			{detail !== '' && (
				<Sentence mark={{text: '  '}} style={{tone: 'quiet'}}>
					{detail}
				</Sentence>
			)}
			{level !== 'ok' &&
				fixes.map((fix, index) => (
					<Sentence key={index} mark={{text: '    '}} style={{tone: 'accent'}}>
						{fixText(fix)}
					</Sentence>
				))}
			{variables && (
				<FocusRow
					name={rowName(row)}
					here={here}
					row={[{text: `Add ${Object.keys(variables).join(', ')} to the service`, bold: here}]}
				/>
			)}
		</>
	);
};

/** Results that are fine share a line. */
const fineRows = (group: BuildGroup, fine: readonly BuildCheck[], width: number): readonly TextRow[] => {
	if (fine.length === 0) return [];
	const many = group === 'repositories' && fine.length > 1;
	const text = many
		? `git can read ${fine.length} repositories`
		: fine.map(({message}) => message.replace(/\.$/u, '')).join(' · ');
	return sentenceRows(text, {width, mark: marks.ok});
};

const BuildsGroup = ({group, builds}: {readonly group: BuildGroup; readonly builds: BuildsState}) => {
	const {width} = useLayout();
	const results = resultsOf(builds, group);
	const isPending = builds.isChecking && results.length === 0 && group !== 'repositories';
	if (results.length === 0 && !isPending) return null;
	const others = results.filter(({level}) => level !== 'ok');
	return (
		<>
			<Toned bold>{titles[group]}</Toned>
			{isPending && <Toned tone="quiet">{'  not checked yet'}</Toned>}
			{others.map((check, index) => (
				<Result key={index} check={check} row={fixable(builds).indexOf(check)} />
			))}
			<Rows
				rows={fineRows(
					group,
					results.filter(({level}) => level === 'ok'),
					width,
				)}
			/>
			<Blank />
		</>
	);
};

/** What a build needs, by group: each result, and what to do about it. */
export const BuildsView = () => {
	const {builds} = useWizard().state;
	return (
		<ScrollView>
			{buildGroups.map((group) => (
				<BuildsGroup key={group} group={group} builds={builds} />
			))}
		</ScrollView>
	);
};
