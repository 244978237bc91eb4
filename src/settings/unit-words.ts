/** A line of a unit file that systemd cannot read. */
export class UnreadableLine extends Error {}

const plainEscapes: Readonly<Record<string, string>> = {
	a: '\x07',
	b: '\b',
	f: '\f',
	n: '\n',
	r: '\r',
	t: '\t',
	v: '\v',
	s: ' ',
	'\\': '\\',
	'"': '"',
	"'": "'",
};

const escape =
	/^\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U(00(?:0[\da-fA-F]|10)[\da-fA-F]{4})|([0-3][0-7]{2})|([abfnrtvs\\"']))/u;

/** Whether each backslash begins an escape that systemd knows. Environment= is ignored as a whole where one does not. */
export const hasKnownEscapes = (text: string): boolean =>
	!text.replaceAll(new RegExp(escape.source.slice(1), 'gu'), '').includes('\\');

const utf8 = new TextEncoder();

// An escape that is none stands for itself. `\x` and octal escapes are bytes, which may be parts of one letter.
const readEscape = (text: string): {readonly bytes: Iterable<number>; readonly length: number} => {
	const [whole, byte, short, long, octal, plain] = escape.exec(text) ?? [];
	if (whole === undefined) {
		const [pair = ''] = /^\\./su.exec(text) ?? ['\\'];
		return {bytes: utf8.encode(pair), length: pair.length};
	}
	const raw = octal === undefined ? parseInt(byte ?? '', 16) : parseInt(octal, 8);
	const letter = plain === undefined ? parseInt(short ?? long ?? '', 16) : undefined;
	const {length} = whole;
	if (raw === 0 || letter === 0) return {bytes: utf8.encode(whole), length};
	if (!Number.isNaN(raw)) return {bytes: [raw], length};
	const stands = letter === undefined ? plainEscapes[plain ?? ''] : String.fromCodePoint(letter);
	return {bytes: utf8.encode(stands), length};
};

const isSpace = (sign: string): boolean => /^\s$/u.test(sign);

const skipSpaces = (text: string, from: number): number => {
	let at = from;
	while (at < text.length && isSpace(text.charAt(at))) at += 1;
	return at;
};

const readWord = (text: string, from: number): {readonly word: string; readonly end: number} => {
	const bytes: number[] = [];
	let quote = '';
	let at = from;
	while (at < text.length && (quote !== '' || !isSpace(text.charAt(at)))) {
		const sign = String.fromCodePoint(text.codePointAt(at) ?? 0);
		const escaped = sign === '\\' ? readEscape(text.slice(at)) : undefined;
		at += escaped?.length ?? sign.length;
		if (escaped) bytes.push(...escaped.bytes);
		else if (sign === quote) quote = '';
		else if (quote === '' && (sign === '"' || sign === "'")) quote = sign;
		else bytes.push(...utf8.encode(sign));
	}
	if (quote !== '') throw new UnreadableLine('Unbalanced quoting.');
	return {word: new TextDecoder().decode(new Uint8Array(bytes)), end: at};
};

export interface Word {
	readonly word: string;
	/** As it is written. */
	readonly written: string;
}

/** Splits a value into words by the quoting rules of systemd.syntax(7): quotes go, C escapes are read. */
export const wordsOf = (value: string): readonly Word[] => {
	const words: Word[] = [];
	for (let at = skipSpaces(value, 0); at < value.length;) {
		const {word, end} = readWord(value, at);
		words.push({word, written: value.slice(at, end)});
		at = skipSpaces(value, end);
	}
	return words;
};
