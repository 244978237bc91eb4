import {useMemo} from 'react';
import {LongText, ScrollView} from '../../components/scroll-view.tsx';
import {Running} from '../../components/task-list.tsx';
import {Toned} from '../../components/toned.tsx';
import type {Watched} from '../../wizard-model.ts';

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
