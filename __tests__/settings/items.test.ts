import {describe, expect, test} from '@jest/globals';
import {entryMeant} from '../../src/settings/items.ts';
import {options} from '../../src/settings/options.ts';
import {parseValue} from '../../src/settings/value.ts';

const meant = (text: string, ...taken: readonly string[]): string =>
	entryMeant(text, options.repositories, (name) => taken.includes(name));

describe('a repository that is given as its URL alone is named after the last part', () => {
	test.each([
		['https://github.com/juspay/vira.git', 'vira'],
		['https://github.com/juspay/vira/', 'vira'],
		['git@host:a/b.git', 'b'],
		['git@host:b', 'b'],
		['ssh://git@host:2222/x', 'x'],
		['/srv/git/x.git', 'x'],
		['/srv/x/.git', 'x'],
		['file:///srv/my repo', 'my repo'],
		['https://host/a=b', 'a-b'],
	])('%s: %s', (url, name) => {
		expect(meant(url)).toBe(`${name}=${url}`);
		expect(parseValue(options.repositories, [url])).toEqual({good: true, value: {[name]: url}});
	});
});

test.each([
	['vira https://h/x', 'vira=https://h/x'],
	['  vira \t git@h:x  ', 'vira=git@h:x'],
	['vira https://h/x?a=b', 'vira=https://h/x?a=b'],
])('%j, with a space, means %s', (text, entry) => {
	expect(meant(text)).toBe(entry);
});

test.each(['vira=https://h/x', 'nonsense', 'two words', 'vira:https://h/x', '/', 'a/b=https://h/x'])(
	'%s stays as it is',
	(text) => {
		expect(meant(text)).toBe(text);
	},
);

test('a name that exists already gets a number', () => {
	expect([meant('/x/vira', 'vira'), meant('/x/vira', 'vira', 'vira-2')]).toEqual([
		'vira-2=/x/vira',
		'vira-3=/x/vira',
	]);
	const texts = ['/x/vira', 'vira=/y', '/z/vira.git'];
	expect(parseValue(options.repositories, texts)).toEqual({
		good: true,
		value: {'vira-2': '/x/vira', vira: '/y', 'vira-3': '/z/vira.git'},
	});
});

test('a variable needs its name', () => {
	expect(parseValue(options.environment, ['/srv/x'])).toMatchObject({good: false});
});
