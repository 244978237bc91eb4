import {graphemes} from './line.ts';

/** Characters that move the cursor, change the direction of text, or are invisible. */
const unseen = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}\u{FFF9}-\u{FFFB}]/gu;

const signOf = (character: string): string => {
	const code = character.codePointAt(0) ?? 0;
	if (character === '\t') return '⇥';
	// The block of Control Pictures has a sign for each.
	if (code < 0x20) return String.fromCodePoint(0x24_00 + code);
	return code === 0x7f ? '␡' : '�';
};

/** One visible character, with a sign of one column for each invisible one. */
export const visibleCharacter = (grapheme: string): string => {
	// Joiners and variation selectors are part of an emoji.
	const drawn = /\p{Extended_Pictographic}/u.test(grapheme) ? /\u200D|\p{Variation_Selector}/u : undefined;
	return grapheme.replaceAll(unseen, (one) => (drawn?.test(one) === true ? one : signOf(one)));
};

/** A value as a screen can show it: every character is visible, and none controls the terminal. */
export const visible = (text: string): string =>
	text.search(unseen) < 0 ? text : graphemes(text).map(visibleCharacter).join('');
