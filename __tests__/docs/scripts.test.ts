import {readFileSync} from 'node:fs';
import {expect, test} from '@jest/globals';
import {reasons} from '../../src/errors.ts';

const page = readFileSync(new URL('../../docs/scripts.md', import.meta.url), 'utf8');

/** The rows of the table under a heading: the first two columns, without what marks code. */
const rowsUnder = (heading: string): readonly (readonly [string, string])[] => {
	const [, section = ''] = page.split(new RegExp(`^## ${heading}$`, 'mu'));
	const [own = ''] = section.split(/^## /mu);
	return [...own.matchAll(/^\| `([^`]+)` +\| (.*?) *\|/gmu)].map(([, name = '', meaning = '']) => [
		name,
		meaning,
	]);
};

test('every reason is listed with its meaning', () => {
	expect(rowsUnder('Why the service does not run')).toEqual(Object.entries(reasons));
});
