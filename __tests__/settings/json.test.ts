import {expect, test, describe} from '@jest/globals';
import fc from 'fast-check';
import {jsonProblem, parseJson} from '../../src/settings/json.ts';
import {parseSettingsFile, isNewerFormat, parseSavedSettings} from '../../src/settings/settings-file.ts';
import {findExport} from '../../src/platform/vira/vira-state.ts';
import {isWholeReceipt, parseReceipt} from '../../src/platform/installed/receipt.ts';

test.each([
	['', 'unexpected end at line 1, column 1'],
	['{"port": 1,\n "host', 'unexpected end at line 2, column 7'],
	['{"port": x}', 'unexpected character at line 1, column 10'],
	['{\n\t"port": 1,\n}', 'unexpected character at line 3, column 1'],
	['{"a": "\\q"}', 'unexpected character at line 1, column 9'],
	['{} {}', 'unexpected character at line 1, column 4'],
	['port = 1', 'unexpected character at line 1, column 1'],
])('%j is not JSON: %s', (text, problem) => {
	expect(jsonProblem(text)).toBe(problem);
});

test('what is put into a document is found where it stands', () => {
	fc.assert(
		fc.property(fc.jsonValue({maxDepth: 5}), fc.nat(), (value, number) => {
			const text = JSON.stringify({value}, undefined, 1);
			const lines = text.split('\n');
			const line = number % (lines.length - 1);
			const broken = lines.with(line, `${lines[line] ?? ''}\u0001`).join('\n');
			expect(jsonProblem(broken)).toBe(
				`unexpected character at line ${line + 1}, column ${(lines[line] ?? '').length + 1}`,
			);
		}),
	);
});

test('the file is named, and nothing of it is quoted', () => {
	const messages = (called?: string) =>
		parseSettingsFile('{"API_TOKEN": hunter2}', {called}).problems.map(({message}) => message);
	expect(messages()).toEqual(['It is not valid JSON: unexpected character at line 1, column 15.']);
	expect(messages('vira.json')).toEqual([
		'vira.json is not valid JSON: unexpected character at line 1, column 15.',
	]);
});

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
