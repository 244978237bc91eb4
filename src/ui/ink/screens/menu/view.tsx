import type {Menu} from '../../../ui.ts';
import {printable} from '../../../printable.ts';
import {ChoiceRow} from '../../components/choice.tsx';
import {useLayout} from '../../components/context.ts';
import {plainRows, type TextRow} from '../../components/rows.ts';
import {Body, LongText, ScrollView} from '../../components/scroll-view.tsx';
import {Running} from '../../components/task-list.tsx';
import {Rows} from '../../components/toned.tsx';
import type {Watched} from '../../wizard-model.ts';

const textRows = (lines: readonly string[], width: number): readonly TextRow[] =>
	lines.flatMap((line) => plainRows(printable(line), width));

/** The state of the service, or a failed run; and below it what can be done next. */
export const MenuView = ({menu, row}: {readonly menu: Menu; readonly row: number}) => {
	const {width} = useLayout();
	const [first = '', ...rest] = menu.lines;
	return (
		<Body
			lead={<Rows rows={textRows([first], width)} />}
			foot={menu.choices.map(({value, label, note}, index) => (
				<ChoiceRow key={value} row={index} label={label} note={note} here={index === row} />
			))}
		>
			<LongText rows={textRows(rest, width)} />
		</Body>
	);
};

/** The output of something that runs. */
export const WatchingView = ({watched: {what, lines}}: {readonly watched: Watched}) => {
	const {width} = useLayout();
	return (
		<ScrollView>
			<Running>{`${what}…`}</Running>
			<LongText rows={textRows(lines, width)} />
		</ScrollView>
	);
};
