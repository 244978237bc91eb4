import {expect, test} from '@jest/globals';
import type {OptionName, Settings} from '../../../src/settings/options.ts';
import type {Problem} from '../../../src/settings/problem.ts';
import {askItems} from '../../../src/ui/plain/ask-items.ts';
import {facts, settings} from '../ink/fixture.ts';
import {personWho} from './person-who.ts';

const asked = async (
	name: OptionName,
	typed: readonly string[],
	before: Partial<Settings> & {told?: readonly Problem[]} = {},
) => {
	const {told = [], ...changes} = before;
	const person = personWho(...typed);
	const answers = await askItems(name, {facts, settings: {...settings, ...changes}, told}, person);
	return {value: answers.settings[name], heard: person.heard};
};

test('add, change, remove, done', async () => {
	const typed = ['a=/srv/a', 'b=/srv/b', 'c=/srv/c', '2', 'b=/srv/other', '1', 'none', ''];
	expect(await asked('repositories', typed)).toEqual({
		value: {b: '/srv/other', c: '/srv/c'},
		heard: [
			'Type NAME=URL to add a repository, or done to continue.',
			'? Repositories (done) a=/srv/a',
			'  1. a=/srv/a',
			'? Repositories (done) b=/srv/b',
			'  2. b=/srv/b',
			'? Repositories (done) c=/srv/c',
			'  3. c=/srv/c',
			'? Repositories (done) 2',
			'Type a new value, or none to remove it.',
			'? Repository 2 (b=/srv/b) b=/srv/other',
			'  2. b=/srv/other',
			'? Repositories (done) 1',
			'Type a new value, or none to remove it.',
			'? Repository 1 (a=/srv/a) none',
			'  1. b=/srv/other',
			'  2. c=/srv/c',
			'Type NAME=URL to add a repository, a number to change or remove that one, or done to continue.',
			'? Repositories (done)',
		],
	});
});

test.each<readonly [string, OptionName, Partial<Settings>, readonly string[], string]>([
	['an invalid item', 'repositories', {}, ['nonsense'], 'Must have the form NAME=URL.'],
	['a duplicate name', 'repositories', {repositories: {a: '/x'}}, ['a=/y'], 'a is given twice.'],
	['an unknown item number', 'extraPackages', {extraPackages: ['/x']}, ['2'], 'Must be a path'],
	['an invalid replacement', 'extraPackages', {extraPackages: ['/x']}, ['1', 'x', ''], 'Must be a path'],
])('%s is refused with the reason, and nothing is lost', async (_, name, before, typed, reason) => {
	const {value, heard} = await asked(name, [...typed, 'done'], before);
	expect(value).toEqual(before[name] ?? {});
	expect(heard.find((line) => line.startsWith('✖'))).toContain(`✖ ${reason}`);
});

test('secrets are masked, and keep their values if they are not changed', async () => {
	const {value, heard} = await asked('environment', ['API_TOKEN=hunter2', '1', '', '?', '']);
	expect(value).toEqual({API_TOKEN: 'hunter2'});
	expect(heard.join('\n')).not.toContain('hunter2');
	expect(heard).toContain('  1. API_TOKEN=••••••');
	expect(heard).toContain('Current value: API_TOKEN=••••••. Type a new value, or none to remove it.');
});

test('a problem is shown below its item', async () => {
	const told = [{option: 'repositories', item: 'b', message: 'Vira has b with another URL.'}] as const;
	const {heard} = await asked('repositories', [''], {repositories: {a: '/a', b: '/b', c: '/c'}, told});
	expect(heard.slice(0, 4)).toEqual([
		'  1. a=/a',
		'  2. b=/b',
		'     ✖ Vira has b with another URL.',
		'  3. c=/c',
	]);
});

test('a problem with an item stays visible until that item changes', async () => {
	const told = ['a', 'b'].map(
		(item) => ({option: 'repositories', item, message: `${item} is wrong.`}) as const,
	);
	const {heard} = await asked('repositories', ['1', '/x=/y', 'a=/z', '?', ''], {
		repositories: {a: '/a', b: '/b'},
		told,
	});
	const again = heard.slice(heard.indexOf('? Repositories (done) ?'));
	expect(again).toContain('     ✖ b is wrong.');
	expect(again).not.toContain('     ✖ a is wrong.');
});

test('a line break in a value cannot be typed, and is not lost', async () => {
	const before = {environment: {MOTD: 'one\ntwo'}};
	expect((await asked('environment', ['1', '', ''], before)).value).toEqual(before.environment);
});

test('the consequence of an item is shown once', async () => {
	const url = 'https://alice:hunter2hunter2@example.org/x';
	const {heard} = await asked('repositories', [`a=${url}`, 'b=/b', '']);
	expect(heard.filter((line) => line.startsWith('! The URL of a contains a password'))).toHaveLength(1);
});

test('a long list is printed on demand', async () => {
	const repositories = Object.fromEntries(Array.from({length: 1000}, (_, index) => [`r${index}`, '/x']));
	const {heard} = await asked('repositories', ['?', ''], {repositories});
	expect(heard[0]).toBe('There are 1000. Type ? to list them.');
	expect(heard.filter((line) => line.startsWith('  '))).toHaveLength(1000);
});
