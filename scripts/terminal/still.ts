import type xterm from '@xterm/headless';

interface Look {
	/** In the palette; absent: the color of plain text. */
	readonly colour?: number;
	readonly bold?: boolean;
	readonly dim?: boolean;
	readonly inverse?: boolean;
}

/** Cells of one look that follow each other, as one piece of text. */
export interface Run extends Look {
	readonly from: number;
	readonly text: string;
	/** In cells: a wide character takes two. */
	readonly cells: number;
}

/** What was on a terminal's screen at one moment. */
export interface Still {
	readonly rows: readonly (readonly Run[])[];
	/** The cell that the cursor stands on; undefined: it is hidden. */
	readonly cursor?: {readonly row: number; readonly under: Run} | undefined;
}

export interface ScreenSize {
	readonly cols: number;
	readonly rows: number;
}

/** A cell of the screen, counted from 0. */
interface Position {
	readonly row: number;
	readonly column: number;
}

const lookOf = (cell: xterm.IBufferCell): Look => ({
	...(cell.isFgPalette() ? {colour: cell.getFgColor()} : {}),
	...(cell.isBold() ? {bold: true} : {}),
	...(cell.isDim() ? {dim: true} : {}),
	...(cell.isInverse() ? {inverse: true} : {}),
});

const looksLike = (one: Look, other: Look): boolean =>
	one.colour === other.colour &&
	one.bold === other.bold &&
	one.dim === other.dim &&
	one.inverse === other.inverse;

/** Words of one look stay together; wider gaps are between columns. */
const widestGap = 2;

/** The runs of a line without the blanks around them: whether those were drawn or erased is a matter of time. */
const runsOf = (line: xterm.IBufferLine): readonly Run[] => {
	const runs: Run[] = [];
	for (let column = 0; column < line.length; column += 1) {
		const cell = line.getCell(column);
		if (!cell || cell.getWidth() === 0) continue;
		const [look, text, cells] = [lookOf(cell), cell.getChars() || ' ', cell.getWidth()];
		if (text === ' ' && look.inverse !== true) continue;
		const last = runs.at(-1);
		const gap = last ? column - last.from - last.cells : Infinity;
		if (last && gap <= widestGap && looksLike(last, look))
			runs[runs.length - 1] = {
				...last,
				text: last.text + ' '.repeat(gap) + text,
				cells: last.cells + gap + cells,
			};
		else runs.push({from: column, text, cells, ...look});
	}
	return runs;
};

const runUnder = (buffer: xterm.IBuffer, {row, column}: Position): Run => {
	const cell = buffer.getLine(buffer.baseY + row)?.getCell(column);
	return {from: column, text: cell?.getChars() || ' ', cells: 1, inverse: true};
};

/** Keeps what a terminal shows now. */
export const stillOf = (buffer: xterm.IBuffer, rows: number, cursor: Position | undefined): Still => ({
	rows: Array.from({length: rows}, (_, row) => {
		const line = buffer.getLine(buffer.baseY + row);
		return line ? runsOf(line) : [];
	}),
	cursor: cursor && {row: cursor.row, under: runUnder(buffer, cursor)},
});
