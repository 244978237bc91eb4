// What Ink lacks: it draws a change before layout effects have run, and what they change (how far the lines are scrolled)
// in a second frame. This keeps the first one until the second is drawn, and makes one of both.
//
// It also repeats styles in which nothing is visible, writes all blanks of a line that it has just erased, and
// moves the cursor once for each line that stays. Over a slow connection, a person waits for each byte.

/** What the SGR sequences of the wizard set (ctlseqs): a color, bold and dim. */
interface Style {
	readonly colour: string;
	readonly bold: boolean;
	readonly dim: boolean;
}

const plain: Style = {colour: '39', bold: false, dim: false};

const styleAfter = (style: Style, code: string): Style => {
	switch (code) {
		case '1':
			return {...style, bold: true};
		case '2':
			return {...style, dim: true};
		case '22':
			return {...style, bold: false, dim: false};
		default:
			return {...style, colour: code};
	}
};

/** The sequence that leads from one style to another. */
const changedCells = (from: Style, to: Style): string => {
	const isReset = (from.bold && !to.bold) || (from.dim && !to.dim);
	const codes = [
		...(isReset ? ['22'] : []),
		...(to.bold && (isReset || !from.bold) ? ['1'] : []),
		...(to.dim && (isReset || !from.dim) ? ['2'] : []),
		...(to.colour === from.colour ? [] : [to.colour]),
	];
	return codes.length > 0 ? `\u001B[${codes.join(';')}m` : '';
};

/** A style with its code, another control sequence, or text. */
const pieces =
	/\u001B\[(1|2|22|3[0-79]|9[0-7])m|\u001B\[[0-?]*[ -\/]*[@-~]|\u001B\][^\u0007\u001B]*|\u001B[^[\]]?|[^\u001B]+/gu;

/** The styles where something is visible in them. At the end it is plain again, as it was before. */
const withFewerStyles = (text: string): string => {
	let [shown, wanted] = [plain, plain];
	const show = (piece: string): string => {
		const sequence = changedCells(shown, wanted);
		shown = wanted;
		return sequence + piece;
	};
	const restyled = text.replaceAll(pieces, (piece, code?: string) => {
		if (code === undefined) return piece.startsWith('\u001B') || piece.trim() === '' ? piece : show(piece);
		wanted = styleAfter(wanted, code);
		return '';
	});
	return restyled + show('');
};

const erased = '\u001B[K';

/** Blanks in the rest of a line that was erased: the cursor moves over them. */
const withFewerBlanks = (line: string): string => {
	const [before = '', ...after] = line.split(erased);
	const rest = after.map((part) => part.replaceAll(/ {5,}/gu, ({length}) => `\u001B[${length}C`));
	return [before, ...rest].join(erased);
};

const cursorLines = /(?:\u001B\[E){2,}/gu;

/** The same picture in fewer bytes. */
export const inFewerBytes = (frame: string): string =>
	withFewerStyles(frame)
		.split('\r\n')
		.map(withFewerBlanks)
		.join('\r\n')
		.replaceAll('\r\n\u001B[1G', '\r\n')
		.replaceAll(cursorLines, (moves) => `\u001B[${moves.length / 3}E`);

/** If nothing changes on the screen after all. */
const givenUpAfterMs = 50;

/** The end of a synchronized update, and the beginning of the next one (mode 2026, which Ink uses for each frame). */
const betweenFrames = '\u001B[?2026l\u001B[?2026h';

export interface WholeFrames {
	/** The terminal, for everything that is written while the wizard has it. */
	readonly stdout: NodeJS.WriteStream;
	/** Keeps what is written from now on; `scrolls`: the scroll position changed. */
	readonly hold: (scrolls: boolean) => void;
	/** The change is laid out: what was kept is written, as soon as the other frame is there. */
	readonly settle: () => void;
	/** Writes it now. */
	readonly release: () => void;
}

interface Held {
	text: string;
	readonly written: (() => void)[];
	readonly timer: NodeJS.Timeout;
	/** Whether another frame follows. */
	waits: boolean;
}

/** The terminal with another way to write to it. */
const withWrite = (terminal: NodeJS.WriteStream, write: (text: string, then?: () => void) => boolean) =>
	new Proxy(terminal, {
		get: (_, name): unknown => {
			if (name === 'write') return write;
			const value: unknown = Reflect.get(terminal, name);
			return typeof value === 'function' ? (value.bind(terminal) as unknown) : value;
		},
	});

/** `draw` lets Ink draw at once what it would draw later. */
export const wholeFramesOn = (terminal: NodeJS.WriteStream, draw: () => Promise<void>): WholeFrames => {
	let held: Held | undefined;
	const release = (): void => {
		if (!held) return;
		const {text, written, timer} = held;
		held = undefined;
		clearTimeout(timer);
		terminal.write(inFewerBytes(text.replaceAll(betweenFrames, '')), () => {
			for (const then of written) then();
		});
	};
	const write = (text: string, then?: () => void): boolean => {
		if (!held) return terminal.write(inFewerBytes(text), then);
		held.text += text;
		if (then) held.written.push(then);
		return true;
	};
	return {
		stdout: withWrite(terminal, write),
		hold: (scrolls) => {
			// A change while one is held is what its layout has told.
			if (held) held.waits ||= scrolls;
			else held = {text: '', written: [], timer: setTimeout(release, givenUpAfterMs), waits: false};
		},
		settle: () => {
			if (!held?.waits) {
				release();
				return;
			}
			clearTimeout(held.timer);
			setImmediate(() => {
				// Ink draws in the next turn of the event loop, before what comes after it in that turn.
				void draw();
				setImmediate(release);
			});
		},
		release,
	};
};
