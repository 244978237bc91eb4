import {describe, expect, test} from '@jest/globals';
import fc from 'fast-check';
import {findExport} from '../../../src/platform/vira/vira-state.ts';

/** What the real program prints around its JSON. */
const printed = (json: string): string =>
	`Opening ViraState database...\nOpened ViraState; schema version = 8\n${json}Creating checkpoint before closing...\n`;

test('only the object is extracted from the surrounding output', () => {
	expect(findExport(printed('{"repositories":{"a":"https://x/a"}}'))).toEqual({
		json: '{"repositories":{"a":"https://x/a"}}',
		repositories: {a: 'https://x/a'},
	});
});

test('whatever the names and URLs are, the object is kept as it was printed', () => {
	fc.assert(
		fc.property(fc.dictionary(fc.string({unit: 'binary'}), fc.string({unit: 'binary'})), (repositories) => {
			const json = JSON.stringify({repositories});
			expect(findExport(printed(json))?.json).toBe(json);
		}),
	);
});

describe('nothing is known from', () => {
	test.each([
		['from no output', ''],
		['from only the surrounding lines', printed('')],
		['from an object that was cut off', 'Opened ViraState; schema version = 8\n{"repositories":{"a":"https:'],
		['from an object without repositories', printed('{"jobs":{}}')],
		['from repositories without URLs', printed('{"repositories":{"a":1}}')],
		['from a list', printed('{"repositories":["a"]}')],
	])('%s', (_, output) => {
		expect(findExport(output)).toBeUndefined();
	});
});

test('a long text that opens many objects is parsed in linear time', () => {
	const output = '{\n'.repeat(20_000);
	const began = performance.now();
	expect(findExport(output)).toBeUndefined();
	expect(performance.now() - began).toBeLessThan(2000);
});
