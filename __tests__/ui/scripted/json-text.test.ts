import {expect, test} from '@jest/globals';
import {quickAnswer} from '../../../src/command-line/quick-answer.ts';
import {jsonText, plainJson} from '../../../src/ui/scripted/json-text.ts';

/** DEL, C1, and characters that end a line or change its direction. */
const acting = '\u007F\u0080\u0085\u009B\u009F\u2028\u2029\u202E\u2066\u061C\u200F';

test('a document contains no character that acts on a terminal, and parses to the same content', () => {
	const document = {[acting]: [`a${acting}b`], plain: 'é 漢 😀 ••••••'};
	const text = jsonText(document);
	expect(text).not.toMatch(/[\u007F-\u009F\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]/u);
	expect(JSON.parse(text)).toEqual(document);
	expect(text).toContain('é 漢 😀 ••••••');
	expect(plainJson('"\u009B"')).toBe(String.raw`"\u009b"`);
});

test('a document printed without a run contains none either', async () => {
	const text = await quickAnswer(['--version', '--json'], {version: '\u009B1', columns: undefined});
	expect(text).toContain(String.raw`"version": "\u009b1"`);
});
