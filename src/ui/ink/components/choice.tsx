import {Box} from 'ink';
import {useLayout} from './context.ts';
import {rowName} from '../scroll.ts';
import {useRow} from './scroll-view.tsx';
import {Fixed, Sentence, Toned} from './toned.tsx';
import type {Tone} from './rows.ts';
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
export const Choice = ({row, label, note, here, indent = '', below = false}: ChoiceProps) => {
	const {width} = useLayout();
	const mark = {text: `${indent}${here ? '› ' : '  '}`, tone: 'accent'} as const;
	const ref = useRow(rowName(row));
	const fits = note === undefined || mark.text.length + widthOf(`${label}   ${note}`) <= width;
	return (
		<Box ref={ref} flexDirection="column" flexShrink={0}>
			{fits && note !== undefined ? (
				<Box>
					<Fixed tone={mark.tone}>{mark.text}</Fixed>
					<Fixed bold={here}>{label}</Fixed>
					<Toned tone="quiet">{`   ${note}`}</Toned>
				</Box>
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
	readonly label: string;
	readonly width: number;
	readonly here: boolean;
	readonly answer: string;
	readonly tone: Tone | undefined;
}

/** Something that is decided on its row. */
export const Decision = ({row, label, width, here, answer, tone}: DecisionProps) => (
	<Box ref={useRow(rowName(row))} flexShrink={0}>
		<Fixed tone="accent">{here ? '› ' : '  '}</Fixed>
		<Fixed width={width} bold={here}>
			{label}
		</Fixed>
		<Toned bold={here} tone={tone}>
			{answer}
		</Toned>
	</Box>
);
