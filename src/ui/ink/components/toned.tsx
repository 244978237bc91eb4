import {Text} from 'ink';
import type {ReactNode} from 'react';
import {useLayout, useWizard} from './context.ts';
import {codeRows, sentenceRows, type TextRow, type RowShape, type Span} from './rows.ts';

/** The colors of the tones, from the sixteen that every terminal has; the quiet tone is dim instead. */
const colours = {good: 'green', warn: 'yellow', bad: 'red', accent: 'cyan'} as const;

interface TonedProps extends Omit<Span, 'text'> {
	readonly children: ReactNode;
}

/** Text on one line, cut at the edge, in the color of its meaning; may be a part of another. */
export const Toned = ({tone, bold = false, underline = false, children}: TonedProps) => {
	const {colour} = useWizard();
	const shown = colour && tone && tone !== 'quiet' ? {color: colours[tone]} : {};
	return (
		<Text wrap="truncate" {...shown} dimColor={tone === 'quiet'} bold={bold} underline={underline}>
			{children}
		</Text>
	);
};

/** Pieces of text on one line. */
export const Pieces = ({row}: {readonly row: TextRow}) => (
	<Text wrap="truncate">
		{row.map(({text, ...style}, index) => (
			<Toned key={index} {...style}>
				{text}
			</Toned>
		))}
		{row.length === 0 && ' '}
	</Text>
);

export const Rows = ({rows}: {readonly rows: readonly TextRow[]}) =>
	rows.map((row, index) => <Pieces key={index} row={row} />);

export const Blank = () => <Text> </Text>;

type Wrapped = Omit<RowShape, 'width'> & {readonly children: string};

/** A sentence, wrapped between words. */
export const Sentence = ({children, ...shape}: Wrapped) => {
	const {width} = useLayout();
	return <Rows rows={sentenceRows(children, {width, ...shape})} />;
};

/** A command or a line of a file, complete. */
export const Code = ({children, ...shape}: Wrapped) => {
	const {width} = useLayout();
	return <Rows rows={codeRows(children, {width, ...shape})} />;
};
