import {Box} from 'ink';
import {type Fix, fixText, type Notice} from '../../../../notice.ts';
import type {Advice} from '../../../../platform/service-manager/advice.ts';
import {cannotSetUp, doManually, quitLabel, trySimulation, whatToDo} from '../../../words/phrases.ts';
import {rowName} from '../../scroll.ts';
import {useLayout} from '../../components/context.ts';
import {focusMark, marks, sentenceRows, type TextRow} from '../../components/rows.ts';
import {Body, ScrollView, useRow} from '../../components/scroll-view.tsx';
import {widthOf} from '../../../text.ts';
import {Blank, Rows, Sentence, Toned} from '../../components/toned.tsx';
import {BuildsLine} from '../builds/view.tsx';
import {answersOf} from './state.ts';
import {type Asked} from '../../wizard-model.ts';

const Fixes = ({fixes, says}: {readonly fixes: readonly Fix[]; readonly says: string}) => (
	<Box flexDirection="column" flexShrink={0}>
		<Toned tone="quiet">{`  ${says}`}</Toned>
		{fixes.map((fix, index) => (
			<Sentence key={index} mark={{text: '    '}} style={{tone: 'accent'}}>
				{fixText(fix)}
			</Sentence>
		))}
	</Box>
);

interface ChoiceProps {
	/** Among all that can have the focus. */
	readonly row: number;
	readonly label: string;
	/** What it does, in a few words; without room beside the label, it goes below. */
	readonly note?: string;
	readonly here: boolean;
	readonly indent?: string;
}

/** One of several answers; the one that Enter selects is marked. */
const ChoiceRow = ({row, label, note = '', here, indent = ''}: ChoiceProps) => {
	const {width} = useLayout();
	const mark = focusMark(here, indent);
	const beside = note === '' ? '' : `   ${note}`;
	const fits = widthOf(mark.text + label + beside) <= width;
	const below =
		note === '' ? [] : sentenceRows(note, {width, mark: {text: `${indent}    `}, style: {tone: 'quiet'}});
	const rows: readonly TextRow[] = fits
		? [[mark, {text: label, bold: here}, {text: beside, tone: 'quiet'}]]
		: [...sentenceRows(label, {width, mark, style: {bold: here}}), ...below];
	return (
		<Box ref={useRow(rowName(row))} flexDirection="column">
			<Rows rows={rows} />
		</Box>
	);
};

interface MachineProps {
	readonly asked: Asked;
	/** The focused answer, among all of them. */
	readonly row: number;
	/** Whether the fixes are shown as well. */
	readonly more: boolean;
}

interface CheckProps extends MachineProps {
	readonly one: Advice;
}

const CheckAnswers = ({one, asked, row}: Omit<CheckProps, 'more'>) => {
	if (one.level !== 'note') return null;
	const first = answersOf(asked).findIndex(({choice}) => choice === one);
	return one.answers.map(({label, detail}, index) => (
		<ChoiceRow
			key={label}
			row={first + index}
			label={label}
			note={detail}
			here={first + index === row}
			indent="  "
		/>
	));
};

const MachineCheck = ({one, asked, row, more}: CheckProps) => {
	const {message, detail = '', fixes = []} = one;
	if (one.level === 'ok') return <Sentence mark={marks.ok}>{message}</Sentence>;
	return (
		<>
			<Sentence mark={marks[one.level]}>{message}</Sentence>
			<CheckAnswers one={one} asked={asked} row={row} />
			{detail !== '' && (
				<Sentence mark={{text: '  '}} style={{tone: 'quiet'}}>
					{detail}
				</Sentence>
			)}
			{more && fixes.length > 0 && <Fixes fixes={fixes} says={doManually} />}
		</>
	);
};

/** The first screen: every check, and the choices with their answers and consequences. */
export const MachineView = (props: MachineProps) => (
	<ScrollView>
		{props.asked.advice.map((one, index) => (
			<MachineCheck key={index} one={one} {...props} />
		))}
		<BuildsLine />
	</ScrollView>
);

/** What the options show of a skipped first screen: one quiet line, and one for each warning. */
export const PassedChecks = ({advice}: Pick<Asked, 'advice'>) => {
	const fine = advice.filter(({level}) => level === 'ok').map(({message}) => `✔ ${message}`);
	return (
		<>
			{fine.length > 0 && <Toned tone="quiet">{fine.join(' · ')}</Toned>}
			{advice
				.filter(({level}) => level === 'warning')
				.map(({message}, index) => (
					<Sentence key={index} mark={marks.warning}>
						{message}
					</Sentence>
				))}
			<Blank />
		</>
	);
};

const Refusal = ({message, detail = '', fixes = []}: Notice) => (
	<>
		<Blank />
		<Sentence mark={marks.error} style={{bold: true}}>
			{message}
		</Sentence>
		{detail !== '' && <Sentence mark={{text: '  '}}>{detail}</Sentence>}
		{fixes.length > 0 && <Fixes fixes={fixes} says={whatToDo} />}
	</>
);

interface RefuseProps {
	readonly refusals: readonly Notice[];
	readonly row: number;
}

/** Why Vira cannot be set up here, and what else the person can do. */
export const RefuseView = ({refusals, row}: RefuseProps) => (
	<Body
		foot={[trySimulation, quitLabel].map((offer, index) => (
			<ChoiceRow key={offer} row={index} label={offer} here={index === row} />
		))}
	>
		<Sentence>{cannotSetUp}</Sentence>
		{refusals.map((one, index) => (
			<Refusal key={index} {...one} />
		))}
	</Body>
);
