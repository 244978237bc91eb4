import type xterm from '@xterm/headless';

type Cell = xterm.IBufferCell;

export interface Theme {
	readonly background: string;
	readonly text: string;
	readonly palette: readonly string[];
}

/** What people have: a dark window or a light one, with the colours of a plain xterm, made to be read on each. */
export const themes = {
	dark: {
		background: '#16181d',
		text: '#d8dbe2',
		palette: ['#2b2f38', '#f07178', '#9ece6a', '#e0af68', '#7aa2f7', '#bb9af7', '#56c8d8', '#c8ccd4'],
	},
	light: {
		background: '#fafafa',
		text: '#24292f',
		palette: ['#24292f', '#b3261e', '#22691f', '#8a5300', '#1d4fb8', '#7a2fb0', '#00697a', '#57606a'],
	},
} as const satisfies Readonly<Record<string, Theme>>;

const cellWidth = 8.4;
const lineHeight = 19;
const margin = 16;

const escapeXml = (text: string): string =>
	text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const styleOf = (cell: Cell, theme: Theme): string => {
	const colour = cell.isFgPalette() ? (theme.palette[cell.getFgColor() % 8] ?? theme.text) : theme.text;
	return [
		`fill="${cell.isInverse() ? theme.background : colour}"`,
		...(cell.isBold() ? ['font-weight="bold"'] : []),
		...(cell.isDim() ? ['opacity="0.6"'] : []),
	].join(' ');
};

interface Run {
	readonly style: string;
	readonly from: number;
	readonly text: string;
	/** In cells: a wide character takes two. */
	readonly cells: number;
	readonly inverse: boolean;
}

/** Cells of one look that follow each other, as one piece of text. */
const runsOf = (line: xterm.IBufferLine, theme: Theme): readonly Run[] => {
	const runs: Run[] = [];
	for (let column = 0; column < line.length; column += 1) {
		const cell = line.getCell(column);
		if (!cell || cell.getWidth() === 0) continue;
		const [style, text, inverse] = [styleOf(cell, theme), cell.getChars() || ' ', cell.isInverse() !== 0];
		const last = runs.at(-1);
		if (last?.style === style && last.inverse === inverse)
			runs[runs.length - 1] = {...last, text: last.text + text, cells: last.cells + cell.getWidth()};
		else runs.push({style, from: column, text, cells: cell.getWidth(), inverse});
	}
	return runs.filter((run) => run.inverse || run.text.trim() !== '');
};

/** A cell of the screen, counted from 0. */
interface Position {
	readonly row: number;
	readonly column: number;
}

const drawRun = ({style, from, text, cells, inverse}: Run, row: number, theme: Theme): string => {
	const x = margin + from * cellWidth;
	const y = margin + row * lineHeight;
	const width = cells * cellWidth;
	const block = inverse
		? `<rect x="${x}" y="${y}" width="${width}" height="${lineHeight}" fill="${theme.text}"/>`
		: '';
	return `${block}<text x="${x}" y="${y + 14}" textLength="${width.toFixed(1)}" xml:space="preserve" ${style}>${escapeXml(text)}</text>`;
};

const drawCursor = (buffer: xterm.IBuffer, {row, column}: Position, theme: Theme): string => {
	const under =
		buffer
			.getLine(buffer.baseY + row)
			?.getCell(column)
			?.getChars() || ' ';
	const style = `fill="${theme.background}"`;
	return drawRun({style, from: column, text: under, cells: 1, inverse: true}, row, theme);
};

/** What is on a terminal. */
export interface Shown {
	readonly buffer: xterm.IBuffer;
	readonly size: {readonly cols: number; readonly rows: number};
	/** The cell that the cursor stands on; undefined: it is hidden. */
	readonly cursor: Position | undefined;
}

/** A picture of a terminal's screen. */
export const screenSvg = ({buffer, size: {cols, rows}, cursor}: Shown, theme: Theme): string => {
	const [width, height] = [cols * cellWidth + 2 * margin, rows * lineHeight + 2 * margin];
	const lines = Array.from({length: rows}, (_, row) => buffer.getLine(buffer.baseY + row));
	const drawn = lines.flatMap((line, row) =>
		line ? runsOf(line, theme).map((run) => drawRun(run, row, theme)) : [],
	);
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="DejaVu Sans Mono, Menlo, Consolas, monospace" font-size="14">`,
		`<rect width="100%" height="100%" rx="8" fill="${theme.background}"/>`,
		...drawn,
		...(cursor ? [drawCursor(buffer, cursor, theme)] : []),
		'</svg>',
		'',
	].join('\n');
};
