import {expect, test} from '@jest/globals';
import type {Key} from 'ink';
import {readInput, type Stroke} from '../../../src/ui/ink/keystrokes.ts';

const none: Key = {
	upArrow: false,
	downArrow: false,
	leftArrow: false,
	rightArrow: false,
	pageDown: false,
	pageUp: false,
	home: false,
	end: false,
	return: false,
	escape: false,
	ctrl: false,
	shift: false,
	tab: false,
	backspace: false,
	delete: false,
	meta: false,
	super: false,
	hyper: false,
	capsLock: false,
	numLock: false,
};

const cases: readonly (readonly [input: string, key: Partial<Key>, strokes: readonly Stroke[]])[] = [
	['x', {}, [{text: 'x'}]],
	['👍🏽', {}, [{text: '👍🏽'}]],
	['ab', {}, [{text: 'a'}, {text: 'b'}]],
	['80\r', {}, [{text: '8'}, {text: '0'}, {key: 'enter'}]],
	['\r\r', {}, [{key: 'enter'}, {key: 'enter'}]],
	['a\u0003', {}, [{text: 'a'}, {key: 'ctrl-c'}]],
	['one\ntwo', {}, [{paste: 'one\ntwo'}]],
	['\r', {return: true}, [{key: 'enter'}]],
	['', {delete: true}, [{key: 'erase'}]],
	['', {tab: true}, [{key: 'tab'}]],
	['', {tab: true, shift: true}, [{key: 'back-tab'}]],
	['', {leftArrow: true}, [{key: 'left'}]],
	['', {leftArrow: true, ctrl: true}, [{key: 'word-left'}]],
	['w', {ctrl: true}, [{key: 'ctrl-w'}]],
	['z', {ctrl: true}, []],
	['b', {meta: true}, [{key: 'word-left'}]],
	['x', {meta: true}, []],
];

test.each(cases)('%j %j', (input, key, strokes) => {
	expect(readInput(undefined, input, {...none, ...key}).strokes).toEqual(strokes);
});

test('a marked paste is one stroke, whatever pieces it comes in', () => {
	const pieces: readonly (readonly [string, Partial<Key>])[] = [
		['[200~', {}],
		['one', {}],
		['\r', {return: true}],
		['two', {}],
		['', {tab: true}],
		['[201~', {}],
	];
	const strokes: Stroke[] = [];
	let pasting: string | undefined;
	for (const [input, key] of pieces) {
		const read = readInput(pasting, input, {...none, ...key});
		pasting = read.pasting;
		strokes.push(...read.strokes);
	}
	expect(strokes).toEqual([{paste: 'one\rtwo\t'}]);
	expect(pasting).toBeUndefined();
});
