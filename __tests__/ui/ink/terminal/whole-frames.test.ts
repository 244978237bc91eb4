import {expect, test} from '@jest/globals';
import {wholeFramesOn} from '../../../../src/ui/ink/terminal/whole-frames.ts';
import {fakeTerminal} from '../fake-terminal.ts';

const frame = (text: string): string => `\u001B[?2026h${text}\u001B[?2026l`;

const opened = () => {
	const terminal = fakeTerminal();
	const frames = wholeFramesOn(terminal.stdout, async () => {
		frames.stdout.write(frame('second'));
	});
	return {frames, written: terminal.written, shows: terminal.shows};
};

test('a frame is written when its change is laid out', () => {
	const {frames, written} = opened();
	frames.hold(false);
	frames.stdout.write(frame('first'));
	expect(written()).toBe('');
	frames.settle();
	expect(written()).toBe(frame('first'));
});

test('a change that scrolls waits for its other frame, and both are one', async () => {
	const {frames, written, shows} = opened();
	frames.hold(false);
	frames.stdout.write(frame('first, '));
	frames.hold(true);
	frames.settle();
	expect(written()).toBe('');
	await shows('first, second');
	expect(written()).toBe(frame('first, second'));
});

test('without a change, it is written all the same', async () => {
	const {frames, shows} = opened();
	frames.hold(false);
	const done = new Promise<void>((resolve) => {
		frames.stdout.write('text', () => resolve());
	});
	await done;
	expect((await shows('text'))[0]).toBe('text');
});

test('a frame is sent in fewer bytes, whether it was kept or not', () => {
	const {frames, written} = opened();
	const lines = '\u001B[E'.repeat(3);
	frames.stdout.write(lines);
	frames.hold(false);
	frames.stdout.write(lines);
	frames.settle();
	expect(written()).toBe('\u001B[3E'.repeat(2));
});
