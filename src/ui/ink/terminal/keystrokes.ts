import {graphemes} from '../components/line.ts';

export type KeyName =
	| 'up'
	| 'down'
	| 'left'
	| 'right'
	| 'home'
	| 'end'
	| 'page-up'
	| 'page-down'
	| 'enter'
	| 'escape'
	| 'tab'
	| 'back-tab'
	| 'erase'
	| 'delete'
	| 'word-left'
	| 'word-right'
	| 'erase-word'
	| 'delete-word'
	| 'step-up'
	| 'step-down'
	| `ctrl-${Letter}`;

type Letter = 'a' | 'b' | 'c' | 'd' | 'e' | 'f' | 'g' | 'k' | 'l' | 'n' | 'p' | 'r' | 'u' | 'w' | 'z';

/** A single key, typed text or a paste. */
export type Stroke = {readonly key: KeyName} | {readonly text: string} | {readonly paste: string};

interface Read {
	readonly strokes: readonly Stroke[];
	/** The beginning of a key or a paste whose end has not arrived yet. */
	readonly rest: string;
}

// A bracketed paste (xterm, ctlseqs, "Bracketed Paste Mode").
const pasteBegins = '\u001B[200~';
const pasteEnds = '\u001B[201~';

/** By the final letter, with CSI (`ESC [`) or SS3 (`ESC O`) before it (xterm, ctlseqs, "PC-Style Function Keys"). */
const byLetter: Readonly<Record<string, KeyName>> = {
	A: 'up',
	B: 'down',
	C: 'right',
	D: 'left',
	F: 'end',
	H: 'home',
	M: 'enter',
	Z: 'back-tab',
	// With Ctrl and with Shift, as rxvt has them.
	a: 'step-up',
	b: 'step-down',
	c: 'word-right',
	d: 'word-left',
};

/** By the number before `~`: those of a VT220, and what rxvt and the Linux console have for Home and End. */
const byNumber: Readonly<Record<string, KeyName>> = {
	'1': 'home',
	'3': 'delete',
	'4': 'end',
	'5': 'page-up',
	'6': 'page-down',
	'7': 'home',
	'8': 'end',
};

/** What an arrow means while Shift, Alt or Ctrl is held. */
const modified: Readonly<Partial<Record<KeyName, KeyName>>> = {
	up: 'step-up',
	down: 'step-down',
	left: 'word-left',
	right: 'word-right',
	erase: 'erase-word',
	delete: 'delete-word',
};

const altLetters: Readonly<Record<string, KeyName>> = {
	b: 'word-left',
	d: 'delete-word',
	f: 'word-right',
	'\u007F': 'erase-word',
	'\u0008': 'erase-word',
};

const controls: Readonly<Record<string, KeyName>> = {
	'\u0008': 'erase',
	'\t': 'tab',
	'\n': 'enter',
	'\r': 'enter',
	'\u007F': 'erase',
	...Object.fromEntries(
		Array.from('abcdefgklnpruwz', (letter) => [
			String.fromCodePoint((letter.codePointAt(0) ?? 0) - 0x60),
			`ctrl-${letter}` as KeyName,
		]),
	),
};

/** Several keys may arrive at once: over a slow line, or from a program that types. */
const typed = (run: string): readonly Stroke[] =>
	graphemes(run).flatMap((one): readonly Stroke[] =>
		/^\p{Cc}/u.test(one)
			? Array.from(one).flatMap((control) => (controls[control] ? [{key: controls[control]}] : []))
			: [{text: one}],
	);

/**
 * Lines with text on either side of a line break: a paste, in a terminal that does not mark one. With a key of Ctrl
 * among them they were typed, and have come late.
 */
const looksPasted = (run: string): boolean =>
	/^(?:[^\p{Cc}]|[\t\r\n])*$/u.test(run) && /.[\r\n]+./u.test(run);

const strokesOf = (run: string): readonly Stroke[] => (looksPasted(run) ? [{paste: run}] : typed(run));

/** A whole sequence; `alt` where ESC stands before it, `double` where rxvt puts another one. */
const sequence =
	/^\u001B(?<double>\u001B)?(?:\[(?:\[[^]|(?<parameters>[0-?]*)[ -\/]*(?<final>[@-~$^]))|O(?<letter>[@-~]))/u;

/** Reports that a terminal sends itself: OSC, DCS, APC and the like up to their end. */
const report = /^\u001B[\]PX^_][^]*?(?:\u0007|\u001B\\)/u;

/** The beginning of one of the above; an answer of a terminal is not long. */
const begun = /^\u001B\u001B?(?:\[[0-?]*[ -\/]*|\[\[|O|[\]PX^_][^]{0,200})?$/u;

const keyOf = ({double, parameters = '', final = '', letter}: Record<string, string | undefined>) => {
	if (letter !== undefined) return double === undefined ? byLetter[letter] : modifiedOf(byLetter[letter]);
	// With anything else before it, it is no key but an answer of the terminal.
	if (!/^[\d;]*$/u.test(parameters)) return undefined;
	const [number = '', modifier = '1'] = parameters.split(';');
	const plain = /[~$^]/u.test(final) ? byNumber[number] : byLetter[final];
	const held = double !== undefined || modifier !== '1' || final === '^' || final === '$';
	return held ? modifiedOf(plain) : plain;
};

const modifiedOf = (key: KeyName | undefined): KeyName | undefined => key && (modified[key] ?? key);

/** The first stroke and its length in the input; undefined: its end has not arrived yet. */
const first = (input: string): {readonly strokes: readonly Stroke[]; readonly length: number} | undefined => {
	if (input.startsWith(pasteBegins)) {
		const end = input.indexOf(pasteEnds);
		if (end < 0) return undefined;
		const paste = input.slice(pasteBegins.length, end);
		return {strokes: paste === '' ? [] : [{paste}], length: end + pasteEnds.length};
	}
	if (!input.startsWith('\u001B')) {
		const run = input.split('\u001B', 1)[0] ?? '';
		return {strokes: strokesOf(run), length: run.length};
	}
	const told = sequence.exec(input);
	if (told) {
		const key = keyOf(told.groups ?? {});
		return {strokes: key ? [{key}] : [], length: told[0].length};
	}
	const reported = report.exec(input);
	if (reported) return {strokes: [], length: reported[0].length};
	return begun.test(input) ? undefined : withAlt(input);
};

/** A key with Alt; a second ESC begins another key. */
const withAlt = (input: string): {readonly strokes: readonly Stroke[]; readonly length: number} => {
	const [held = ''] = graphemes(input.slice(1));
	if (held.startsWith('\u001B')) return {strokes: [{key: 'escape'}], length: 1};
	const key = altLetters[held];
	return {strokes: key ? [{key}] : [], length: 1 + held.length};
};

/** Turns what a terminal sends into keys, typed text and pastes. */
export const readStrokes = (input: string): Read => {
	const strokes: Stroke[] = [];
	let rest = input;
	while (rest !== '') {
		const next = first(rest);
		if (!next) break;
		strokes.push(...next.strokes);
		rest = rest.slice(next.length);
	}
	return {strokes, rest};
};

/** What a rest means when nothing more arrives: the Esc key, or a paste whose end was lost. */
export const strokesOfRest = (rest: string): readonly Stroke[] => {
	if (rest.startsWith(pasteBegins)) return [{paste: rest.slice(pasteBegins.length)}];
	return rest === '' ? [] : [{key: 'escape'}];
};

/** How long the rest of a key may take: a terminal sends it at once, a slow line in pieces. */
export const patienceMs = (rest: string): number => (rest.startsWith(pasteBegins) ? 1000 : 50);
