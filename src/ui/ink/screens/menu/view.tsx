import {Box} from 'ink';
import type {Menu, MenuChoice} from '../../../ui.ts';
import {useLayout} from '../../components/context.ts';
import {blank, plainRows, type TextRow} from '../../components/rows.ts';
import {FocusRow, LongText, ScrollView} from '../../components/scroll-view.tsx';
import {widthOf, cut, printable} from '../../../text.ts';
import {Blank, Rows} from '../../components/toned.tsx';
import {rowName} from '../../scroll.ts';
import type {Layout} from '../../layout.ts';

const textRows = (lines: readonly string[], width: number): readonly TextRow[] =>
	lines.flatMap((line) => plainRows(printable(line), width));

/** With less, the choices scroll with the lines. */
const leastScrolling = 3;

/** A heading, one line and how many more there are. */
const leastDetails = 3;

/** Each on one row, as many as there is room for; all of them if that is too little. */
const detailRows = (details: readonly string[], room: number, width: number): readonly TextRow[] => {
	const rows = details.map((line): TextRow => [{text: cut(printable(line), width)}]);
	if (rows.length <= room || room < leastDetails) return rows;
	const shown = rows.slice(0, room - 1);
	return [...shown, [{text: `  … and ${rows.length - shown.length} more`, tone: 'quiet'}]];
};

interface MenuRows {
	/** Always visible, at the top. */
	readonly head: readonly TextRow[];
	/** These scroll. */
	readonly rest: readonly TextRow[];
	/** Whether the choices, too, are always visible; otherwise they scroll above the rest. */
	readonly fits: boolean;
}

/** A menu in the window: the state or the cause is always visible, and so are the choices if there is room. */
const menuRows = ({lines, details = [], choices}: Menu, {width, bodyHeight, compact}: Layout): MenuRows => {
	const end = lines.includes('') ? lines.indexOf('') : lines.length;
	const first = textRows(lines.slice(0, end), width);
	const head = first.slice(0, Math.max(1, Math.floor(bodyHeight * 0.4)));
	const room = bodyHeight - head.length - choices.length - (compact ? 0 : 2);
	const fits = room >= leastScrolling;
	const text = [...first.slice(head.length), ...textRows(lines.slice(end + 1), width)];
	const between = text.length > 0 && details.length > 0 ? [blank] : [];
	const left = fits ? room - text.length - between.length : Infinity;
	return {head, fits, rest: [...text, ...between, ...detailRows(details, left, width)]};
};

interface ChoiceProps {
	readonly row: number;
	readonly choice: MenuChoice;
	readonly here: boolean;
}

/** Something to do next, with its key; always one line, with the note if there is room. */
const ChoiceLine = ({row, choice: {key, label, note = ''}, here}: ChoiceProps) => {
	const {width} = useLayout();
	const [letter, beside] = [`${key}  `, note === '' ? '' : `   ${note}`];
	const fits = 2 + widthOf(letter + label + beside) <= width;
	const pieces = [
		{text: letter, tone: 'accent'},
		{text: label, bold: here},
	] as const;
	return (
		<FocusRow
			name={rowName(row)}
			here={here}
			row={fits ? [...pieces, {text: beside, tone: 'quiet'}] : pieces}
		/>
	);
};

/** The state of the service, or a failed run; and below it what can be done next. */
export const MenuView = ({menu, row}: {readonly menu: Menu; readonly row: number}) => {
	const layout = useLayout();
	const {head, rest, fits} = menuRows(menu, layout);
	const choices = menu.choices.map((choice, index) => (
		<ChoiceLine key={choice.value} row={index} choice={choice} here={index === row} />
	));
	return (
		<>
			<Box flexDirection="column" flexShrink={0}>
				<Rows rows={head} />
				{!layout.compact && <Blank />}
			</Box>
			<ScrollView>
				{!fits && choices}
				{!fits && <Blank />}
				<LongText rows={rest} />
			</ScrollView>
			<Box flexDirection="column" flexShrink={0}>
				{fits && !layout.compact && <Blank />}
				{fits && choices}
			</Box>
		</>
	);
};
