import {stopping} from '../../../words/phrases.ts';
import {marks} from '../../components/rows.ts';
import {ScrollView} from '../../components/scroll-view.tsx';
import {TaskList} from '../../components/task-list.tsx';
import {Sentence} from '../../components/toned.tsx';
import type {InstallState} from '../../wizard-model.ts';
import {shownRows} from './state.ts';

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
