import {Box} from 'ink';
import type {Menu, MenuChoice} from '../../../ui.ts';
import {useLayout} from '../../components/context.ts';
import {focusMark} from '../../components/rows.ts';
import {LongText, ScrollView, useRow} from '../../components/scroll-view.tsx';
import {widthOf} from '../../components/text.ts';
import {Blank, Pieces, Rows} from '../../components/toned.tsx';
import {rowName} from '../../scroll.ts';
import {menuRows} from './rows.ts';

interface ChoiceProps {
	readonly row: number;
	readonly choice: MenuChoice;
	readonly here: boolean;
}

/** Something to do next, with its key; always one line, with the note if there is room. */
const ChoiceLine = ({row, choice: {key, label, note = ''}, here}: ChoiceProps) => {
	const {width} = useLayout();
	const [mark, letter, beside] = [focusMark(here), `${key}  `, note === '' ? '' : `   ${note}`];
	const fits = widthOf(mark.text + letter + label + beside) <= width;
	const pieces = [mark, {text: letter, tone: 'accent'}, {text: label, bold: here}] as const;
	return (
		<Box ref={useRow(rowName(row))}>
			<Pieces row={fits ? [...pieces, {text: beside, tone: 'quiet'}] : pieces} />
		</Box>
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
