import {Box} from 'ink';
import {rowName} from '../scroll.ts';
import {useLayout} from './context.ts';
import {useRow} from './scroll-view.tsx';
import {focusMark, type Tone} from './rows.ts';
import {Pieces, Sentence} from './toned.tsx';
import {widthOf} from './text.ts';

interface ChoiceProps {
	/** Among all that can have the focus. */
	readonly row: number;
	readonly label: string;
	/** What it does, in a few words. */
	readonly note?: string | undefined;
	readonly here: boolean;
	readonly indent?: string;
	/** Without room beside the label: whether the note goes below it, or is omitted. */
	readonly below?: boolean;
}

/** One of several answers; the one that Enter selects is marked. */
export const ChoiceRow = ({row, label, note = '', here, indent = '', below = false}: ChoiceProps) => {
	const {width} = useLayout();
	const mark = focusMark(here, indent);
	const beside = note === '' ? '' : `   ${note}`;
	const fits = widthOf(mark.text + label + beside) <= width;
	const whole = [mark, {text: label, bold: here}, {text: beside, tone: 'quiet'}] as const;
	return (
		<Box ref={useRow(rowName(row))} flexDirection="column">
			{fits ? (
				<Pieces row={whole} />
			) : (
				<Sentence mark={mark} style={{bold: here}}>
					{label}
				</Sentence>
			)}
			{!fits && below && (
				<Sentence mark={{text: `${indent}    `}} style={{tone: 'quiet'}}>
					{note}
				</Sentence>
			)}
		</Box>
	);
};

interface DecisionProps {
	readonly row: number;
	/** All labels have the same length. */
	readonly label: string;
	readonly here: boolean;
	readonly answer: string;
	readonly tone?: Tone;
}

/** Something that is decided on its row. */
export const DecisionRow = ({row, label, here, answer, ...style}: DecisionProps) => (
	<Box ref={useRow(rowName(row))}>
		<Pieces row={[focusMark(here), {text: label, bold: here}, {text: answer, bold: here, ...style}]} />
	</Box>
);
