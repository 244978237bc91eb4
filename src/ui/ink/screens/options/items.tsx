import {optionOf, type OptionName} from '../../../../settings/options.ts';
import type {Problem} from '../../../../settings/problem.ts';
import {useLayout} from '../../components/context.ts';
import {Complaints, DraftItem, Item, ListEditor} from '../../components/list-editor.tsx';
import {visible} from '../../components/text.ts';
import {TypedText} from '../../components/typed-text.tsx';
import {shownItem} from './form-items.ts';
import type {FormState} from './form-model.ts';
import {isAbout} from './form-problems.ts';
import type {ItemsOption} from './item-problem.ts';
import type {Draft, ItemsState} from './items-state.ts';
import {itemsWindow} from './items-window.ts';

interface DraftProps {
	readonly draft: Draft;
	readonly placeholder: string;
	/** Lines of a paste that still have problems. */
	readonly waiting: number;
}

const DraftRow = ({draft, placeholder, waiting}: DraftProps) => {
	const {width} = useLayout();
	return (
		<>
			<DraftItem placeholder={draft.text === '' ? ` ${placeholder}` : ''}>
				<TypedText edited={draft} width={width - 8} />
			</DraftItem>
			{draft.problem !== undefined && <Complaints texts={[draft.problem]} />}
			{waiting > 0 && <Complaints texts={[`${waiting} more to fix after this one.`]} sign="!" />}
		</>
	);
};

interface ItemsProps {
	readonly form: FormState;
	readonly name: OptionName;
	readonly items: ItemsState;
	/** Visible rows. */
	readonly height: number;
	/** The problems of the option; each is shown below its row. */
	readonly problems: readonly Problem[];
}

/** The row of an item; a draft is shown in place of the item that it replaces. */
const ItemRow = ({
	form,
	name,
	items,
	row,
	here,
	problems,
}: Omit<ItemsProps, 'height'> & {readonly row: number; readonly here: boolean}) => {
	const option = optionOf(name) as ItemsOption;
	const {draft, texts, waiting} = items;
	const text = texts[row];
	const below = problems.filter((one) => isAbout(one, text ?? '')).map(({message}) => message);
	const typing = here ? draft : undefined;
	const adds = {text: `+ add a ${option.item}`, ...(!here && ({tone: 'quiet'} as const))};
	const span = text === undefined ? adds : {text: visible(shownItem(form, name, text))};
	return (
		<>
			{typing && <DraftRow draft={typing} placeholder={option.placeholder ?? ''} waiting={waiting.length} />}
			{!typing && <Item here={here} span={span} />}
			{typing?.problem === undefined && <Complaints texts={below} />}
		</>
	);
};

/** The rows of an open list or map, those around the focus. */
export const Items = ({height, ...props}: ItemsProps) => {
	const {count, from, to, itemAt, focus} = itemsWindow(props.form, props.items, height);
	return (
		<ListEditor above={from} below={count - to}>
			{Array.from({length: to - from}, (_, offset) => itemAt(from + offset)).map((row) => (
				<ItemRow key={row} {...props} row={row} here={row === focus} />
			))}
		</ListEditor>
	);
};
