// What Ink lacks: it repeats styles in which nothing is visible, writes all blanks of a line that it has just erased, and
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
