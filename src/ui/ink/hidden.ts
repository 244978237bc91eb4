import {maskText} from '../../settings/secrets/mask-looks.ts';
import {edit, editedAtEnd, type Edit, type Edited} from './editing.ts';

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
