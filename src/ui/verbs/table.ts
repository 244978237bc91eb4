import stringWidth from 'string-width';

/** One fact, with its mark where it is good or bad. */
export interface Row {
	readonly mark: '✔' | '!' | '✖' | ' ';
	readonly label: string;
	readonly value: string;
}

/** Words on lines of at most this many characters; a longer word, which is to be copied, has a line of its own. */
const wrapped = (text: string, columns: number): readonly string[] =>
	text.split(' ').reduce<readonly string[]>((lines, word) => {
		const last = lines.at(-1);
		if (last === undefined || stringWidth(last) + stringWidth(word) + 1 > columns) return [...lines, word];
		return [...lines.slice(0, -1), `${last} ${word}`];
	}, []);

/** Under this many characters beside the label, a value stands below it. */
const leastBeside = 40;

const below = ({mark, label, value}: Row, columns: number): readonly string[] => [
	`${mark} ${label}`,
	...wrapped(value, columns - 4).map((line) => `    ${line}`),
];

const linesOf = (row: Row, labelColumns: number, columns: number): readonly string[] => {
	const {mark, label, value} = row;
	const whole = `${mark} ${label.padEnd(labelColumns)}  ${value}`;
	if (stringWidth(whole) <= columns) return [whole];
	const indent = labelColumns + 4;
	if (columns - indent < leastBeside) return below(row, columns);
	const [first = '', ...rest] = wrapped(value, columns - indent);
	return [
		`${mark} ${label.padEnd(labelColumns)}  ${first}`,
		...rest.map((line) => ' '.repeat(indent) + line),
	];
};

/** Facts below each other, their values aligned; lines are divided only where the terminal's `columns` are known. */
export const tableLines = (rows: readonly Row[], columns = Infinity): readonly string[] => {
	const labelColumns = Math.max(...rows.map(({label}) => label.length));
	return rows.flatMap((row) => linesOf(row, labelColumns, columns));
};
