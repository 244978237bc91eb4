import type {Menu} from '../../../ui.ts';
import {printable} from '../../../printable.ts';
import {blank, plainRows, type TextRow} from '../../components/rows.ts';
import {cut} from '../../components/text.ts';
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
export const menuRows = (
	{lines, details = [], choices}: Menu,
	{width, bodyHeight, compact}: Layout,
): MenuRows => {
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
