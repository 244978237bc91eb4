import {expect, test} from '@jest/globals';
import fc from 'fast-check';
import {jsonProblem} from '../../src/settings/json-position.ts';
import {parseSettingsFile} from '../../src/settings/settings-file.ts';

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
		parseSettingsFile('{"API_TOKEN": hunter2}', undefined, called).problems.map(({message}) => message);
	expect(messages()).toEqual(['It is not valid JSON: unexpected character at line 1, column 15.']);
	expect(messages('vira.json')).toEqual([
		'vira.json is not valid JSON: unexpected character at line 1, column 15.',
	]);
});
