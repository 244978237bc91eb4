import {expect, test} from '@jest/globals';
import {edit, editedAtEnd, visiblePart, type Edit, type Edited} from '../../../src/ui/form/editing.ts';

/** A text with | for the caret. */
const shown = ({text, caret}: Edited): string => `${text.slice(0, caret)}|${text.slice(caret)}`;
const parsed = (text: string): Edited => ({text: text.replace('|', ''), caret: text.indexOf('|')});

const cases: readonly (readonly [before: string, change: Edit, after: string])[] = [
	['ab|c', {insert: 'x'}, 'abx|c'],
	['|', {insert: 'pasted whole'}, 'pasted whole|'],
	['ab|c', {move: 'left'}, 'a|bc'],
	['|abc', {move: 'left'}, '|abc'],
	['ab|c', {move: 'right'}, 'abc|'],
	['abc|', {move: 'right'}, 'abc|'],
	['a日|b', {move: 'left'}, 'a|日b'],
	['🧑‍🚀|b', {move: 'left'}, '|🧑‍🚀b'],
	['a|👍🏽b', {move: 'right'}, 'a👍🏽|b'],
	['ab|c', {move: 'start'}, '|abc'],
	['a|bc', {move: 'end'}, 'abc|'],
	['~/one/two|', {move: 'word-left'}, '~/one/|two'],
	['|one/two', {move: 'word-right'}, 'one|/two'],
	['ab|c', {erase: 'left'}, 'a|c'],
	['|c', {erase: 'left'}, '|c'],
	['é|', {erase: 'left'}, '|'],
	['a👨‍👩‍👧|', {erase: 'left'}, 'a|'],
	['a|b', {erase: 'right'}, 'a|'],
	['|👨‍👩‍👧b', {erase: 'right'}, '|b'],
	['é|', {erase: 'right'}, 'é|'],
	['~/|one/two', {erase: 'word-right'}, '~/|/two'],
	['~/one/two|/x', {erase: 'word'}, '~/one/|/x'],
	['~/one/|', {erase: 'word'}, '~/|'],
	['ab|cd', {erase: 'to-start'}, '|cd'],
	['ab|cd', {erase: 'to-end'}, 'ab|'],
];

test.each(cases)('%s, %j: %s', (before, change, after) => {
	expect(shown(edit(parsed(before), change))).toBe(after);
});

test.each([
	['short', 10, ['short', ' ', '']],
	['0123456789', 10, ['…23456789', ' ', '']],
	['日本語日本語', 8, ['…日本語', ' ', '']],
])('%s in %i columns', (text, width, [before, under, after]) => {
	expect(visiblePart(editedAtEnd(text), width)).toEqual({before, under, after});
});

test('text after the cursor is cut off at the right', () => {
	expect(visiblePart({text: '0123456789', caret: 2}, 6)).toEqual({before: '01', under: '2', after: '34…'});
});

test.each([
	['a\u001B[31m', 4, ['a␛[3', '1', 'm']],
	['a\nb\tc', 3, ['a␊b', '⇥', 'c']],
	['a\u202Eb\u200B', 2, ['a�', 'b', '�']],
	['👨‍👩‍👧\u0007', 8, ['👨‍👩‍👧', '␇', '']],
])('an invisible character has a sign in %j, one for each', (text, caret, [before, under, after]) => {
	expect(visiblePart({text, caret}, 20)).toEqual({before, under, after});
});
