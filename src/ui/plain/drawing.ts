import {Writable} from 'node:stream';
import stringWidth from 'string-width';

/** A prompt as Inquirer draws it: what is erased, the text, how far up the cursor goes, and its column. */
const frame =
	/^((?:\u001B\[\d+B)?(?:\u001B\[2K(?:\u001B\[1A)?)*(?:\u001B\[G)?)([^\u001B]*)((?:\u001B\[\d+A)?)\u001B\[(\d+)G$/u;

const cursorMove = /^\u001B\[\d+G$/u;

/** What follows the answer: the cursor was never hidden, and a new line begins in the first column anyway. */
const done = '\n\u001B[G\u001B[?25h';

/** The text before the cursor if there is none after it; undefined: the cursor is within the text. */
const textBefore = (text: string, up: string, column: number): string | undefined => {
	const gap = column - 1 - stringWidth(text.slice(text.lastIndexOf('\n') + 1));
	return up === '' && gap >= 0 ? text + ' '.repeat(gap) : undefined;
};

/** Where one prompt is drawn, frame by frame. */
interface Pen {
	readonly draw: (drawn: string) => void;
	/** Something else was written: draws the last frame again below it. */
	readonly again: () => void;
}

type Write = (text: string) => void;

/**
 * Inquirer redraws the whole prompt at each key, and a screen reader reads all of it again. Here a prompt that only grows
 * is written as it grows, so only text is written until the person edits it.
 */
const growing = (write: Write): Pen => {
	let shown: string | undefined = '';
	let move: string | undefined;
	let last = '';
	const moveCursor = (): void => {
		if (move === undefined) return;
		write(move);
		[move, shown] = [undefined, undefined];
	};
	const draw = (drawn: string): void => {
		if (cursorMove.test(drawn)) {
			// If the same key also changes the text, the next frame says where the cursor is.
			move = drawn;
			queueMicrotask(moveCursor);
			return;
		}
		move = undefined;
		const [, erase = '', text = '', up = '', column = '0'] = frame.exec(drawn) ?? [];
		const next = textBefore(text, up, Number(column));
		if (drawn.endsWith(done)) write(`${drawn.slice(0, -done.length)}\n`);
		else if (next !== undefined && shown !== undefined && next.startsWith(shown))
			write(next.slice(shown.length));
		else write(drawn);
		shown = next;
		last = next ?? drawn.slice(erase.length);
	};
	return {draw, again: () => write(last)};
};

/** The question alone: the terminal itself shows what is typed. */
const once = (write: Write): Pen => {
	const {draw, again} = growing(write);
	let isAsked = false;
	const drawOnce = (drawn: string): void => {
		if (!isAsked) draw(drawn);
		isAsked = true;
	};
	return {draw: drawOnce, again};
};

/** A stream for Inquirer to draw one prompt on. */
export const drawingOn = (
	stdout: NodeJS.WriteStream,
	raw: boolean,
): {readonly stream: NodeJS.WritableStream; readonly again: () => void} => {
	const {draw, again} = (raw ? growing : once)((text) => stdout.write(text));
	const stream = new Writable({
		decodeStrings: false,
		write: (drawn: string, _encoding, written) => {
			draw(drawn);
			written();
		},
	});
	Object.defineProperties(stream, {columns: {get: () => stdout.columns}, rows: {get: () => stdout.rows}});
	return {stream, again};
};
