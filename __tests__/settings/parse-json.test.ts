import {describe, expect, test} from '@jest/globals';
import fc from 'fast-check';
import {findExport} from '../../src/platform/vira/vira-export.ts';
import {parseJson} from '../../src/settings/parse-json.ts';
import {isNewerFormat, parseSavedSettings, parseSettingsFile} from '../../src/settings/settings-file.ts';
import {isWholeReceipt, parseReceipt} from '../../src/platform/installed/receipt.ts';

const nested = (levels: number, inner = '1'): string =>
	'{"a":['.repeat(levels / 2) + inner + ']}'.repeat(levels / 2);

test('any JSON that is not nested too deeply is parsed like JSON.parse', () => {
	fc.assert(
		fc.property(fc.jsonValue({maxDepth: 20}), fc.nat({max: 2}), (value, indent) => {
			const text = JSON.stringify(value, undefined, indent);
			expect(parseJson(text)).toEqual(JSON.parse(text));
		}),
	);
});

test('brackets in a string, even after an escaped quote, are text', () => {
	const text = JSON.stringify({'"[{\\': `\\"${'[{'.repeat(1000)}`});
	expect(parseJson(text)).toEqual(JSON.parse(text));
	expect(parseJson(nested(100))).toEqual(JSON.parse(nested(100)));
	expect(() => parseJson(nested(102))).toThrow('nested more than 100 levels deep');
});

describe.each([20_000, 1_000_000])('nested %d levels deep', (levels) => {
	const deep = nested(levels);

	test.each([
		['a setting', `{"package": ${deep}}`],
		['a variable', `{"systemd": {"environment": {"A": ${deep}}}}`],
		['a name that is not a setting', `{"other": ${deep}}`],
		['the module', `{"enable": true, "package": {"outPath": ${deep}}}`],
		['unclosed brackets', '['.repeat(levels)],
	])('settings are refused in one sentence: %s', (_, text) => {
		for (const parse of [parseSettingsFile, parseSavedSettings])
			expect(parse(text).problems.map(({message}) => message)).toEqual([
				'It is nested more than 100 levels deep.',
			]);
		expect(isNewerFormat(text)).toBe(false);
	});

	test('a receipt is rejected', () => {
		const receipt = `{"schema":1,"state":"complete","files":{},"folders":[],"kept":${deep}}`;
		expect([parseReceipt(receipt), isWholeReceipt(receipt)]).toEqual([undefined, false]);
	});

	test("Vira's export lists no repositories", () => {
		expect(findExport(`opening\n{"repositories":{"a":${deep}}}\n`)).toBeUndefined();
		expect(findExport(`opening\n${deep.slice(0, levels)}\n`)).toBeUndefined();
	});
});
