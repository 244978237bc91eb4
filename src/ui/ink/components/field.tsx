import {Box} from 'ink';
import type {ReactNode} from 'react';
import {useLayout} from './context.ts';
import {focusMark, type TextRow, type Span} from './rows.ts';
import {useRow} from './scroll-view.tsx';
import {Pieces, Toned} from './toned.tsx';

const labelWidth = 19;
const signWidth = 2;
const noteWidth = 8;

/** On a wider line, it is hard to follow from one end to the other. */
const widest = 100;

interface FieldShape {
	readonly width: number;
	/** Whether there is room for an indent and a note. */
	readonly wide: boolean;
	/** Where the value begins, and its columns. */
	readonly left: number;
	readonly room: number;
}

export const useFieldShape = (): FieldShape => {
	const width = Math.min(useLayout().width, widest);
	const wide = width >= 60;
	const left = (wide ? 4 : 2) + labelWidth + signWidth;
	return {width, wide, left, room: width - left - (wide ? noteWidth : 0)};
};

interface FieldProps {
	readonly name: string;
	readonly label: string;
	readonly here: boolean;
	/** Whether the mark of the focus is on it, and not on a row below it. */
	readonly marked: boolean;
	/** Before the value. */
	readonly sign: Span;
	/** At the end of a wide line. */
	readonly note: Span;
	readonly children: ReactNode;
}

/** An option with its value. */
export const Field = ({name, label, here, marked, sign, note, children}: FieldProps) => {
	const {width, wide, left} = useFieldShape();
	const lead = [focusMark(marked, wide ? '  ' : ''), {text: label.padEnd(labelWidth), bold: here}, sign];
	return (
		<Box ref={useRow(name)} width={width} height={1}>
			<Box width={left} flexShrink={0}>
				<Pieces row={lead} />
			</Box>
			<Box flexGrow={1}>{children}</Box>
			{wide && (
				<Box flexShrink={0}>
					<Toned {...note}>{note.text.padStart(noteWidth)}</Toned>
				</Box>
			)}
		</Box>
	);
};

interface HeadingProps {
	readonly name: string;
	readonly here: boolean;
	/** ▾ or ▸, and the name. */
	readonly title: string;
	/** What is in a group that is collapsed. */
	readonly summary?: TextRow;
}

/** The heading of a group of fields. */
export const FieldHeading = ({name, here, title, summary = []}: HeadingProps) => (
	<Box ref={useRow(name)}>
		<Pieces row={[focusMark(here), {text: title, bold: true}, ...summary]} />
	</Box>
);
