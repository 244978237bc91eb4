import {expect, test} from '@jest/globals';
import {Box} from 'ink';
import type {FormEvent, FormState} from '../../../../../src/ui/form/form.ts';
import {focused} from '../../../../../src/ui/form/spots.ts';
import {formAfter} from '../../../../../src/ui/form/form-after.ts';
import {Items} from '../../../../../src/ui/ink/screens/options/items.tsx';
import {firstState} from '../../../../../src/ui/ink/wizard-state.ts';
import {component} from '../../drawn.tsx';
import {form as openedForm, settings} from '../../fixture.ts';

const many = Object.fromEntries(Array.from({length: 10_000}, (_, index) => [`r${index}`, `/srv/r${index}`]));

const opened = (name: 'repositories' | 'environment', ...events: readonly FormEvent[]): FormState => {
	const environment = {FOO: '1', API_TOKEN: 'hunter2', BAR: '2'};
	const form = openedForm({start: {...settings, repositories: many, environment}});
	return [{form: 'open'} as const, ...events].reduce(formAfter, focused(form, name));
};

const shown = (form: FormState, height = 7) => {
	const {items} = form;
	if (!items) throw new Error('The list is not open.');
	const list = <Items form={form} name="repositories" items={items} height={height} problems={[]} />;
	const texts = component(<Box flexDirection="column">{list}</Box>, firstState({columns: 60, rows: 24}));
	return {texts, focused: texts.find((line) => line.includes('›'))};
};

const typed = (insert: string): FormEvent => ({form: 'edit', edit: {insert}});
const filter: FormEvent = {form: 'items', event: {item: 'filter'}};

test('of thousands of items those near the focus are drawn, and the others are counted', () => {
	expect(shown(opened('repositories', {form: 'move', by: 5000}), 5)).toEqual({
		texts: [
			'      ↑ 4998 more',
			'      r4998=/srv/r4998',
			'      r4999=/srv/r4999',
			'    › r5000=/srv/r5000',
			'      r5001=/srv/r5001',
			'      r5002=/srv/r5002',
			'      ↓ 4998 more',
		],
		focused: '    › r5000=/srv/r5000',
	});
});

test('the row that adds an item is the last', () => {
	const {texts, focused: here} = shown(opened('repositories', {form: 'move', by: Infinity}), 3);
	expect(texts).toEqual([
		'      ↑ 9998 more',
		'      r9998=/srv/r9998',
		'      r9999=/srv/r9999',
		'    › + add a repository',
	]);
	expect(here).toBe('    › + add a repository');
});

test('a filter leads to the first match, and the arrows stay among the matches', () => {
	const form = opened('repositories', filter, typed('r'), typed('1'), typed('2'), typed('3'), typed('4'));
	expect(shown(form).texts).toEqual(['    › r1234=/srv/r1234']);
	const wide = opened('repositories', filter, typed('r123'), {form: 'move', by: 2});
	expect(shown(wide).focused).toBe('    › r1231=/srv/r1231');
	const there = formAfter(wide, {form: 'items', event: {item: 'filtered'}});
	expect([there.items?.row, there.items?.filter]).toEqual([1231, undefined]);
});

test('a filter does not find hidden text', () => {
	const left = (text: string): number =>
		opened('environment', filter, typed(text)).items?.row === 1 ? 1 : 0;
	expect([left('TOKEN'), left('hunter')]).toEqual([1, 0]);
});

test('a paste of thousands of lines appears completely and immediately', () => {
	const lines = Array.from({length: 10_000}, (_, index) => `new${index}=/srv/${index}`);
	const began = process.cpuUsage();
	const form = opened('repositories', {form: 'paste', text: [...lines, 'r7=/srv/other'].join('\n')});
	const {user} = process.cpuUsage(began);
	expect(form.items?.texts).toHaveLength(20_000);
	expect(form.items?.draft).toMatchObject({text: 'r7=/srv/other', problem: 'r7 is given twice.'});
	// Comparing every item with every other takes minutes.
	expect(user).toBeLessThan(5_000_000);
});
