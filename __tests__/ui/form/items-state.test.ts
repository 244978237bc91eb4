import {expect, test} from '@jest/globals';
import {options} from '../../../src/settings/options.ts';
import {itemsAfter, openItems, type ItemsEvent} from '../../../src/ui/form/items-state.ts';

const typed = (text: string): ItemsEvent => ({item: 'edit', edit: {insert: text}});

const atEnd: ItemsEvent = {item: 'move-to', row: Infinity};
const restore: ItemsEvent = {item: 'restore'};

const after = (texts: readonly string[], ...events: readonly ItemsEvent[]) =>
	events.reduce((state, event) => itemsAfter(options.environment, state, event), openItems(texts));

const cases: readonly (readonly [
	says: string,
	before: readonly string[],
	events: readonly ItemsEvent[],
	texts: readonly string[],
])[] = [
	['an empty list begins its first item', [], [typed('a=u'), {item: 'keep'}], ['a=u']],
	['add', ['a=u'], [{item: 'add'}, typed('b=v'), {item: 'keep'}], ['a=u', 'b=v']],
	['change', ['a=u'], [{item: 'change'}, typed('2'), {item: 'keep'}], ['a=u2']],
	['remove', ['a=u', 'b=v'], [{item: 'remove'}], ['b=v']],
	['nothing to remove on the last row', ['a=u'], [{item: 'move-to', row: 1}, {item: 'remove'}], ['a=u']],
	['an empty item is not added', ['a=u'], [{item: 'add'}, {item: 'keep'}], ['a=u']],
	['leaving keeps a valid value', [], [typed('a=u'), {item: 'leave'}], ['a=u']],
	['leaving drops an invalid one', ['a=u'], [{item: 'add'}, typed('nonsense'), {item: 'leave'}], ['a=u']],
	['a paste of lines', ['a=u'], [{item: 'paste', text: ' b=v\r\n\r\nc=w\n'}], ['a=u', 'b=v', 'c=w']],
	['a paste keeps the spaces of a value', [], [{item: 'paste', text: '  a= u \nb=v\t'}], ['a= u ', 'b=v\t']],
	['so does one into a draft', [], [typed('a='), {item: 'paste', text: ' u \n'}, {item: 'keep'}], ['a= u ']],
	['on the last row typing begins an item', ['a=u'], [atEnd, typed('b=v'), {item: 'keep'}], ['a=u', 'b=v']],
	['on an item it does not', ['a=u'], [typed('b=v'), {item: 'keep'}], ['a=u']],
	[
		'a paste on the last row begins one',
		['a=u'],
		[atEnd, {item: 'paste', text: 'b='}, typed('v'), {item: 'keep'}],
		['a=u', 'b=v'],
	],
	[
		'what was removed is restored in its place',
		['a=u', 'b=v', 'c=w'],
		[{item: 'remove'}, {item: 'remove'}, restore],
		['b=v', 'c=w'],
	],
	[
		'as often as something was removed',
		['a=u', 'b=v', 'c=w'],
		[{item: 'remove'}, {item: 'remove'}, restore, restore, restore],
		['a=u', 'b=v', 'c=w'],
	],
	['unless its name is taken', ['a=u'], [{item: 'remove'}, typed('a=v'), {item: 'keep'}, restore], ['a=v']],
	[
		'then it is opened, to get another one',
		['a=u'],
		[
			{item: 'remove'},
			typed('a=v'),
			{item: 'keep'},
			restore,
			{item: 'edit', edit: {move: 'start'}},
			typed('b'),
			{item: 'keep'},
		],
		['a=v', 'ba=u'],
	],
	[
		'an invalid one that was left can be restored and mended',
		['a=u'],
		[{item: 'add'}, typed('nonsense'), {item: 'leave'}, restore, typed('=v'), {item: 'keep'}],
		['a=u', 'nonsense=v'],
	],
	[
		'removing the last one does not lead to where typing begins an item',
		['a=u', 'b=v'],
		[{item: 'move-to', row: 1}, {item: 'remove'}, typed('d')],
		['a=u'],
	],
	['a paste into a draft', [], [typed('a='), {item: 'paste', text: 'u\nb=v'}], ['a=u', 'b=v']],
	[
		'a paste into a change keeps its position',
		['a=u', 'b=v'],
		[{item: 'change'}, {item: 'paste', text: '1\nc=w'}],
		['a=u1', 'b=v', 'c=w'],
	],
];

test.each(cases)('%s', (_, ...[before, events, texts]) => {
	expect(after(before, ...events).texts).toEqual(texts);
});

test.each([
	['https://h/vira.git', 'vira-2=https://h/vira.git'],
	['web git@h:web', 'web=git@h:web'],
])('%s becomes the repository %s', (text, entry) => {
	const events: readonly ItemsEvent[] = [{item: 'add'}, typed(text), {item: 'keep'}];
	const first = openItems(['vira=/srv/vira']);
	const {texts} = events.reduce((state, event) => itemsAfter(options.repositories, state, event), first);
	expect(texts).toEqual(['vira=/srv/vira', entry]);
});

test.each([
	['nonsense', 'Must have the form NAME=VALUE.'],
	['a=other', 'a is given twice.'],
	['b/c=u', 'A variable name must contain only letters, digits and _, and must not start with a digit.'],
])('%s stays open with the reason', (text, problem) => {
	const {draft, texts} = after(['a=u'], {item: 'add'}, typed(text), {item: 'keep'});
	expect({texts, text: draft?.text, problem: draft?.problem}).toEqual({texts: ['a=u'], text, problem});
});

const messy: ItemsEvent = {item: 'paste', text: 'a=u\nnonsense\nb=v\na=again\nc=w'};
const fixed: readonly ItemsEvent[] = [typed('=x'), {item: 'keep'}];

test('a paste keeps the valid lines, and opens the first invalid one', () => {
	const {draft, texts, waiting} = after([], messy);
	expect(texts).toEqual(['a=u', 'b=v', 'c=w']);
	expect(draft).toMatchObject({text: 'nonsense', problem: 'Must have the form NAME=VALUE.'});
	expect(waiting.map(({text}) => text)).toEqual(['a=again']);
});

test('the others open one after the other', () => {
	const {draft, texts, waiting} = after([], messy, ...fixed);
	expect(texts).toEqual(['a=u', 'b=v', 'c=w', 'nonsense=x']);
	expect(draft).toMatchObject({text: 'a=again', problem: 'a is given twice.'});
	expect(waiting).toEqual([]);
});

test('discarding one of them opens the next', () => {
	expect(after([], messy, {item: 'leave'}).draft?.text).toBe('a=again');
	expect(after([], messy, {item: 'leave'}, {item: 'leave'})).toMatchObject({
		texts: ['a=u', 'b=v', 'c=w'],
		draft: undefined,
	});
});

test('a second paste keeps all of them', () => {
	const twice = after([], messy, {item: 'paste', text: '=x\nworse'});
	expect(twice.texts).toEqual(['a=u', 'b=v', 'c=w', 'nonsense=x']);
	expect([twice.draft, ...twice.waiting].map((one) => one?.text)).toEqual(['worse', 'a=again']);
});

test('a change that a paste makes invalid keeps its position', () => {
	const events: readonly ItemsEvent[] = [
		{item: 'change'},
		{item: 'edit', edit: {erase: 'to-start'}},
		{item: 'paste', text: 'b=v\nd=x'},
		...[{item: 'edit', edit: {erase: 'to-start'}} as const, typed('e=y'), {item: 'keep'} as const],
	];
	expect(after(['a=u', 'b=v'], ...events).texts).toEqual(['e=y', 'b=v', 'd=x']);
});

const secret = 'API_TOKEN=old';
const change: ItemsEvent = {item: 'change', shown: 'API_TOKEN=••••••'};
const move = (to: 'start' | 'left'): ItemsEvent => ({item: 'edit', edit: {move: to}});
const erase = (what: 'left' | 'word' | 'to-start' | 'to-end'): ItemsEvent => ({
	item: 'edit',
	edit: {erase: what},
});

const hiddenCases: readonly (readonly [
	says: string,
	events: readonly ItemsEvent[],
	draft: string,
	kept: readonly string[],
])[] = [
	['is kept unless it is edited', [], 'API_TOKEN=••••••', ['API_TOKEN=old']],
	[
		'is kept while the name changes',
		[move('start'), typed('MY_')],
		'MY_API_TOKEN=••••••',
		['MY_API_TOKEN=old'],
	],
	['is replaced when text is typed after it', [typed('new')], 'API_TOKEN=new', ['API_TOKEN=new']],
	[
		'is replaced when text is typed inside it',
		[move('left'), typed('new')],
		'API_TOKEN=new',
		['API_TOKEN=new'],
	],
	['is replaced when text is pasted', [{item: 'paste', text: 'new'}], 'API_TOKEN=new', ['API_TOKEN=new']],
	['is deleted whole by the first erase', [erase('left')], 'API_TOKEN=', ['API_TOKEN=']],
	['is deleted whole by word', [erase('word')], 'API_TOKEN=', ['API_TOKEN=']],
	['is deleted whole from its middle on', [move('left'), erase('to-end')], 'API_TOKEN=', ['API_TOKEN=']],
	['is deleted with the line', [move('left'), erase('to-start'), typed('A=x')], 'A=x', ['A=x']],
];

test.each(hiddenCases)('a hidden secret %s', (_, events, draft, texts) => {
	expect(after([secret], change, ...events).draft?.text).toBe(draft);
	expect(after([secret], change, ...events, {item: 'keep'}).texts).toEqual(texts);
	expect(after([secret], change, ...events, {item: 'leave'}).texts).toEqual(texts);
});

test('a hidden secret stays hidden when its name is invalid, and when lines are pasted', () => {
	const wrong = after([secret], change, move('start'), typed('1'), {item: 'keep'});
	expect(wrong.draft).toMatchObject({text: '1API_TOKEN=••••••', problem: expect.anything()});
	const pasted = after([secret], change, move('start'), {item: 'paste', text: 'b=v\nMY_'});
	expect(pasted.texts).toEqual(['b=v', 'MY_API_TOKEN=old']);
});
