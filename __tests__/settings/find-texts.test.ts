import {expect, test} from '@jest/globals';
import {finder} from '../../src/settings/find-texts.ts';
import {replaced} from '../../src/settings/ranges.ts';

const whole = (text: string) => ({text, last: text.length});
const word = (text: string) => ({text, last: 0});

test.each([
	['one within the beginning of another', [whole('abcd'), whole('bc')], 'abcx', 'a_x'],
	['the longer of two', [whole('ab'), whole('abcd')], 'abcd abc', '_ _c'],
	['two that overlap, as one', [whole('abc'), whole('cde')], 'abcde', '_'],
	['two side by side', [whole('ab'), whole('cd')], 'abcd', '__'],
	['the end of one alone', [{text: 'A=b', last: 1}], 'A=b b A=bb', 'A=_ b A=_b'],
	[
		'a word, and not where it is part of another',
		[word('abc')],
		'abc abcd x/abc .abc (abc)',
		'_ abcd x/abc .abc (_)',
	],
	['a word beside what is found', [word('abc'), whole('XY')], 'XYabcXY', '___'],
	['nothing', [], 'abc', 'abc'],
])('it finds %s', (_, sought, text, shown) => {
	expect(replaced(text, finder(sought)(text), () => '_')).toBe(shown);
});
