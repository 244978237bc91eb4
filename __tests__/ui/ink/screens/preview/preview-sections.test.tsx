import {expect, test} from '@jest/globals';
import {jumpedTo} from '../../../../../src/ui/ink/screens/preview/state.ts';
import {Section} from '../../../../../src/ui/ink/screens/preview/view.tsx';
import {firstState} from '../../../../../src/ui/ink/wizard-state.ts';
import {component} from '../../drawn.tsx';

const sections = [
	{name: '~/vira.service', line: 0},
	{name: '~/settings.json', line: 10},
	{name: 'Commands', line: 18},
];

const shown = (top: number, columns: number): string =>
	component(<Section sections={sections} top={top} />, firstState({columns, rows: 24})).join('\n');

test.each([
	[0, '▸ 1 of 3: ~/vira.service'],
	[9, '▸ 1 of 3: ~/vira.service'],
	[10, '▸ 2 of 3: ~/settings.json'],
	[40, '▸ 3 of 3: Commands'],
])('with line %i at the top it shows the position', (top, expected) => {
	expect(shown(top, 80)).toBe(expected);
});

test('a long name is cut to the width of the window', () => {
	expect(shown(0, 14)).toBe('▸ 1 of 3: ~/v…');
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
