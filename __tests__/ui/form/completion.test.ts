import {expect, test} from '@jest/globals';
import type {OptionName} from '../../../src/settings/options.ts';
import {canComplete} from '../../../src/ui/form/completion.ts';
import {textOf, type FormEvent, type FormState} from '../../../src/ui/form/form.ts';
import {focused} from '../../../src/ui/form/spots.ts';
import {formAfter} from '../../../src/ui/form/form-after.ts';
import {form as openedForm} from '../ink/fixture.ts';

const typed = (insert: string): FormEvent => ({form: 'edit', edit: {insert}});

/** The form after the user typed there, pressed Tab, and got the completions of the path. */
const afterTab = (name: OptionName, text: string, candidates: readonly string[]): FormState =>
	[typed(text), {form: 'complete'} as const, {form: 'completed', typed: text, candidates} as const].reduce(
		formAfter,
		focused(openedForm(), name),
	);

const cases: readonly (readonly [
	says: string,
	text: string,
	candidates: readonly string[],
	after: string,
])[] = [
	['a single completion is inserted', '/et', ['/etc/'], '/etc/'],
	['of several, the common beginning', '/etc/s', ['/etc/ssh/', '/etc/ssl/'], '/etc/ss'],
	['only whole characters are shared', '/x', ['/x👍🏽', '/x👍🏿'], '/x'],
	['no completion', '/nowhere/', [], '/nowhere/'],
	['in the home folder', '~/.c', ['~/.cache/', '~/.config/'], '~/.c'],
];

test.each(cases)('%s', (_, ...[text, candidates, after]) => {
	expect(textOf(afterTab('tlsCert', text, candidates), 'tlsCert')).toBe(after);
});

test('if several completions remain they stay visible until a key is pressed', () => {
	const form = afterTab('tlsCert', '/etc/s', ['/etc/ssh/', '/etc/ssl/']);
	expect(form.completion?.candidates).toEqual(['/etc/ssh/', '/etc/ssl/']);
	expect(formAfter(form, typed('l')).completion).toBeUndefined();
});

test('without a completion, Tab leads to the next field', () => {
	expect(afterTab('tlsCert', '/nowhere/', []).focus).toBe('tlsKey');
	expect(afterTab('tlsCert', '/etc/ssl/cert.pem', ['/etc/ssl/cert.pem']).focus).toBe('tlsKey');
});

test.each([
	['typed', typed('x')],
	['pasted', {form: 'paste', text: 'x'} as const],
])('%s text in the meantime makes the result too late', (_, meanwhile) => {
	const events: readonly FormEvent[] = [
		typed('/et'),
		{form: 'complete'},
		meanwhile,
		{form: 'completed', typed: '/et', candidates: ['/etc/']},
	];
	expect(textOf(events.reduce(formAfter, focused(openedForm(), 'tlsCert')), 'tlsCert')).toBe('/etx');
});

test('text after the cursor stays', () => {
	const events: readonly FormEvent[] = [
		typed('/et/x'),
		{form: 'edit', edit: {move: 'left'}},
		{form: 'edit', edit: {move: 'left'}},
		{form: 'complete'},
		{form: 'completed', typed: '/et', candidates: ['/etc']},
	];
	expect(textOf(events.reduce(formAfter, focused(openedForm(), 'tlsCert')), 'tlsCert')).toBe('/etc/x');
});

test('an item of a list of paths is completed too', () => {
	const events: readonly FormEvent[] = [
		{form: 'open'},
		typed('/op'),
		{form: 'complete'},
		{form: 'completed', typed: '/op', candidates: ['/opt/']},
	];
	const form = events.reduce(formAfter, focused(openedForm(), 'extraPackages'));
	expect(form.items?.draft?.text).toBe('/opt/');
});

test.each<readonly [OptionName, readonly FormEvent[], boolean]>([
	['tlsCert', [typed('/e')], true],
	['package', [{form: 'edit', edit: {erase: 'to-start'}}, typed('github:juspay/vira')], false],
	['stateDir', [], false],
	['hostname', [typed('/')], false],
	['repositories', [{form: 'open'}, typed('a=/srv')], false],
])('%s after %j can be completed: %s', (name, events, can) => {
	expect(canComplete(events.reduce(formAfter, focused(openedForm(), name)))).toBe(can);
});
