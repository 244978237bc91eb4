import {Box} from 'ink';
import {optionOf, type OptionName} from '../../../../settings/options.ts';
import {entryName} from '../../../../settings/items.ts';
import type {BuildCheck} from '../../../../steps/readiness/build-check.ts';
import type {Problem} from '../../../../settings/problem.ts';
import {useLayout, useWizard} from '../../components/context.ts';
import {focusMark, marks, type Span} from '../../components/rows.ts';
import {visible} from '../../../text.ts';
import {Pieces, Sentence, Toned} from '../../components/toned.tsx';
import {TypedText} from '../../components/typed-text.tsx';
import {itemsWindow, shownItem} from '../../../form/open-items.ts';
import type {FormState} from '../../../form/form.ts';
import {isAbout} from '../../../form/problems.ts';
import type {ItemsOption} from '../../../form/draft.ts';
import type {ItemsState} from '../../../form/items-state.ts';

interface ComplaintsProps {
	readonly texts: readonly string[];
	readonly sign?: '✖' | '!';
}

/** Problems or warnings, below what they are about. */
export const Complaints = ({texts, sign = '✖'}: ComplaintsProps) =>
	texts.map((text, index) => (
		<Sentence key={index} mark={{text: `    ${sign} `, tone: sign === '!' ? 'warn' : 'bad'}}>
			{text}
		</Sentence>
	));

interface ItemProps {
	readonly here: boolean;
	readonly span: Span;
	/** Whether a check has found nothing wrong with it. */
	readonly isFine?: boolean;
}

/** A row below a field: an item, a choice, or what adds an item. */
export const Item = ({here, span, isFine = false}: ItemProps) => (
	<Pieces
		row={[focusMark(here, '    '), {bold: here, ...span}, ...(isFine ? [{...marks.ok, text: '  ✔'}] : [])]}
	/>
);

interface ItemsProps {
	readonly form: FormState;
	readonly name: OptionName;
	readonly items: ItemsState;
	/** Visible rows. */
	readonly height: number;
	/** The problems of the option; each is shown below its row. */
	readonly problems: readonly Problem[];
}

/** An item that is being typed. */
const DraftRow = ({
	items: {draft, waiting},
	option,
}: {
	readonly items: ItemsState;
	readonly option: ItemsOption;
}) => {
	const {width} = useLayout();
	if (!draft) return null;
	return (
		<>
			<Box height={1}>
				<Box flexShrink={0}>
					<Pieces row={[focusMark(true, '    ')]} />
				</Box>
				<TypedText edited={draft} width={width - 8} />
				{draft.text === '' && <Toned tone="quiet">{` ${option.placeholder ?? ''}`}</Toned>}
			</Box>
			{draft.problem !== undefined && <Complaints texts={[draft.problem]} />}
			{waiting.length > 0 && (
				<Complaints
					texts={[`${waiting.length} more ${waiting.length === 1 ? 'line' : 'lines'} to fix.`]}
					sign="!"
				/>
			)}
		</>
	);
};

/** What git has answered for a repository, while it is as it was then. */
const useAnswer = (name: OptionName, text: string | undefined): BuildCheck | undefined => {
	const {builds} = useWizard().state;
	if (name !== 'repositories' || text === undefined) return undefined;
	const entry = entryName(text);
	const isSame = `${entry}=${builds.of?.repositories[entry] ?? ''}` === text;
	return isSame ? builds.repositories[entry]?.[0] : undefined;
};

interface RowProps extends Omit<ItemsProps, 'height'> {
	readonly row: number;
	readonly here: boolean;
}

/** The row of an item; a draft is shown in place of the item that it replaces. */
const ItemRow = ({form, name, items, row, here, problems}: RowProps) => {
	const option = optionOf(name) as ItemsOption;
	const text = items.texts[row];
	const draft = here ? items.draft : undefined;
	const below = problems.filter((one) => isAbout(one, text ?? '')).map(({message}) => message);
	const adds: Span = {text: `+ add a ${option.item}`, ...(!here && {tone: 'quiet'})};
	const span = text === undefined ? adds : {text: visible(shownItem(form, name, text))};
	const answer = useAnswer(name, text);
	return (
		<>
			{draft ? (
				<DraftRow items={items} option={option} />
			) : (
				<Item here={here} span={span} isFine={answer?.level === 'ok'} />
			)}
			{draft?.problem === undefined && <Complaints texts={below} />}
			{answer && answer.level !== 'ok' && <Complaints texts={[answer.message]} sign="!" />}
		</>
	);
};

const More = ({count, arrow}: {readonly count: number; readonly arrow: '↑' | '↓'}) =>
	count > 0 && <Toned tone="quiet">{`      ${arrow} ${count} more`}</Toned>;

/** The rows of an open list or map, those around the focus. */
export const Items = ({height, ...props}: ItemsProps) => {
	const {rows, above, below, focus} = itemsWindow(props.form, props.items, height);
	return (
		<>
			<More count={above} arrow="↑" />
			{rows.map((row) => (
				<ItemRow key={row} {...props} row={row} here={row === focus} />
			))}
			<More count={below} arrow="↓" />
		</>
	);
};
