import type {Key} from 'ink';
import {graphemes} from './line.ts';

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
	| 'word-left'
	| 'word-right'
	| 'ctrl-a'
	| 'ctrl-c'
	| 'ctrl-e'
	| 'ctrl-k'
	| 'ctrl-u'
	| 'ctrl-w';

/** What was done at the keyboard, once. */
export type Stroke = {readonly key: KeyName} | {readonly text: string} | {readonly paste: string};

/** The text of a paste that has begun and not ended. */
export type Pasting = string | undefined;

interface Read {
	readonly pasting: Pasting;
	readonly strokes: readonly Stroke[];
}

// The marks of a bracketed paste (xterm, "Bracketed Paste Mode"), as Ink hands them on.
const pasteBegins = '[200~';
const pasteEnds = '[201~';

const named: Readonly<Partial<Record<keyof Key, KeyName>>> = {
	upArrow: 'up',
	downArrow: 'down',
	home: 'home',
	end: 'end',
	pageUp: 'page-up',
	pageDown: 'page-down',
	return: 'enter',
	escape: 'escape',
	// The Backspace key sends DEL, which Ink calls delete.
	delete: 'erase',
	backspace: 'erase',
};

const controls: Readonly<Record<string, KeyName>> = {
	'\u0001': 'ctrl-a',
	'\u0003': 'ctrl-c',
	'\u0005': 'ctrl-e',
	'\u0008': 'erase',
	'\t': 'tab',
	'\n': 'enter',
	'\u000B': 'ctrl-k',
	'\r': 'enter',
	'\u0015': 'ctrl-u',
	'\u0017': 'ctrl-w',
	'\u007F': 'erase',
};

const ctrlKeys = new Set<string>(['a', 'c', 'e', 'k', 'u', 'w']);

const arrow = (key: Key): KeyName | undefined => {
	const byWord = key.meta || key.ctrl;
	if (key.leftArrow) return byWord ? 'word-left' : 'left';
	return key.rightArrow ? (byWord ? 'word-right' : 'right') : undefined;
};

const keyName = (input: string, key: Key): KeyName | undefined => {
	const special = (Object.keys(named) as (keyof Key)[]).find((name) => key[name] === true);
	if (special) return named[special];
	if (key.tab) return key.shift ? 'back-tab' : 'tab';
	if (key.ctrl && ctrlKeys.has(input)) return `ctrl-${input}` as KeyName;
	if (key.meta && (input === 'b' || input === 'f')) return input === 'b' ? 'word-left' : 'word-right';
	return arrow(key);
};

/** Several keys may arrive at once: over a slow line, or from a program that types. */
const typed = (input: string): readonly Stroke[] =>
	graphemes(input).flatMap((one): readonly Stroke[] =>
		/^\p{Cc}/u.test(one)
			? Array.from(one).flatMap((control) => (controls[control] ? [{key: controls[control]}] : []))
			: [{text: one}],
	);

/** Lines with text on either side of a line break: a paste, in a terminal that does not mark one. */
const looksPasted = (input: string): boolean => /[^\r\n][\r\n]+[^\r\n]/u.test(input);

const strokesOf = (input: string, key: Key): readonly Stroke[] => {
	const name = keyName(input, key);
	if (name) return [{key: name}];
	if (key.ctrl || key.meta || input === '') return [];
	return looksPasted(input) ? [{paste: input}] : typed(input);
};

/** Turns what Ink's useInput hands over into keys, typed text and pastes. */
export const readInput = (pasting: Pasting, input: string, key: Key): Read => {
	if (input === pasteBegins) return {pasting: '', strokes: []};
	if (input === pasteEnds)
		return {pasting: undefined, strokes: pasting === undefined || pasting === '' ? [] : [{paste: pasting}]};
	if (pasting !== undefined) return {pasting: pasting + (key.tab ? '\t' : input), strokes: []};
	return {pasting, strokes: strokesOf(input, key)};
};
