import {expect, test} from '@jest/globals';
import type {DiffLine} from '../../../src/steps/plan/changes.ts';
import {keptParts} from '../../../src/ui/words/planned-changes.ts';

/** `-a` is removed, `+b` is added; every other line stays. */
const diff = (...lines: readonly string[]): readonly DiffLine[] =>
	lines.map((line) => {
		const mark = line.startsWith('+') ? 'added' : line.startsWith('-') ? 'removed' : 'same';
		return {mark, text: mark === 'same' ? line : line.slice(1)};
	});

/** Each line with the part that differs in brackets. */
const marked = (...words: readonly string[]): readonly string[] => {
	const lines = diff(...words);
	const parts = keptParts(lines);
	return lines.map((line) => {
		const kept = parts.get(line);
		if (!kept) return line.text;
		const end = line.text.length - kept.tail;
		return `${line.text.slice(0, kept.lead)}[${line.text.slice(kept.lead, end)}]${line.text.slice(end)}`;
	});
};

test.each([
	['a value', '-"--port" "5005" "web"', '+"--port" "5006" "web"', '"--port" "[5006]" "web"'],
	['a whole word, not only its end', '-port 5005', '+port 5006', 'port [5006]'],
	[
		'a value in a property list',
		'-<string>5005</string>',
		'+<string>8443</string>',
		'<string>[8443]</string>',
	],
	['a part of a path', '-PATH=/a/b:/c', '+PATH=/a/x:/c', 'PATH=/a/[x]:/c'],
	['what is added at the end', '-vira web', '+vira web --trace', 'vira web[ --trace]'],
	['everything from the first difference to the last', '-a b c d', '+a x c y', 'a [x c y]'],
	['a repeated word once', '-a a', '+a a a', 'a a[ a]'],
	['nothing of a line without a common word', '-  "one"', '+  "two"', '  "two"'],
	['nothing of a secret that looks the same', '-TOKEN=••••••', '+TOKEN=••••••', 'TOKEN=••••••'],
])('it marks %s', (_says, removed, added, expected) => {
	expect(marked(removed, added)[1]).toBe(expected);
});

test('the removed line is marked too', () => {
	expect(marked('-vira web --trace', '+vira web')).toEqual(['vira web[ --trace]', 'vira web[]']);
});

test('of several lines each is compared with the one that replaces it', () => {
	expect(marked('-port 1', '-host a', '+port 2', '+host b', '+new 3')).toEqual([
		'port [1]',
		'host [a]',
		'port [2]',
		'host [b]',
		'new 3',
	]);
});

test('an added line replaces no line that was removed elsewhere', () => {
	expect(marked('-port 1', 'stays', '+port 2')).toEqual(['port 1', 'stays', 'port 2']);
});

test('a line of a megabyte is compared at once', () => {
	const long = 'word '.repeat(200_000);
	const began = performance.now();
	expect(marked(`-${long}1 x`, `+${long}2 x`)[1]).toBe(`${long}[2] x`);
	expect(performance.now() - began).toBeLessThan(5000);
});
