import {Box} from 'ink';
import type {Preview} from '../../../../steps/plan/preview.ts';
import {yesOrNo} from '../../../words/describe.ts';
import {warningLines} from '../../../words/planned-changes.ts';
import {savedLines, aboutSaving} from '../../../words/phrases.ts';
import {useLayout, useWizard} from '../../components/context.ts';
import {heading, plainRows, marks} from '../../components/rows.ts';
import {Body, LongText} from '../../components/scroll-view.tsx';
import {widthOf, visible} from '../../../text.ts';
import {Rows, Toned, Sentence} from '../../components/toned.tsx';
import type {PreviewScreen, Saving} from '../../wizard-model.ts';
import {topOf} from '../../scroll.ts';
import {amissIn} from '../../../form/builds.ts';
import {BuildsLine} from '../builds/view.tsx';
import {previewRowsIn, type PreviewSection} from './rows.ts';
import {TypedText} from '../../components/typed-text.tsx';

const saveLabel = 'Save to: ';

/** Asks where to save the settings; below, why that did not work, or the paths that Tab has found. */
const SaveLine = ({saving: {edited, problem, completion}}: {readonly saving: Saving}) => {
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

interface SectionProps {
	readonly sections: readonly PreviewSection[];
	/** The first visible row. */
	readonly top: number;
}

/** Names the part that the first visible row belongs to. */
export const Section = ({sections, top}: SectionProps) => {
	const at = Math.max(
		0,
		sections.findLastIndex(({line}) => line <= top),
	);
	const section = sections[at];
	return (
		<Box flexShrink={0} height={1}>
			<Toned tone="accent">{section ? `▸ ${at + 1} of ${sections.length}: ${section.name}` : ''}</Toned>
		</Box>
	);
};

const verdictOf = (preview: Preview, width: number): readonly string[] => {
	const boot = `Starts at boot: ${yesOrNo(preview.startsAtBoot)}`;
	const persistence = `${boot} · Keeps running after logout: ${yesOrNo(preview.survivesLogout)}`;
	const reach = `Reachable from: ${preview.reachableFrom}`;
	const whole = `${persistence} · ${reach}`;
	return widthOf(whole) <= width ? [whole] : [persistence, reach];
};

/** What was saved, warnings, and the verdict, which stay visible. */
export const Summary = ({proposal: {settings, preview}}: Pick<PreviewScreen, 'proposal'>) => {
	const {facts, saved, builds} = useWizard().state;
	const {width} = useLayout();
	const file = saved?.settings === settings ? savedLines(saved, facts?.user.home ?? '') : [];
	const rows = [...file, ...warningLines(preview)].flatMap((line) => plainRows(line, width));
	return (
		<>
			<Rows rows={rows} />
			{amissIn(builds).length > 0 && <BuildsLine />}
			<Rows rows={verdictOf(preview, width).flatMap((line) => heading(line, width))} />
		</>
	);
};

/** What would be done, from top to bottom. */
export const PreviewView = ({proposal, saving}: Pick<PreviewScreen, 'proposal' | 'saving'>) => {
	const {state} = useWizard();
	const {rows, sections} = previewRowsIn(proposal, state);
	const top = topOf(state) - state.view.list;
	return (
		<Body
			pinned={<Section sections={sections} top={top} />}
			foot={saving ? <SaveLine saving={saving} /> : <Summary proposal={proposal} />}
		>
			<LongText rows={rows} />
		</Body>
	);
};
