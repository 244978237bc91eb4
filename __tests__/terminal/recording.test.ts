import {expect, test} from '@jest/globals';
import {workShots} from '../../scripts/terminal/recording.ts';
import type {Still} from '../../scripts/terminal/still.ts';

const frame = (...lines: readonly string[]): Still => ({
	rows: lines.map((line) => {
		const [, sign = '', text = '', time = ''] = /^(. )(.*?)( {2}.*)?$/u.exec(line) ?? [];
		return [
			{from: 0, text: sign, cells: 2},
			{from: 2, text, cells: text.length, bold: true},
			...(time === '' ? [] : [{from: 2 + text.length, text: time, cells: time.length, dim: true}]),
		];
	}),
});

const textOf = ({rows}: Still): string =>
	rows.map((runs) => runs.reduce((line, {from, text}) => line.padEnd(from) + text, '')).join('\n');

/** The same work twice, with other times between the frames. */
const quick = [
	frame('⠋ Create the file'),
	frame('✔ Create the file'),
	frame('✔ Create the file', '⠋ Wait  ░░░  0 of 9 s'),
	frame('✔ Create the file', '✔ Wait'),
];
const slow = [
	frame('⠋ Create the file'),
	frame('⠹ Create the file  0.2 s'),
	frame('✔ Create the file  0.3 s'),
	frame('✔ Create the file  0.3 s', '⠋ Wait  ░░░  0 of 9 s'),
	frame('✔ Create the file  0.3 s', '⠼ Wait  █░░  4 of 9 s'),
	frame('✔ Create the file  0.3 s', '✔ Wait  4.2 s'),
];

test('however long the work takes, its shots are the same', () => {
	expect(workShots(slow)).toEqual(workShots(quick));
});

test('each task is shown with a spinner that turns, and a wait with its seconds', () => {
	const texts = workShots(slow).map(({still}) => textOf(still));
	expect(texts.slice(0, 3)).toEqual([
		'⠋ Create the file',
		'⠙ Create the file',
		'✔ Create the file\n⠹ Wait  ░░░  0 of 9 s',
	]);
	expect(texts.at(-1)).toContain('1 of 9 s');
	expect(new Set(texts).size).toBeGreaterThan(10);
});
