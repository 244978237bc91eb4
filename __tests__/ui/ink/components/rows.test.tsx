import {expect, test} from '@jest/globals';
import {Rows} from '../../../../src/ui/ink/components/toned.tsx';
import type {TextRow} from '../../../../src/ui/ink/components/rows.ts';
import {firstState} from '../../../../src/ui/ink/wizard-state.ts';
import {component, withCodes} from '../drawn.tsx';

const row: TextRow = [
	{text: '✔ ', tone: 'good'},
	{text: 'all is well here', bold: true},
	{text: ', and there', tone: 'quiet'},
];

const list = <Rows rows={[row]} />;

test('a row that fits is drawn whole, a longer one is cut', () => {
	const shown = (columns: number): readonly string[] => component(list, firstState({columns, rows: 24}));
	expect([40, 29, 20, 17, 1].flatMap(shown)).toEqual([
		'✔ all is well here, and there',
		'✔ all is well here, and there',
		'✔ all is well here,…',
		'✔ all is well he…',
		'…',
	]);
});

test('colors only if they are wanted; bold and dim text stays', () => {
	const state = firstState({columns: 40, rows: 24});
	expect(withCodes(list, state, {colour: true})).toContain('\u001B[32m✔ ');
	expect(withCodes(list, state)).not.toContain('\u001B[32m');
	expect(withCodes(list, state)).toContain('\u001B[1mall is well here');
	expect(withCodes(list, state)).toContain('\u001B[2m, and there');
});
