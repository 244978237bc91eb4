import {expect, test} from '@jest/globals';
import {options} from '../../../src/settings/options.ts';
import {itemsAfter, openItems, type ItemsEvent} from '../../../src/ui/ink/items-state.ts';

const typed = (text: string): ItemsEvent => ({item: 'edit', edit: {insert: text}});

const after = (texts: readonly string[], ...events: readonly ItemsEvent[]) =>
	events.reduce((state, event) => itemsAfter(options.repositories, state, event), openItems(texts));

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
	['nothing to remove on the last row', ['a=u'], [{item: 'move', by: 1}, {item: 'remove'}], ['a=u']],
	['an empty item is none', ['a=u'], [{item: 'add'}, {item: 'keep'}], ['a=u']],
	['leaving keeps what is right', [], [typed('a=u'), {item: 'leave'}], ['a=u']],
	['leaving drops what is not', ['a=u'], [{item: 'add'}, typed('nonsense'), {item: 'leave'}], ['a=u']],
	['a paste of lines', ['a=u'], [{item: 'paste', text: ' b=v \r\n\r\nc=w\n'}], ['a=u', 'b=v', 'c=w']],
	['a paste into a draft', [], [typed('a='), {item: 'paste', text: 'u\nb=v'}], ['a=u', 'b=v']],
	[
		'a paste into a change keeps its place',
		['a=u', 'b=v'],
		[{item: 'change'}, {item: 'paste', text: '1\nc=w'}],
		['a=u1', 'b=v', 'c=w'],
	],
];

test.each(cases)('%s', (_, ...[before, events, texts]) => {
	expect(after(before, ...events).texts).toEqual(texts);
});

test.each([
	['nonsense', 'Write it as NAME=URL.'],
	['a=other', 'a is given twice.'],
	['b/c=u', 'Use a repository name without / or =.'],
])('%s stays open with the reason', (text, problem) => {
	const {draft, texts} = after(['a=u'], {item: 'add'}, typed(text), {item: 'keep'});
	expect({texts, text: draft?.text, problem: draft?.problem}).toEqual({texts: ['a=u'], text, problem});
});

test('the first line of a paste that is not right stays open', () => {
	const {draft, texts} = after([], {item: 'paste', text: 'a=u\nnonsense\nb=v'});
	expect(texts).toEqual(['a=u']);
	expect(draft).toMatchObject({text: 'nonsense', problem: 'Write it as NAME=URL.'});
});
