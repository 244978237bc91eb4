import {existsSync, readFileSync} from 'node:fs';
import {describe, expect, test} from '@jest/globals';
import {hasTest, testsIn, type Tests} from '../support/tests-in.ts';

const root = new URL('../../', import.meta.url);
const page = readFileSync(new URL('docs/failures.md', root), 'utf8');

interface Named {
	readonly path: string;
	readonly name: string;
}

interface Case {
	readonly number: number;
	readonly tests: readonly Named[];
	/** Why it cannot happen here. */
	readonly reason: string | undefined;
}

const caseFrom = (text: string): Case => ({
	number: Number.parseInt(text, 10),
	tests: [...text.matchAll(/^- `([^`]+)`: "(.+)"$/gmu)].map(([, path = '', name = '']) => ({path, name})),
	reason: /^Cannot happen here: (.+)$/mu.exec(text)?.[1],
});

const [numbered = '', notHandled = ''] = page.split(/^## Not handled yet$/mu);
const cases = numbered
	.split(/^### /mu)
	.slice(1)
	.map((text) => caseFrom(text));

const testsOf = ({path}: Named): Tests | undefined => {
	const file = new URL(path, root);
	return path.startsWith('__tests__/') && existsSync(file) ? testsIn(readFileSync(file, 'utf8')) : undefined;
};

test('the cases are numbered from 1 to 206, without gaps', () => {
	expect(cases.map(({number}) => number)).toEqual(Array.from({length: 206}, (_, index) => index + 1));
});

test('every case that is not handled yet is one of them', () => {
	const numbers = [...notHandled.matchAll(/^- (\d+): \S/gmu)].map(([, number]) => Number(number));
	expect(numbers.length).toBe(notHandled.match(/^- /gmu)?.length);
	expect(numbers.filter((number) => !cases.some((one) => one.number === number))).toEqual([]);
});

test.each(cases)('case $number names a test, or says why it cannot happen', ({tests, reason}) => {
	expect(tests.length > 0 || reason !== undefined).toBe(true);
	expect(
		tests.filter((named) => {
			const found = testsOf(named);
			return found === undefined || !hasTest(found, named.name);
		}),
	).toEqual([]);
});

test('every line that names a test is parsed as one', () => {
	const lines = numbered.split('\n').filter((line) => line.startsWith('- '));
	expect(lines).toHaveLength(cases.reduce((total, {tests}) => total + tests.length, 0));
});

describe('the search for a test title', () => {
	const file = testsIn(`
		const rows = [['a port', 1], ['a path', 2]];
		test('one', () => {});
		test.each(rows)('%s is taken at %i', () => {});
		for (const word of ['left', 'right']) testScenario(\`goes \${word}\`, async () => {});
		describe('a block', () => {});
		note('no test');
		// test('in a comment', () => {});
	`);

	test.each([
		['one', true],
		['two', false],
		['on', false],
		['one more', false],
		['a port is taken at 2', true],
		['%s is taken at %i', true],
		['a part is taken at 2', false],
		['a port is taken at 3', false],
		['a port is taken', false],
		['goes left', true],
		['goes back', false],
		['a block', false],
		['no test', false],
		['in a comment', false],
	])('%j exists: %s', (name, there) => {
		expect(hasTest(file, name)).toBe(there);
	});
});
