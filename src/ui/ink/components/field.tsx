import {Box} from 'ink';
import type {ReactNode} from 'react';
import {useLayout} from './context.ts';
import type {Span, Tone} from './rows.ts';
import {useRow} from './scroll-view.tsx';
import {Fixed} from './toned.tsx';

const labelWidth = 19;
const signWidth = 2;
const noteWidth = 8;

/** On a wider line, it is hard to follow from one end to the other. */
const widest = 100;

/** Columns of a field, and whether there is room for its note. */
const fieldShape = (
	full: number,
): {readonly width: number; readonly indent: number; readonly wide: boolean} => {
	const width = Math.min(full, widest);
	return {width, indent: width >= 60 ? 4 : 2, wide: width >= 60};
};

/** Where the value of a field begins, and its columns. */
export const useValueShape = (): {readonly left: number; readonly width: number} => {
	const {width, indent, wide} = fieldShape(useLayout().width);
	const left = indent + labelWidth + signWidth;
	return {left, width: width - left - (wide ? noteWidth : 0)};
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
	readonly note: {readonly text: string; readonly tone: Tone};
	readonly children: ReactNode;
}

/** An option with its value. */
export const Field = ({name, label, here, marked, sign, note, children}: FieldProps) => {
	const {width, indent, wide} = fieldShape(useLayout().width);
	return (
		<Box ref={useRow(name)} flexShrink={0} width={width} height={1}>
			<Fixed width={indent} tone="accent">
				{(wide ? '  ' : '') + (marked ? '› ' : '')}
			</Fixed>
			<Fixed width={labelWidth} bold={here}>
				{label}
			</Fixed>
			<Fixed width={signWidth} tone={sign.tone}>
				{sign.text}
			</Fixed>
			<Box flexGrow={1}>{children}</Box>
			{wide && <Fixed tone={note.tone}>{note.text.padStart(noteWidth)}</Fixed>}
		</Box>
	);
};

interface HeadingProps {
	readonly name: string;
	readonly here: boolean;
	/** ▾ or ▸, and the name. */
	readonly title: string;
	readonly children?: ReactNode;
}

/** The heading of a group of fields. */
export const FieldHeading = ({name, here, title, children}: HeadingProps) => (
	<Box ref={useRow(name)} flexShrink={0} height={1}>
		<Fixed tone="accent">{here ? '› ' : '  '}</Fixed>
		<Fixed bold>{title}</Fixed>
		{children}
	</Box>
);
