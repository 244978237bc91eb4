import {Box} from 'ink';
import type {Menu, MenuChoice} from '../../../ui.ts';
import {useLayout} from '../../components/context.ts';
import {FocusRow, LongText, ScrollView} from '../../components/scroll-view.tsx';
import {widthOf} from '../../components/text.ts';
import {Blank, Rows} from '../../components/toned.tsx';
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
