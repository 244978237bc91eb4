import type {Platform} from '../platform/facts.ts';

type Escapes = Readonly<Record<string, string>>;

const controlNames: Escapes = {'\n': String.raw`\n`, '\t': String.raw`\t`};

const escapedControl = (character: string): string =>
	controlNames[character] ?? `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;

/** A text as it stands between double quotes in a unit: systemd.syntax(7), Quoting; `%` begins a specifier (systemd.unit(5)). */
export const escapedInUnit = (text: string): string =>
	text
		.replaceAll('\\', '\\\\')
		.replaceAll('"', String.raw`\"`)
		.replaceAll(/[\u0000-\u001F\u007F]/gu, escapedControl)
		.replaceAll('%', '%%');

/** A line of a unit file that systemd cannot read. */
export class UnreadableLine extends Error {}

/** Control characters after a backslash, as in C. */
export const controlEscapes: Escapes = {a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v'};

const plainEscapes: Escapes = {...controlEscapes, s: ' ', '\\': '\\', '"': '"', "'": "'"};

const escape =
	/^\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U(00(?:0[\da-fA-F]|10)[\da-fA-F]{4})|([0-3][0-7]{2})|([abfnrtvs\\"']))/u;

/** Whether each backslash begins an escape that systemd knows. Environment= is ignored as a whole where one does not. */
const hasKnownEscapes = (text: string): boolean =>
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

const skipSpaces = (text: string, from: number): number => text.length - text.slice(from).trimStart().length;

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

interface Word {
	readonly word: string;
	/** As it is written. */
	readonly written: string;
}

/** Splits a value into words by the quoting rules of systemd.syntax(7): quotes go, C escapes are read. */
export const unitWords = (value: string): readonly Word[] => {
	const words: Word[] = [];
	for (let at = skipSpaces(value, 0); at < value.length;) {
		const {word, end} = readWord(value, at);
		words.push({word, written: value.slice(at, end)});
		at = skipSpaces(value, end);
	}
	return words;
};

/** The account of a user manager. */
interface UnitAccount {
	readonly name: string;
	readonly uid: number;
	readonly home: string;
}

/** The account that a unit of the module was written for. */
export interface UnitOwner extends UnitAccount {
	readonly platform: Platform;
}

/** What a value of the module's unit means here. */
export interface UnitMeaning {
	readonly value: string;
	/** Why that differs from what Vira got from the module's unit: a sentence. */
	readonly doubt?: string;
}

/** Specifiers of systemd.unit(5) that are the same in every version, and that no environment changes. */
const specifiers = ({name, uid, home}: UnitAccount): Readonly<Record<string, string>> => ({
	'%': '%',
	h: home,
	t: `/run/user/${uid}`,
	u: name,
	U: String(uid),
	n: 'vira.service',
	N: 'vira',
	p: 'vira',
});

/** `%` and what follows it: systemd takes every letter or digit for a specifier, and ignores the word if it knows none. */
const specifier = /%([%A-Za-z\d])/gu;

/** A text of a unit with the values of these specifiers; others stay as they are. */
export const expandSpecifiers = (text: string, owner: UnitAccount): string => {
	const known = specifiers(owner);
	return text.replaceAll(specifier, (found, letter: string) => known[letter] ?? found);
};

const otherSpecifierIn = (text: string, owner: UnitAccount): string | undefined => {
	const known = specifiers(owner);
	return [...text.matchAll(specifier)].find(([, letter = '']) => known[letter] === undefined)?.[0];
};

/** The words of an Environment= line; undefined: systemd ignores it, because of its quotes or escapes. */
export const wordsOfLine = (line: string): readonly string[] | undefined => {
	if (/[\n\r]/u.test(line) || !hasKnownEscapes(line)) return undefined;
	try {
		return unitWords(line).map(({word}) => word);
	} catch (error) {
		if (error instanceof UnreadableLine) return undefined;
		throw error;
	}
};

const passedAsIs = (found: string): string =>
	`vira-setup passes ${found} unchanged: replace it with its value.`;

const doubts = {
	mac: 'On a Mac, the module passes no variables to Vira. vira-setup passes this one as written.',
	unreadable: 'The module does not quote it, and systemd cannot read it. vira-setup passes the whole value.',
	divided:
		'The module does not quote it, and systemd splits it at spaces. vira-setup passes the whole value.',
	specifier: (found: string) => `In the module's unit, ${found} is a systemd specifier. ${passedAsIs(found)}`,
	variable: (found: string) => `In the module's command line, ${found} is a variable. ${passedAsIs(found)}`,
} as const;

/**
 * A value as Vira gets it from the unit of its Home Manager module, which quotes nothing: systemd splits the line into
 * words, reads quotes and escapes, and replaces specifiers (systemd.syntax(7), systemd.unit(5), "Specifiers"; Vira's
 * nix/modules/home-manager/vira.nix). `before` is the text before it in the line. Values that systemd would have cut or
 * ignored are kept, with a doubt.
 */
export const meantInUnit = (text: string, owner: UnitOwner, before = ''): UnitMeaning => {
	if (!/[\s"'\\%]/u.test(text)) return {value: text};
	if (owner.platform === 'macos') return {value: text, doubt: doubts.mac};
	const words = wordsOfLine(before + text);
	if (words === undefined) return {value: expandSpecifiers(text, owner), doubt: doubts.unreadable};
	const [word = '', ...more] = words;
	if (more.length > 0) return {value: expandSpecifiers(text, owner), doubt: doubts.divided};
	const value = expandSpecifiers(word.slice(before.length), owner);
	const found = otherSpecifierIn(word, owner);
	return found === undefined ? {value} : {value, doubt: doubts.specifier(found)};
};

/** What a user manager sets for every service (systemd.exec(5), "Environment Variables in Spawned Processes"). */
const variables = ({name, uid, home}: UnitAccount): Readonly<Record<string, string>> => ({
	HOME: home,
	USER: name,
	LOGNAME: name,
	XDG_RUNTIME_DIR: `/run/user/${uid}`,
});

/** `$$` is a dollar; `$NAME` is a variable as a whole word alone (systemd.service(5), "Command lines"). */
const variable = /\$(?:\$|\{([A-Za-z_]\w*)\}|(?<=^\$)([A-Za-z_]\w*)$)/gu;

/** The same for the command line of the unit, where variables are replaced too. */
export const meantInCommand = (text: string, owner: UnitOwner): UnitMeaning => {
	const {value, doubt} = meantInUnit(text, owner);
	if (owner.platform === 'macos' || !value.includes('$')) return {value, ...(doubt !== undefined && {doubt})};
	const known = variables(owner);
	const others: string[] = [];
	const replaced = value.replaceAll(variable, (found, inBraces?: string, alone?: string) => {
		const meant = found === '$$' ? '$' : known[inBraces ?? alone ?? ''];
		if (meant === undefined) others.push(found);
		return meant ?? found;
	});
	const [other] = others;
	const said = doubt ?? (other === undefined ? undefined : doubts.variable(other));
	return {value: replaced, ...(said !== undefined && {doubt: said})};
};
