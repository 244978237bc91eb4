import {graphemes} from './line.ts';

/** What moves the cursor, turns the direction of text, or shows nothing at all. */
const unseen = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}\u{FFF9}-\u{FFFB}]/gu;

const signOf = (character: string): string => {
	const code = character.codePointAt(0) ?? 0;
	if (character === '\t') return '⇥';
	// The block of Control Pictures has a sign for each.
	if (code < 0x20) return String.fromCodePoint(0x24_00 + code);
	return code === 0x7f ? '␡' : '�';
};

/** What a person sees as one character, with a sign of one column for each that could not be seen. */
export const visibleCharacter = (grapheme: string): string => {
	// What joins a family, or colours a heart, is seen in the whole.
	const drawn = /\p{Extended_Pictographic}/u.test(grapheme) ? /\u200D|\p{Variation_Selector}/u : undefined;
	return grapheme.replaceAll(unseen, (one) => (drawn?.test(one) === true ? one : signOf(one)));
};

/** A value as a screen can show it: every character can be seen, and none does anything to the terminal. */
export const visible = (text: string): string =>
	text.search(unseen) < 0 ? text : graphemes(text).map(visibleCharacter).join('');
