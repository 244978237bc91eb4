import {widthOf, wrapCode, wrapWords} from '../../text.ts';

/** The meaning of a piece of text as a color; never the only sign of that meaning. */
export type Tone = 'good' | 'warn' | 'bad' | 'accent' | 'quiet';

export interface Span {
	readonly text: string;
	readonly tone?: Tone;
	readonly bold?: boolean;
	readonly underline?: boolean;
}

/** A line of a text on the screen: long texts are cut into them, so that only visible ones are drawn. */
export type TextRow = readonly Span[];

export interface RowShape {
	readonly width: number;
	/** Before the first row; the others are indented. */
	readonly mark?: Span;
	readonly style?: Omit<Span, 'text'>;
}

export const blank: TextRow = [];

/** The marks of what is fine, of what needs attention and of what is wrong. */
export const marks = {
	ok: {text: '✔ ', tone: 'good'},
	note: {text: '! ', tone: 'warn'},
	warning: {text: '! ', tone: 'warn'},
	error: {text: '✖ ', tone: 'bad'},
} as const satisfies Readonly<Record<string, Span>>;

/** The mark of the row with the focus. */
export const focusMark = (here: boolean, indent = ''): Span => ({
	text: `${indent}${here ? '› ' : '  '}`,
	tone: 'accent',
});

/** A sentence with a mark before it. */
export const sentenceRows = (text: string, {width, mark, style}: RowShape): readonly TextRow[] => {
	const indent = widthOf(mark?.text ?? '');
	return wrapWords(text, width - indent).map((part, index) => [
		...(mark ? [index === 0 ? mark : {text: ' '.repeat(indent)}] : []),
		{text: part, ...style},
	]);
};

/** A line of a file or a command, complete. */
export const codeRows = (text: string, {width, mark, style}: RowShape): readonly TextRow[] =>
	wrapCode(text, width, mark?.text ?? '').map((line, index) => [
		{...(index === 0 && mark), text: line, ...style},
	]);

export const heading = (text: string, width: number): readonly TextRow[] =>
	sentenceRows(text, {width, style: {bold: true}});

/** Asks for the colored form of a sign, which is one column wide in some terminals and two in others (UAX #11). */
const colouredForm = '\uFE0F';

/** Plain text of others: a mark gets its color, and indented lines wrap as code, so nothing of them is lost. */
export const plainRows = (given: string, width: number): readonly TextRow[] => {
	const text = given.replaceAll(colouredForm, '');
	const mark = Object.values(marks).find((one) => text.startsWith(one.text));
	const indent = /^ */u.exec(text)?.[0] ?? '';
	if (text === '') return [blank];
	if (mark) return sentenceRows(text.slice(mark.text.length), {width, mark});
	return indent === ''
		? sentenceRows(text, {width})
		: codeRows(text.slice(indent.length), {width, mark: {text: indent}});
};

/** A line of output, and its rows in the window as it is now: wrapping all lines for every new one would take long. */
export interface OutputLine {
	readonly text: string;
	readonly rows: readonly TextRow[];
}
