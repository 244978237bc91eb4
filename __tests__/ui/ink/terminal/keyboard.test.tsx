import {afterEach, expect, test} from '@jest/globals';
import {Text, render, useInput, usePaste, type Instance} from 'ink';
import {strokeOf, type Stroke} from '../../../../src/ui/ink/stroke.ts';
import {keyboardOf, readKeys} from '../../../../src/ui/ink/terminal/keyboard.ts';
import {fakeTerminal} from '../fake-terminal.ts';

const open: Instance[] = [];
afterEach(() => {
	for (const app of open.splice(0)) app.unmount();
});

const lastPaste = 'the end of the test';

/** Types into a terminal whose keys Ink reads, and returns the strokes up to the one that ends them. */
const strokesAfter = (
	input: string,
	isEnd = (stroke: Stroke) => 'paste' in stroke && stroke.paste === lastPaste,
) =>
	new Promise<readonly Stroke[]>((resolve) => {
		const terminal = fakeTerminal();
		const strokes: Stroke[] = [];
		const take = (stroke: Stroke | undefined): void => {
			if (stroke) strokes.push(stroke);
			if (stroke && isEnd(stroke)) resolve(strokes);
		};
		const Listener = () => {
			useInput((text, key) => take(strokeOf(text, key)));
			usePaste((paste) => take(paste === '' ? undefined : {paste}));
			return <Text>…</Text>;
		};
		const {stdin, stdout} = terminal;
		open.push(
			render(<Listener />, {stdin: keyboardOf(stdin), stdout, exitOnCtrlC: false, interactive: true}),
		);
		terminal.type(input);
	});

const strokesOf = async (input: string): Promise<readonly Stroke[]> =>
	(await strokesAfter(`${input}\u001B[200~${lastPaste}\u001B[201~`)).slice(0, -1);
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

test.each(cases)('%j', async (input, strokes) => {
	expect(await strokesOf(input)).toEqual(strokes);
});

test.each(cases)('%j means the same however it is split in two, unless a key ends there', (input) => {
	const {keys, rest} = readKeys(input);
	expect(rest).toBe('');
	for (let at = 1; at < input.length; at++) {
		const begun = readKeys(input.slice(0, at));
		const read = [...begun.keys, ...readKeys(begun.rest + input.slice(at)).keys];
		// Characters that join, and pastes that nothing marks, are known by what arrives together.
		if (begun.rest !== '') expect(read).toEqual(keys);
	}
});

test.each([
	['\u001B', {key: 'escape'}],
	['\u001B[', {key: 'escape'}],
	['\u001B[200~one\ntw', {paste: 'one\ntw'}],
] as const)('%j, and then nothing more', async (input, stroke) => {
	expect(readKeys(input)).toEqual({keys: [], rest: input});
	expect(await strokesAfter(input, () => true)).toEqual([stroke]);
});

test('Esc before another key is Esc', async () => {
	expect(await strokesOf('\u001B\u001B\u001B[A')).toEqual([{key: 'escape'}, {key: 'step-up'}]);
});

test('keys that were pressed before anything reads them are not lost', async () => {
	const terminal = fakeTerminal();
	const keyboard = keyboardOf(terminal.stdin);
	keyboard.setRawMode(true);
	terminal.type('ab\u001B[B');
	const strokes: Stroke[] = [];
	const Listener = ({onEnd}: {readonly onEnd: () => void}) => {
		useInput((text, key) => {
			const stroke = strokeOf(text, key);
			if (stroke) strokes.push(stroke);
			if (strokes.length === 3) onEnd();
		});
		return <Text>…</Text>;
	};
	await new Promise<void>((resolve) => {
		const {stdout} = terminal;
		open.push(render(<Listener onEnd={resolve} />, {stdin: keyboard, stdout, interactive: true}));
	});
	expect(strokes).toEqual([{text: 'a'}, {text: 'b'}, {key: 'down'}]);
});
