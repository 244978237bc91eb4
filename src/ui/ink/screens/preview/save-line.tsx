import {Box} from 'ink';
import {aboutSaving} from '../../../words/saved-lines.ts';
import {useLayout} from '../../components/context.ts';
import {marks} from '../../components/rows.ts';
import {visible} from '../../components/text.ts';
import {Sentence, Toned} from '../../components/toned.tsx';
import {TypedText} from '../../components/typed-text.tsx';
import type {Saving} from '../../wizard-model.ts';

const saveLabel = 'Save to: ';

/** Asks where to save the settings; below, why that did not work, or the paths that Tab has found. */
export const SaveLine = ({saving: {edited, problem, completion}}: {readonly saving: Saving}) => {
	const {width} = useLayout();
	const names = completion?.candidates?.map((path) => visible(/[^/]*\/?$/u.exec(path)?.[0] ?? path));
	return (
		<>
			<Box height={1}>
				<Toned bold>{saveLabel}</Toned>
				<TypedText edited={edited} width={width - saveLabel.length} />
			</Box>
			{problem !== undefined && <Sentence mark={marks.error}>{problem}</Sentence>}
			{problem === undefined && names && <Toned>{names.join('   ')}</Toned>}
			{problem === undefined && !names && <Sentence style={{tone: 'quiet'}}>{aboutSaving}</Sentence>}
		</>
	);
};
