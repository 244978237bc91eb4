import {expect, test} from '@jest/globals';
import {jumpedTo, sectionLine} from '../../../../../src/ui/ink/screens/preview/preview-lines.ts';

const sections = [
	{name: '~/vira.service', line: 0},
	{name: '~/settings.json', line: 10},
	{name: 'Commands', line: 18},
];

test.each([
	[0, '▸ 1 of 3: ~/vira.service'],
	[9, '▸ 1 of 3: ~/vira.service'],
	[10, '▸ 2 of 3: ~/settings.json'],
	[40, '▸ 3 of 3: Commands'],
])('with line %i at the top it shows the position', (top, expected) => {
	expect(sectionLine(sections, top, 80)).toEqual([{text: expected, tone: 'accent'}]);
});

test('a long name is cut to the width of the window', () => {
	expect(sectionLine(sections, 0, 14)[0]?.text).toBe('▸ 1 of 3: ~/v…');
});

test.each([
	['forward to the next heading', 1, 3, 10],
	['forward to the end where the last parts fit on the screen', 1, 18, 30],
	['forward from the end to the beginning', 1, 30, 0],
	['back to the heading of the part itself', -1, 13, 10],
	['back from a heading to the one before', -1, 10, 0],
	['back from the beginning to the end', -1, 0, 30],
] as const)('a jump leads %s', (_says, by, top, expected) => {
	expect(jumpedTo(sections, by, {top, last: 30})).toBe(expected);
});
