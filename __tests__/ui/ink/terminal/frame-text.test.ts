import {expect, test} from '@jest/globals';
import {frameText} from '../../../../src/ui/ink/terminal/terminal.ts';
import type {Line} from '../../../../src/ui/ink/components/line.ts';

const line: Line = [
	{text: '✔ ', tone: 'good'},
	{text: 'all is well here', bold: true},
	{text: ', and there', tone: 'quiet'},
];

test('a line that fits is drawn whole, a longer one is cut', () => {
	const plain = (width: number): string =>
		frameText([line], {width, colour: false}).replaceAll(/\u001B\[\d+m/gu, '');
	expect([plain(40), plain(29), plain(20), plain(17), plain(1)]).toEqual([
		'✔ all is well here, and there',
		'✔ all is well here, and there',
		'✔ all is well here,…',
		'✔ all is well he…',
		'…',
	]);
});

test('colors only if they are wanted; bold and dim text stays', () => {
	expect(frameText([line], {width: 40, colour: true})).toContain('\u001B[32m✔ ');
	expect(frameText([line], {width: 40, colour: false})).not.toContain('\u001B[32m');
	expect(frameText([line], {width: 40, colour: false})).toContain('\u001B[1mall is well here');
});
