import {Chalk} from 'chalk';
import {Writable} from 'node:stream';
import {cut, lineWidth, type Line, type Span, colours} from '../components/line.ts';

/** The line, cut to the width; a terminal would wrap it. */
const fitted = (line: Line, width: number): Line => {
	if (lineWidth(line) <= width) return line;
	const spans: Span[] = [];
	let room = width;
	for (const span of line) {
		if (room <= 0) break;
		const text = cut(span.text, room);
		spans.push({...span, text});
		if (text !== span.text) break;
		room -= lineWidth([span]);
	}
	return spans;
};

/** Lines of the screen as text for a terminal, as Ink draws them: for the frames before Ink is loaded. */
export const frameText = (
	lines: readonly Line[],
	{width, colour}: {readonly width: number; readonly colour: boolean},
): string => {
	// Bold and dim text do not depend on colors.
	const chalk = new Chalk({level: 1});
	const piece = ({text, tone, bold}: Span): string => {
		if (text.trim() === '') return text;
		const toned = tone === 'quiet' ? chalk.dim(text) : colour && tone ? chalk[colours[tone]](text) : text;
		return bold ? chalk.bold(toned) : toned;
	};
	return lines.map((line) => fitted(line, width).map(piece).join('')).join('\n');
};

/** xterm's control sequences (ctlseqs); a terminal ignores those that it does not know. */
const sequence = {
	alternateScreen: {on: '\u001B[?1049h', off: '\u001B[?1049l'},
	bracketedPaste: {on: '\u001B[?2004h', off: '\u001B[?2004l'},
	cursor: {on: '\u001B[?25h', off: '\u001B[?25l'},
	synchronized: {on: '\u001B[?2026h', off: '\u001B[?2026l'},
	clear: '\u001B[2J',
	eraseLine: '\u001B[2K',
	to: (row: number, column: number) => `\u001B[${row + 1};${column + 1}H`,
} as const;

/** A cell of the screen, counted from 0. */
export interface Cell {
	readonly row: number;
	readonly column: number;
}

export interface Terminal {
	/** Where Ink writes its frames, each of them whole. */
	readonly frames: NodeJS.WriteStream;
	/** Takes the screen; release restores what was on it. */
	readonly take: () => void;
	readonly release: () => void;
	/** Where the cursor is in the next frame; undefined: it is hidden. */
	readonly placeCursor: (cell: Cell | undefined) => void;
	/** The size of the terminal has changed: everything must be redrawn. */
	readonly forget: () => void;
}

/** Writes only the changes: nothing flickers, and the scrollback is never touched. */
const changesBetween = (before: readonly string[], after: readonly string[]): string =>
	Array.from({length: Math.max(before.length, after.length)}, (_, row) =>
		before[row] === after[row] ? '' : sequence.to(row, 0) + sequence.eraseLine + (after[row] ?? ''),
	).join('');

const cursorAt = (cell: Cell | undefined): string =>
	cell ? sequence.to(cell.row, cell.column) + sequence.cursor.on : '';

const isSame = (one: Cell | undefined, other: Cell | undefined): boolean =>
	one?.row === other?.row && one?.column === other?.column;

/** Ink reads the width of the stream, and writes a whole frame at a time. */
const frameStream = (stdout: NodeJS.WriteStream, draw: (frame: string) => void): NodeJS.WriteStream => {
	const stream = new Writable({
		decodeStrings: false,
		write: (frame: string, _encoding, done) => {
			draw(frame);
			done();
		},
	});
	Object.defineProperties(stream, {
		columns: {get: () => stdout.columns},
		rows: {get: () => stdout.rows},
	});
	return stream as unknown as NodeJS.WriteStream;
};

/**
 * The screen of the wizard. Ink's own way of redrawing counts lines backwards from the cursor and clears the
 * scrollback when a frame is higher than a window that has just shrunk; here each line has its fixed place.
 */
export const terminalOf = (stdout: NodeJS.WriteStream): Terminal => {
	const nothing = {lines: [] as readonly string[], cursor: undefined as Cell | undefined};
	let shown = nothing;
	let wanted = nothing;
	let taken = false;
	let pending = false;
	const flush = (): void => {
		pending = false;
		const changes = changesBetween(shown.lines, wanted.lines);
		if (!taken || (changes === '' && isSame(shown.cursor, wanted.cursor))) return;
		shown = wanted;
		const {synchronized, cursor} = sequence;
		stdout.write(synchronized.on + cursor.off + changes + cursorAt(shown.cursor) + synchronized.off);
	};
	/** A frame and its cursor arrive one after the other, and are written together. */
	const want = (change: Partial<typeof nothing>): void => {
		wanted = {...wanted, ...change};
		if (!pending) queueMicrotask(flush);
		pending = true;
	};
	const {alternateScreen, bracketedPaste, cursor, clear} = sequence;
	return {
		frames: frameStream(stdout, (frame) => want({lines: frame.split('\n').slice(0, stdout.rows)})),
		placeCursor: (cell) => want({cursor: cell}),
		take: () => {
			taken = true;
			shown = nothing;
			stdout.write(alternateScreen.on + bracketedPaste.on + cursor.off + clear);
			want({});
		},
		release: () => {
			if (!taken) return;
			taken = false;
			stdout.write(bracketedPaste.off + alternateScreen.off + cursor.on);
		},
		forget: () => {
			shown = nothing;
			if (taken) stdout.write(cursor.off + clear);
		},
	};
};
