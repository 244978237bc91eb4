import {expect, test} from '@jest/globals';
import {readStrokes, strokesOfRest, type Stroke} from '../../../../src/ui/ink/terminal/keystrokes.ts';

const cases: readonly (readonly [input: string, strokes: readonly Stroke[]])[] = [
	['x', [{text: 'x'}]],
	['👍🏽', [{text: '👍🏽'}]],
	['日本', [{text: '日'}, {text: '本'}]],
	['e\u0301', [{text: 'e\u0301'}]],
	['80\r', [{text: '8'}, {text: '0'}, {key: 'enter'}]],
	['\r\r', [{key: 'enter'}, {key: 'enter'}]],
	['a\u0003', [{text: 'a'}, {key: 'ctrl-c'}]],
	['one\ntwo', [{paste: 'one\ntwo'}]],
	['\u007F', [{key: 'erase'}]],
	['\t', [{key: 'tab'}]],
	['\u0017', [{key: 'ctrl-w'}]],
	['\u001A', [{key: 'ctrl-z'}]],
	['\u0014', []],
	['\u001B[A\u001B[B', [{key: 'up'}, {key: 'down'}]],
	['\u001BOC', [{key: 'right'}]],
	['\u001B[Z', [{key: 'back-tab'}]],
	['\u001B[3~', [{key: 'delete'}]],
	['\u001B[1~\u001B[4~', [{key: 'home'}, {key: 'end'}]],
	['\u001B[H\u001BOF', [{key: 'home'}, {key: 'end'}]],
	['\u001B[5~\u001B[6~', [{key: 'page-up'}, {key: 'page-down'}]],
	['\u001B[1;5D\u001B[1;3C', [{key: 'word-left'}, {key: 'word-right'}]],
	['\u001BOd\u001B\u001B[C', [{key: 'word-left'}, {key: 'word-right'}]],
	['\u001B[1;2A\u001B[1;5B', [{key: 'step-up'}, {key: 'step-down'}]],
	['\u001Bb\u001Bf\u001Bd', [{key: 'word-left'}, {key: 'word-right'}, {key: 'delete-word'}]],
	['\u001B\u007F\u001B[3;5~', [{key: 'erase-word'}, {key: 'delete-word'}]],
	['\u001Bx', []],
	// What a terminal reports unasked, with keys on either side: the color of its background, its name, a focus.
	[
		'a\u001B]11;rgb:ffff/ffff/ffff\u001B\\\u001B[?62;4c\u001BP>|xterm\u001B\\\u001B[Ib',
		[{text: 'a'}, {text: 'b'}],
	],
	['\u001B[200~one\r\ttwo\u001B[201~x', [{paste: 'one\r\ttwo'}, {text: 'x'}]],
	['\u001B[200~\u001B[201~', []],
	['\u001B[200~a\u001B[31mb\u001B[201~', [{paste: 'a\u001B[31mb'}]],
	['9\r\u0003', [{text: '9'}, {key: 'enter'}, {key: 'ctrl-c'}]],
];

test.each(cases)('%j', (input, strokes) => {
	expect(readStrokes(input)).toEqual({strokes, rest: ''});
});

test.each(cases)(
	'%j means the same however it is split in two, unless a key ends there',
	(input, strokes) => {
		for (let at = 1; at < input.length; at++) {
			const begun = readStrokes(input.slice(0, at));
			const read = [...begun.strokes, ...readStrokes(begun.rest + input.slice(at)).strokes];
			// Characters that join, and pastes that nothing marks, are known by what arrives together.
			if (begun.rest !== '') expect(read).toEqual(strokes);
		}
	},
);

test.each([
	['\u001B', [{key: 'escape'}]],
	['\u001B[', [{key: 'escape'}]],
	['\u001B[200~one\ntw', [{paste: 'one\ntw'}]],
])('%j, and then nothing more', (input, strokes) => {
	const {strokes: before, rest} = readStrokes(input);
	expect([before, rest]).toEqual([[], input]);
	expect(strokesOfRest(rest)).toEqual(strokes);
});

test('Esc before another key is Esc', () => {
	expect(readStrokes('\u001B\u001B\u001B[A').strokes).toEqual([{key: 'escape'}, {key: 'step-up'}]);
});
