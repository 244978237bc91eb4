import {expect, test} from '@jest/globals';
import type {OptionName} from '../../../src/settings/options.ts';
import {firstWrong, problemsAt} from '../../../src/ui/ink/form-problems.ts';
import {
	askedOf,
	focused,
	focusedOnProblem,
	formAfter,
	isDefault,
	openForm,
	textOf,
	type FormEvent,
	type FormState,
} from '../../../src/ui/ink/form-state.ts';
import {mac} from '../../support/mac.ts';
import {facts, settings} from './fixture.ts';

const after = (focus: OptionName, ...events: readonly FormEvent[]) =>
	events.reduce(formAfter, focused(openForm(facts, settings), focus));

/** The first sentence at an option. */
const problemAt = (form: FormState, name: OptionName): string | undefined =>
	problemsAt(form, name)[0]?.sentence;

const typed = (insert: string): FormEvent => ({form: 'edit', edit: {insert}});
const emptied: FormEvent = {form: 'edit', edit: {erase: 'to-start'}};

const cases: readonly (readonly [focus: OptionName, events: readonly FormEvent[], value: unknown])[] = [
	['hostname', [emptied, typed('0.0.0.0')], '0.0.0.0'],
	['port', [emptied, typed('6000')], 6000],
	['port', [emptied, typed('99999')], 5005],
	['maxConcurrentBuilds', [typed('4')], 4],
	['maxConcurrentBuilds', [typed('4'), emptied], undefined],
	['tlsCert', [{form: 'paste', text: ' /etc/cert.pem\n'}], '/etc/cert.pem'],
	['https', [{form: 'turn', by: 1}], false],
	['logLevel', [{form: 'turn', by: 1}], 'Warning'],
	[
		'logLevel',
		[
			{form: 'turn', by: -1},
			{form: 'turn', by: -1},
		],
		'Error',
	],
	['hostname', [{form: 'turn', by: 1}], 'localhost'],
	['repositories', [{form: 'paste', text: 'a=/u\nb=/v\n'}], {a: '/u', b: '/v'}],
	[
		'extraPackages',
		[{form: 'open'}, {form: 'items', event: {item: 'edit', edit: {insert: '/opt/x'}}}, {form: 'close'}],
		['/opt/x'],
	],
	['hostname', [{form: 'set', option: 'linger', value: false}], 'localhost'],
];

test.each(cases)('%s %j: %j', (focus, events, value) => {
	expect(after(focus, ...events).settings[focus]).toEqual(value);
});

const focusCases: readonly (readonly [from: OptionName, event: FormEvent, to: OptionName])[] = [
	['hostname', {form: 'move', by: 1}, 'port'],
	['hostname', {form: 'move', by: -1}, 'hostname'],
	['linger', {form: 'move', by: 1}, 'linger'],
	['port', {form: 'move-to', end: 'last'}, 'linger'],
	['port', {form: 'move-to', end: 'first'}, 'hostname'],
	['port', {form: 'move-group', by: 1}, 'stateDir'],
	['jobRetentionDays', {form: 'move-group', by: -1}, 'stateDir'],
	['stateDir', {form: 'move-group', by: -1}, 'hostname'],
	['linger', {form: 'move-group', by: 1}, 'linger'],
];

test.each(focusCases)('from %s, %j leads to %s', (from, event, to) => {
	expect(after(from, event).focus).toBe(to);
});

test('a wrong text stays in the field, and the last good value in the settings', () => {
	const form = after('port', typed('x'));
	expect(textOf(form, 'port')).toBe('5005x');
	expect(form.settings.port).toBe(5005);
	expect(problemAt(form, 'port')).toBe('Use a whole number from 1 to 65535.');
	expect(firstWrong(form)).toBe('port');
});

test('options that depend on another come and go with it', () => {
	expect(askedOf(after('https'))).toContain('tlsCert');
	expect(askedOf(after('https', {form: 'turn', by: 1}))).not.toContain('tlsCert');
});

test('what several values get wrong together stands at the option that mends it', () => {
	const form = after('tlsCert', typed('/etc/cert.pem'));
	expect(problemAt(form, 'tlsKey')).toBe('Give the key of the certificate too, or neither.');
});

test('without HTTPS nothing is wrong with half a certificate, and it is kept for later', () => {
	const half = formAfter(focused(after('tlsCert', typed('/etc/cert.pem')), 'https'), {form: 'turn', by: 1});
	expect(firstWrong(half)).toBeUndefined();
	expect(half.settings).toMatchObject({https: false, tlsCert: '/etc/cert.pem'});
	expect(problemAt(formAfter(half, {form: 'turn', by: 1}), 'tlsKey')).toMatch(/^Give the key/u);
});

test('what others found wrong is gone as soon as its option changes', () => {
	const told: FormEvent = {form: 'tell', problems: [{option: 'port', sentence: 'It is taken.'}]};
	expect(problemAt(after('port', told), 'port')).toBe('It is taken.');
	expect(firstWrong(after('port', told))).toBeUndefined();
	expect(problemAt(after('port', told, typed('1')), 'port')).toBeUndefined();
});

test('what is wrong with one item is gone with that item, and others stay', () => {
	const form = focused(
		openForm(facts, {...settings, serviceConfig: {MemoryMx: '2G', RestartSec: 'xx'}}),
		'serviceConfig',
	);
	const told = formAfter(form, {
		form: 'tell',
		problems: ['RestartSec', 'MemoryMx'].map((item) => ({option: 'serviceConfig', item, sentence: item})),
	});
	const open = focusedOnProblem(told, 'serviceConfig');
	expect([open.items?.row, open.items?.draft]).toEqual([0, undefined]);
	const change: readonly FormEvent[] = [
		{form: 'items', event: {item: 'change'}},
		{form: 'items', event: {item: 'edit', edit: {insert: 'B'}}},
		{form: 'items', event: {item: 'keep'}},
	];
	expect(problemsAt(change.reduce(formAfter, open), 'serviceConfig').map(({item}) => item)).toEqual([
		'RestartSec',
	]);
});

test('a type of service that Vira is not is seen in the form itself', () => {
	const form = openForm(facts, {...settings, serviceConfig: {Type: 'notify'}});
	expect(form.focus).toBe('serviceConfig');
	expect(problemAt(form, 'serviceConfig')).toMatch(/^Type: with this one/u);
});

test('without a Vira the form opens where one is to be given', () => {
	const form = openForm({...facts, vira: undefined}, {...settings, package: ''});
	expect(form.focus).toBe('package');
});

test('the default is known by its value', () => {
	expect(isDefault(after('port', emptied, typed('5005')), 'port')).toBe(true);
	expect(isDefault(after('port', typed('1')), 'port')).toBe(false);
});

test.each([
	['linux', undefined],
	[
		'macos',
		'It holds the control character U+0007, which a launchd property list cannot carry: leave it out.',
	],
] as const)('on %s a control character in a path is: %s', (platform, problem) => {
	const form = openForm(platform === 'linux' ? facts : mac(), {...settings, stateDir: '/a\u0007'});
	expect(problemAt(form, 'stateDir')).toBe(problem);
});
