import chalk from 'chalk';
import {Text} from 'ink';
import {useLayout, useWizard} from './context.ts';
import {codeRows, sentenceRows, type TextRow, type RowShape, type Span} from './rows.ts';

/** The colors of the tones, from the sixteen that every terminal has; the quiet tone is dim instead. */
const colours = {good: 'green', warn: 'yellow', bad: 'red', accent: 'cyan'} as const;

/** A piece of text in its style; bold and dim do not depend on colors. */
const styled = ({text, tone, bold, underline}: Span, colour: boolean): string => {
	let style = chalk;
	if (tone === 'quiet') style = style.dim;
	else if (tone && colour) style = style[colours[tone]];
	if (bold) style = style.bold;
	return (underline ? style.underline : style)(text);
};

/** Pieces of text on one line, cut at the edge. For Ink they are one text: it takes longer for texts in a text. */
export const Pieces = ({row}: {readonly row: TextRow}) => {
	const {colour} = useWizard();
	return <Text wrap="truncate">{row.map((span) => styled(span, colour)).join('') || ' '}</Text>;
};

interface TonedProps extends Omit<Span, 'text'> {
	readonly children: string;
}

/** A text on one line, in the color of its meaning. */
export const Toned = ({children, ...style}: TonedProps) => <Pieces row={[{text: children, ...style}]} />;

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
