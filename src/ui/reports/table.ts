import stringWidth from 'string-width';
import {wrapSentence} from '../printable.ts';

/** One fact, with a mark if it is good or bad. */
export interface Row {
	readonly mark: '✔' | '!' | '✖' | ' ';
	readonly label: string;
	readonly value: string;
}

/** With fewer columns than this beside the label, the value goes below it. */
const leastBeside = 40;

const below = ({mark, label, value}: Row, columns: number): readonly string[] => [
	`${mark} ${label}`,
	...wrapSentence(value, columns - 4).map((line) => `    ${line}`),
];

const linesOf = (row: Row, labelColumns: number, columns: number): readonly string[] => {
	const {mark, label, value} = row;
	const whole = `${mark} ${label.padEnd(labelColumns)}  ${value}`;
	if (stringWidth(whole) <= columns) return [whole];
	const indent = labelColumns + 4;
	if (columns - indent < leastBeside) return below(row, columns);
	const [first = '', ...rest] = wrapSentence(value, columns - indent);
	return [
		`${mark} ${label.padEnd(labelColumns)}  ${first}`,
		...rest.map((line) => ' '.repeat(indent) + line),
	];
};

/** One row below the other, values aligned; lines are folded only if the terminal's `columns` are known. */
export const tableLines = (rows: readonly Row[], columns = Infinity): readonly string[] => {
	const labelColumns = Math.max(...rows.map(({label}) => label.length));
	return rows.flatMap((row) => linesOf(row, labelColumns, columns));
};
