import {stopping} from '../../../words/phrases.ts';
import {marks} from '../../components/rows.ts';
import {ScrollView, LongText} from '../../components/scroll-view.tsx';
import {TaskList, Running} from '../../components/task-list.tsx';
import {Sentence, Toned} from '../../components/toned.tsx';
import type {InstallState, Watched} from '../../wizard-model.ts';
import {shownRows} from './state.ts';
import {useMemo} from 'react';

interface InstallProps {
	readonly install: InstallState;
	/** Whether the person has asked to stop. */
	readonly quit: boolean;
}

/** Everything done so far, the newest at the end. */
export const InstallView = ({install: {rows, detailed}, quit}: InstallProps) => (
	<ScrollView>
		<TaskList rows={shownRows(rows)} detailed={detailed} />
		{quit && <Sentence mark={marks.note}>{stopping}</Sentence>}
	</ScrollView>
);

/** The output of something that runs, or has ended and is to be read. */
export const WatchingView = ({watched: {what, kind, is, output}}: {readonly watched: Watched}) => {
	const rows = useMemo(() => output.flatMap((line) => line.rows), [output]);
	return (
		<>
			{is === 'running' &&
				(kind === 'follows' ? <Toned bold>{what}</Toned> : <Running>{`${what}…`}</Running>)}
			<ScrollView>
				<LongText rows={rows} />
			</ScrollView>
		</>
	);
};
