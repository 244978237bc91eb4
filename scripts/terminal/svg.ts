import type {Run, ScreenSize, Still} from './still.ts';

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
export const lineHeight = 19;
export const margin = 16;

const escapeXml = (text: string): string =>
	text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const styleOf = ({colour, bold, dim, inverse}: Run, theme: Theme): string => {
	const own = colour === undefined ? theme.text : (theme.palette[colour % 8] ?? theme.text);
	return [
		`fill="${inverse ? theme.background : own}"`,
		...(bold ? ['font-weight="bold"'] : []),
		...(dim ? ['opacity="0.6"'] : []),
	].join(' ');
};

/** A piece of text whose line begins at a height. */
export const drawRun = (run: Run, y: number, theme: Theme): string => {
	const x = margin + run.from * cellWidth;
	const width = run.cells * cellWidth;
	const block = run.inverse
		? `<rect x="${x}" y="${y}" width="${width}" height="${lineHeight}" fill="${theme.text}"/>`
		: '';
	return `${block}<text x="${x}" y="${y + 14}" textLength="${width.toFixed(1)}" xml:space="preserve" ${styleOf(run, theme)}>${escapeXml(run.text)}</text>`;
};

/** How large the picture of a screen is. */
export const pictureSize = ({cols, rows}: ScreenSize): {readonly width: number; readonly height: number} => ({
	width: cols * cellWidth + 2 * margin,
	height: rows * lineHeight + 2 * margin,
});

/** A drawing in the size of a screen, on the background of a window. */
export const windowSvg = (size: ScreenSize, theme: Theme, drawn: readonly string[]): string => {
	const {width, height} = pictureSize(size);
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="DejaVu Sans Mono, Menlo, Consolas, monospace" font-size="14">`,
		`<rect width="100%" height="100%" rx="8" fill="${theme.background}"/>`,
		...drawn,
		'</svg>',
		'',
	].join('\n');
};

const lineAt = (row: number): number => margin + row * lineHeight;

/** A picture of a terminal's screen. */
export const screenSvg = ({rows, cursor}: Still, size: ScreenSize, theme: Theme): string =>
	windowSvg(size, theme, [
		...rows.flatMap((runs, row) => runs.map((run) => drawRun(run, lineAt(row), theme))),
		...(cursor ? [drawRun(cursor.under, lineAt(cursor.row), theme)] : []),
	]);
