import {maskText} from '../../settings/secrets/mask-looks.ts';
import {graphemes, takeWhileFits, visibleCharacter, widthOf} from '../text.ts';

/** A text while it is typed. The caret counts UTF-16 units and never stands within a visible character. */
export interface Edited {
	readonly text: string;
	readonly caret: number;
}

export type Edit =
	{readonly insert: string} | {readonly move: keyof typeof moves} | {readonly erase: keyof typeof erasures};

export const editedAtEnd = (text: string): Edited => ({text, caret: text.length});

const leftOf = ({text, caret}: Edited): number =>
	caret - (graphemes(text.slice(0, caret)).at(-1)?.length ?? 0);

const rightOf = ({text, caret}: Edited): number => caret + (graphemes(text.slice(caret))[0]?.length ?? 0);

/** Paths and URLs are long: a word ends at their separators too. */
const wordLeftOf = ({text, caret}: Edited): number =>
	/[^\s/=,;:]*[\s/=,;:]*$/u.exec(text.slice(0, caret))?.index ?? 0;

const wordRightOf = ({text, caret}: Edited): number =>
	caret + (/^[\s/=,;:]*[^\s/=,;:]*/u.exec(text.slice(caret))?.[0].length ?? 0);

/** Where the caret goes. */
const moves = {
	left: leftOf,
	right: rightOf,
	start: () => 0,
	end: ({text}: Edited) => text.length,
	'word-left': wordLeftOf,
	'word-right': wordRightOf,
} as const;

/** What is erased: from here to there. */
const erasures = {
	left: (edited: Edited) => [leftOf(edited), edited.caret],
	right: (edited: Edited) => [edited.caret, rightOf(edited)],
	word: (edited: Edited) => [wordLeftOf(edited), edited.caret],
	'word-right': (edited: Edited) => [edited.caret, wordRightOf(edited)],
	'to-start': ({caret}: Edited) => [0, caret],
	'to-end': ({text, caret}: Edited) => [caret, text.length],
} as const satisfies Readonly<Record<string, (edited: Edited) => readonly [from: number, to: number]>>;

/** Typed text may join the text before it to one visible character. */
const insert = ({text, caret}: Edited, inserted: string): Edited => ({
	text: text.slice(0, caret) + inserted + text.slice(caret),
	caret: caret + inserted.length,
});

export const edit = (edited: Edited, change: Edit): Edited => {
	if ('insert' in change) return insert(edited, change.insert);
	if ('move' in change) return {...edited, caret: moves[change.move](edited)};
	const [from, to] = erasures[change.erase](edited);
	return {text: edited.text.slice(0, from) + edited.text.slice(to), caret: from};
};

interface Visible {
	readonly before: string;
	/** What the caret stands on; a space at the end of the text. */
	readonly under: string;
	readonly after: string;
}

/** As much of the text around the caret as goes into the width, with signs for what cannot be seen. */
export const visiblePart = ({text, caret}: Edited, width: number): Visible => {
	const before = graphemes(text.slice(0, caret)).map(visibleCharacter);
	const [under = ' ', ...after] = graphemes(text.slice(caret)).map(visibleCharacter);
	const room = Math.max(1, width - widthOf(under));
	const lead = takeWhileFits(before.toReversed(), room).toReversed();
	const left =
		lead.length < before.length ? ['…', ...takeWhileFits(lead.toReversed(), room - 1).toReversed()] : lead;
	const shown = left.join('');
	const rest = takeWhileFits(after, room - widthOf(shown));
	const right = rest.length < after.length && rest.length > 0 ? [...rest.slice(0, -1), '…'] : rest;
	return {before: shown, under, after: right.join('')};
};

/** A text while it is typed; the mask in it may stand for a secret. */
export interface Hidden extends Edited {
	/** What the mask stands for; undefined: nothing is hidden. */
	readonly secret: string | undefined;
}

/** Begins with the visible text; `shown` has the mask in place of the secret in `text`. */
export const beginHidden = (text: string, shown: string): Hidden => {
	const before = shown.slice(0, Math.max(0, shown.indexOf(maskText)));
	const after = shown.slice(shown.lastIndexOf(maskText) + maskText.length);
	const isMasked = shown !== text && shown.includes(maskText);
	return isMasked && text.startsWith(before) && text.endsWith(after)
		? {
				...editedAtEnd(before + maskText + after),
				secret: text.slice(before.length, text.length - after.length),
			}
		: {...editedAtEnd(text), secret: undefined};
};

/** The whole text, with the secret if it was not changed. */
export const revealed = ({text, secret}: Hidden): string =>
	secret === undefined ? text : text.replace(maskText, () => secret);

/** Deletes the rest of the mask around the caret. */
const cleared = ({text, caret}: Edited): Hidden => {
	const before = text.slice(0, caret).replace(/•+$/u, '');
	const after = text.slice(caret).replace(/^•+/u, '');
	return {text: before + after, caret: before.length, secret: undefined};
};

/** The first change to the mask, or right next to it, deletes all of it: half a secret is useless. */
export const editHidden = (hidden: Hidden, change: Edit): Hidden => {
	const {text, caret, secret} = hidden;
	const next = {...edit(hidden, change), secret};
	if (secret === undefined || 'move' in change) return next;
	if ('erase' in change) return next.text.includes(maskText) ? next : cleared(next);
	const at = text.indexOf(maskText);
	const beside = caret >= at && caret <= at + maskText.length;
	return beside ? {...edit(cleared(hidden), change), secret: undefined} : next;
};
