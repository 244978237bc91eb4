import {maskText} from '../../settings/secret-looks.ts';
import {edit, editedAtEnd, type Edit, type Edited} from './editing.ts';

/** A text while it is typed, in which the mask may stand for a secret that is not shown. */
export interface Hidden extends Edited {
	/** What the mask stands for; undefined: nothing is hidden. */
	readonly secret: string | undefined;
}

/** Begins with what may be seen; `shown` has the mask where `text` has the secret. */
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

/** The whole text: what was not touched is as it was. */
export const revealed = ({text, secret}: Hidden): string =>
	secret === undefined ? text : text.replace(maskText, () => secret);

/** Takes away what is left of the mask around the caret. */
const cleared = ({text, caret}: Edited): Hidden => {
	const before = text.slice(0, caret).replace(/•+$/u, '');
	const after = text.slice(caret).replace(/^•+/u, '');
	return {text: before + after, caret: before.length, secret: undefined};
};

/** The first change to the mask, or right beside it, takes all of it away: of a secret there is no half. */
export const editHidden = (hidden: Hidden, change: Edit): Hidden => {
	const {text, caret, secret} = hidden;
	const next = {...edit(hidden, change), secret};
	if (secret === undefined || 'move' in change) return next;
	if ('erase' in change) return next.text.includes(maskText) ? next : cleared(next);
	const at = text.indexOf(maskText);
	const beside = caret >= at && caret <= at + maskText.length;
	return beside ? {...edit(cleared(hidden), change), secret: undefined} : next;
};
