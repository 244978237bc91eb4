import {Box} from 'ink';
import {fixText} from '../../../../notice.ts';
import type {Preview} from '../../../../steps/plan/preview.ts';
import {yesOrNo} from '../../../words/describe.ts';
import {savedLines} from '../../../words/saved-lines.ts';
import {useLayout, useWizard} from '../../components/context.ts';
import {marks, plainRows} from '../../components/rows.ts';
import {Body, LongText} from '../../components/scroll-view.tsx';
import {widthOf} from '../../components/text.ts';
import {Rows, Sentence, Toned} from '../../components/toned.tsx';
import type {PreviewScreen} from '../../wizard-model.ts';
import {topOf} from '../../scroll.ts';
import {SaveLine} from './save-line.tsx';
import {previewRowsIn, type PreviewSection} from './rows.ts';

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
			<Toned tone="accent">{section && `▸ ${at + 1} of ${sections.length}: ${section.name}`}</Toned>
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

const Warning = ({message, fixes = []}: Preview['warnings'][number]) => (
	<>
		<Sentence mark={marks.warning}>{message}</Sentence>
		{fixes.map((fix, index) => (
			<Sentence key={index} mark={{text: '  '}} style={{tone: 'quiet'}}>
				{fixText(fix)}
			</Sentence>
		))}
	</>
);

/** Warnings and the verdict, which stay visible. */
export const Summary = ({preview}: {readonly preview: Preview}) => {
	const {width} = useLayout();
	return (
		<>
			{preview.warnings.map((one, index) => (
				<Warning key={index} {...one} />
			))}
			{verdictOf(preview, width).map((line) => (
				<Sentence key={line} style={{bold: true}}>
					{line}
				</Sentence>
			))}
		</>
	);
};

/** Below the preview: what was saved, warnings, and the verdict. */
const Foot = ({proposal: {settings, preview}}: Pick<PreviewScreen, 'proposal'>) => {
	const {facts, saved} = useWizard().state;
	const {width} = useLayout();
	const lines = saved?.settings === settings ? savedLines(saved, facts?.user.home ?? '') : [];
	return (
		<>
			<Rows rows={lines.flatMap((line) => plainRows(line, width))} />
			<Summary preview={preview} />
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
			foot={saving ? <SaveLine saving={saving} /> : <Foot proposal={proposal} />}
		>
			<LongText rows={rows} />
		</Body>
	);
};
