import type {Key} from 'ink';

/** What Ink calls a key, and what the tables call it: alone, and while Shift, Alt or Ctrl is held. */
const names = [
	['upArrow', 'up', 'step-up'],
	['downArrow', 'down', 'step-down'],
	['leftArrow', 'left', 'word-left'],
	['rightArrow', 'right', 'word-right'],
	['home', 'home', 'home'],
	['end', 'end', 'end'],
	['pageUp', 'page-up', 'page-up'],
	['pageDown', 'page-down', 'page-down'],
	['return', 'enter', 'enter'],
	['escape', 'escape', 'escape'],
	['tab', 'tab', 'back-tab'],
	['backspace', 'erase', 'erase-word'],
	['delete', 'delete', 'delete-word'],
] as const satisfies readonly (readonly [keyof Key, string, string])[];

type Letter = 'a' | 'b' | 'c' | 'd' | 'e' | 'f' | 'g' | 'k' | 'l' | 'n' | 'p' | 'r' | 's' | 'u' | 'w' | 'z';

/** The keys of the tables, besides those that type something. */
export type KeyName = (typeof names)[number][1 | 2] | `ctrl-${Letter}`;

/** A single key, typed text or a paste. */
export type Stroke = {readonly key: KeyName} | {readonly text: string} | {readonly paste: string};

/** The keys that a shell edits a line with (readline(3)), with Alt. */
const withAlt: Readonly<Record<string, KeyName>> = {b: 'word-left', f: 'word-right', d: 'delete-word'};

/** A key as the tables name it; undefined: it means nothing here. */
export const strokeOf = (input: string, key: Key): Stroke | undefined => {
	const named = names.find(([flag]) => key[flag]);
	if (named) return {key: named[key.shift || key.meta || key.ctrl ? 2 : 1]};
	if (key.meta) return withAlt[input] && {key: withAlt[input]};
	if (key.ctrl) return /^[abcdefgklnprsuwz]$/u.test(input) ? {key: `ctrl-${input as Letter}`} : undefined;
	return input === '' ? undefined : {text: input};
};
