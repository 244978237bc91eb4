import {expect, test} from '@jest/globals';
import {finder, replaceRanges} from '../../../src/settings/secrets/find-texts.ts';

const whole = (text: string) => ({text, last: text.length});
const word = (text: string) => ({text, last: 0});

test.each([
	['one within the beginning of another', [whole('abcd'), whole('bc')], 'abcx', 'a_x'],
	['the longer of two', [whole('ab'), whole('abcd')], 'abcd abc', '_ _c'],
	['two that overlap, as one', [whole('abc'), whole('cde')], 'abcde', '_'],
	['two next to each other', [whole('ab'), whole('cd')], 'abcd', '__'],
	['only the end of one', [{text: 'A=b', last: 1}], 'A=b b A=bb', 'A=_ b A=_b'],
	[
		'a word, but not inside another word',
		[word('abc')],
		'abc abcd x/abc .abc (abc)',
		'_ abcd x/abc .abc (_)',
	],
	['a word next to a match', [word('abc'), whole('XY')], 'XYabcXY', '___'],
	['nothing', [], 'abc', 'abc'],
])('it finds %s', (_, sought, text, shown) => {
	expect(replaceRanges(text, finder(sought)(text), () => '_')).toBe(shown);
});
