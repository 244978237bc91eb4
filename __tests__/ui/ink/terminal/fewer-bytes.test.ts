import {expect, test} from '@jest/globals';
import xterm from '@xterm/headless';
import fc from 'fast-check';
import {inFewerBytes} from '../../../../src/ui/ink/terminal/whole-frames.ts';

/** What a person sees after these frames: each visible character with its look, and the cursor. */
const seen = async (...frames: readonly string[]) => {
	const terminal = new xterm.Terminal({cols: 80, rows: 6, allowProposedApi: true});
	for (const frame of frames) await new Promise<void>((resolve) => terminal.write(frame, resolve));
	const {active} = terminal.buffer;
	const cells = Array.from({length: 6 * 80}, (_, index) => {
		const cell = active.getLine(Math.floor(index / 80))?.getCell(index % 80);
		const text = cell?.getChars() ?? '';
		return text.trim() === '' ? ' ' : [text, cell?.getFgColor(), cell?.isBold(), cell?.isDim()];
	});
	return {cells, cursor: [active.cursorX, active.cursorY]};
};

const piece = fc.tuple(
	fc.constantFrom('', '\u001B[1m', '\u001B[2m', '\u001B[36m', '\u001B[1m\u001B[36m', '\u001B[32m\u001B[2m'),
	fc.constantFrom('', 'a', ' ', 'word', '        ', 'x       y', '✔ ', '›'),
);

/** As Ink writes it: each piece ends with the codes that end its style. */
const styled = ([style, text]: readonly [string, string]): string => {
	const weight = /\[[12]m/u.test(style) ? '\u001B[22m' : '';
	return style + text + (/\[3\dm/u.test(style) ? '\u001B[39m' : '') + weight;
};

/** A line that stays, or one that is written from a column on. */
const line = fc.oneof(
	fc.constant('\u001B[E'),
	fc
		.tuple(fc.integer({min: 1, max: 8}), fc.array(piece, {maxLength: 3}))
		.map(([column, texts]) => `\u001B[${column}G\u001B[K${texts.map(styled).join('')}\r\n`),
);

const frame = fc
	.array(line, {maxLength: 5})
	.map((lines) => `\u001B[?2026h\u001B[H${lines.join('')}\u001B[?2026l`);

test('a person sees the same, in no more bytes', async () => {
	await fc.assert(
		fc.asyncProperty(frame, frame, async (first, second) => {
			const fewer = [inFewerBytes(first), inFewerBytes(second)] as const;
			expect(await seen(...fewer)).toEqual(await seen(first, second));
			expect(fewer.join('').length).toBeLessThanOrEqual(first.length + second.length);
		}),
	);
});

test('lines that stay, blanks and styles in which nothing is visible cost almost nothing', () => {
	const frame = `${'\u001B[E'.repeat(12)}\u001B[3G\u001B[K\u001B[32m  \u001B[39m\u001B[1ma\u001B[22m\u001B[2m${' '.repeat(20)}b\u001B[22m`;
	expect(inFewerBytes(frame)).toBe(
		'\u001B[12E\u001B[3G\u001B[K  \u001B[1ma\u001B[22;2m\u001B[20Cb\u001B[22m',
	);
});

test('a link stays as it is', () => {
	const link = '\u001B[1m\u001B]8;;https://localhost\u001B\\here\u001B]8;;\u001B\\\u001B[22m';
	expect(inFewerBytes(link)).toContain('\u001B]8;;https://localhost\u001B\\');
});
