import {Writable} from 'node:stream';

/** xterm's control sequences (ctlseqs); what a terminal does not know of them it passes over. */
const sequence = {
	alternateScreen: {on: '\u001B[?1049h', off: '\u001B[?1049l'},
	bracketedPaste: {on: '\u001B[?2004h', off: '\u001B[?2004l'},
	cursor: {on: '\u001B[?25h', off: '\u001B[?25l'},
	synchronized: {on: '\u001B[?2026h', off: '\u001B[?2026l'},
	clear: '\u001B[2J',
	eraseLine: '\u001B[2K',
	lineStart: (row: number) => `\u001B[${row};1H`,
} as const;

export interface Terminal {
	/** Where Ink writes its frames, each of them whole. */
	readonly frames: NodeJS.WriteStream;
	/** Takes the screen; what was on it comes back with close. It can be taken again afterwards. */
	readonly open: () => void;
	readonly close: () => void;
	/** Everything has to be drawn anew: the terminal has another size. */
	readonly forget: () => void;
}

/** Only what has changed is written: nothing flickers, and the person's scrollback is never touched. */
const changesBetween = (before: readonly string[], after: readonly string[]): string =>
	Array.from({length: Math.max(before.length, after.length)}, (_, row) =>
		before[row] === after[row] ? '' : sequence.lineStart(row + 1) + sequence.eraseLine + (after[row] ?? ''),
	).join('');

/** Ink asks the stream for its width, and writes a whole frame with each write. */
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
export const terminalOf = (stdin: NodeJS.ReadStream, stdout: NodeJS.WriteStream): Terminal => {
	let shown: readonly string[] = [];
	let state: 'new' | 'open' | 'closed' = 'new';
	const draw = (frame: string): void => {
		const lines = frame.split('\n').slice(0, stdout.rows);
		const changes = changesBetween(shown, lines);
		shown = lines;
		if (state !== 'open' || changes === '') return;
		stdout.write(sequence.synchronized.on + changes + sequence.synchronized.off);
	};
	return {
		frames: frameStream(stdout, draw),
		open: () => {
			state = 'open';
			shown = [];
			// Ink does this too, but after its first frame: a key pressed at once would be echoed, and Ctrl-C a signal.
			if (stdin.isTTY) stdin.setRawMode(true);
			const {alternateScreen, bracketedPaste, cursor, clear} = sequence;
			stdout.write(alternateScreen.on + bracketedPaste.on + cursor.off + clear);
		},
		close: () => {
			if (state !== 'open') return;
			state = 'closed';
			const {alternateScreen, bracketedPaste, cursor} = sequence;
			stdout.write(bracketedPaste.off + alternateScreen.off + cursor.on);
			// Ink does this as well, but only when React comes round to it.
			if (stdin.isTTY) stdin.setRawMode(false);
		},
		forget: () => {
			shown = [];
			if (state === 'open') stdout.write(sequence.clear);
		},
	};
};
