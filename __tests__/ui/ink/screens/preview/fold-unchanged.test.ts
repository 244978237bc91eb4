import {expect, test} from '@jest/globals';
import type {DiffLine} from '../../../../../src/steps/plan/changes.ts';
import {foldUnchanged} from '../../../../../src/ui/ink/screens/preview/diff-rows.ts';

/** `a b +c` is two lines that stay and one that is added. */
const diff = (words: string): readonly DiffLine[] =>
	words
		.split(' ')
		.map((word) =>
			word.startsWith('+') ? {mark: 'added', text: word.slice(1)} : {mark: 'same', text: word},
		);

const shown = (words: string): string =>
	foldUnchanged(diff(words))
		.map((one) => (typeof one === 'number' ? `(${one})` : one.mark === 'added' ? `+${one.text}` : one.text))
		.join(' ');

test.each([
	['three lines stay on either side of a change', 'a b c d e +X f g h i j', '(2) c d e +X f g h (2)'],
	['changes near each other have nothing folded between them', 'a +X b c d e f g +Y', 'a +X b c d e f g +Y'],
	['one line is shown: a placeholder takes a line too', '+X a b c d e f g +Y', '+X a b c d e f g +Y'],
	['two lines fold', '+X a b c d e f g h +Y', '+X a b c (2) f g h +Y'],
	['one line at either end is shown', 'z a b c +X d e f', 'z a b c +X d e f'],
	['a file of which only the mode changes folds whole', 'a b c', '(3)'],
])('%s', (_says, words, expected) => {
	expect(shown(words)).toBe(expected);
});
