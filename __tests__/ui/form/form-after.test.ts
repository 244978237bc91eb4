import {expect, test} from '@jest/globals';
import type {OptionName} from '../../../src/settings/options.ts';
import {standingOf, textOf, type FormEvent, type FormState, type Spot} from '../../../src/ui/form/form.ts';
import {firstWrong, focusedOnProblem, problemsAt, warningsAt} from '../../../src/ui/form/problems.ts';
import {askedOf, filteredOf, focused, spotsOf} from '../../../src/ui/form/spots.ts';
import {formAfter} from '../../../src/ui/form/form-after.ts';
import {mac} from '../../support/mac.ts';
import {facts, form as openedForm, settings} from '../ink/fixture.ts';

const after = (focus: Spot, ...events: readonly FormEvent[]) =>
	events.reduce(formAfter, focused(openedForm(), focus));

/** The first sentence at an option. */
const problemAt = (form: FormState, name: OptionName): string | undefined =>
	problemsAt(form, name)[0]?.message;

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

const focusCases: readonly (readonly [from: Spot, event: FormEvent, to: Spot])[] = [
	['hostname', {form: 'move', by: 1}, 'port'],
	['hostname', {form: 'move', by: -1}, 'group web'],
	['group web', {form: 'move', by: -1}, 'continue'],
	['continue', {form: 'move', by: -1}, 'continue'],
	['basePath', {form: 'move', by: 1}, 'group state'],
	['group state', {form: 'move', by: 1}, 'group builds'],
	['linger', {form: 'move', by: 1}, 'linger'],
	['port', {form: 'move', by: Infinity}, 'group service'],
	['port', {form: 'move', by: -Infinity}, 'continue'],
	['port', {form: 'move-group', by: 1}, 'group state'],
	['jobRetentionDays', {form: 'move-group', by: -1}, 'group state'],
	['group state', {form: 'move-group', by: -1}, 'group web'],
	['linger', {form: 'move-group', by: 1}, 'linger'],
];

test.each(focusCases)('from %s, %j leads to %s', (from, event, to) => {
	expect(after(from, event).focus).toBe(to);
});

test('an invalid text stays in the field, and the last valid value in the settings', () => {
	const form = after('port', typed('x'));
	expect(textOf(form, 'port')).toBe('5005x');
	expect(form.settings.port).toBe(5005);
	expect(problemAt(form, 'port')).toBe('Must be a whole number from 1 to 65535.');
	expect(firstWrong(form)).toBe('port');
});

test('dependent options appear and disappear with the option that they depend on', () => {
	expect(askedOf(after('https'))).toContain('tlsCert');
	expect(askedOf(after('https', {form: 'turn', by: 1}))).not.toContain('tlsCert');
});

test('a conflict between several values is shown at the option that fixes it', () => {
	const form = after('tlsCert', typed('/etc/cert.pem'));
	expect(problemAt(form, 'tlsKey')).toBe('A certificate needs its key: set both, or neither.');
});

test('without HTTPS half a certificate is valid, and is kept for later', () => {
	const half = formAfter(focused(after('tlsCert', typed('/etc/cert.pem')), 'https'), {form: 'turn', by: 1});
	expect(firstWrong(half)).toBeUndefined();
	expect(half.settings).toMatchObject({https: false, tlsCert: '/etc/cert.pem'});
	expect(problemAt(formAfter(half, {form: 'turn', by: 1}), 'tlsKey')).toMatch(/needs its key/u);
});

test('a problem found outside the form disappears when its option changes', () => {
	const told: FormEvent = {
		form: 'tell',
		problems: [{option: 'port', message: 'It is taken.'}],
		warnings: [],
	};
	expect(problemAt(after('port', told), 'port')).toBe('It is taken.');
	expect(firstWrong(after('port', told))).toBeUndefined();
	expect(problemAt(after('port', told, typed('1')), 'port')).toBeUndefined();
});

test('a problem with one item disappears with that item, and others stay', () => {
	const form = focused(
		openedForm({start: {...settings, serviceConfig: {MemoryMx: '2G', RestartSec: 'xx'}}}),
		'serviceConfig',
	);
	const told = formAfter(form, {
		form: 'tell',
		problems: ['RestartSec', 'MemoryMx'].map((item) => ({option: 'serviceConfig', item, message: item})),
		warnings: [],
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

test('a service type that does not fit Vira is reported in the form itself', () => {
	const form = openedForm({start: {...settings, serviceConfig: {Type: 'notify'}}});
	expect(form.focus).toBe('serviceConfig');
	expect(problemAt(form, 'serviceConfig')).toMatch(/^Type: systemd would wait/u);
});

test('without a Vira the form opens at the field for one', () => {
	const form = openedForm({facts: {...facts, vira: undefined}, start: {...settings, package: ''}});
	expect(form.focus).toBe('package');
});

const onceSaved = {...settings, port: 8443, repositories: {a: '/u'}};

const standings: readonly (readonly [says: string, OptionName, readonly FormEvent[], string, unknown])[] = [
	['the default', 'hostname', [], 'default', 'localhost'],
	['what is saved', 'port', [], 'saved', 8443],
	['something new', 'port', [emptied, typed('9000')], 'changed', 9000],
	['the default if another value is saved', 'port', [emptied, typed('5005')], 'changed', 5005],
	['what is saved, typed again', 'port', [emptied, typed('8443')], 'saved', 8443],
	['a change that was undone', 'port', [emptied, typed('9000'), {form: 'reset'}], 'saved', 8443],
	['the saved value, discarded', 'port', [{form: 'reset'}], 'changed', 5005],
	['a list that is saved', 'repositories', [], 'saved', {a: '/u'}],
	['a list, discarded', 'repositories', [{form: 'reset'}], 'changed', {}],
];

test.each(standings)('on a later run %s is known by its value', (_, ...[name, events, standing, value]) => {
	const start = focused(openedForm({start: onceSaved, saved: onceSaved}), name);
	const form = events.reduce(formAfter, start);
	expect([standingOf(form, name), form.settings[name]]).toEqual([standing, value]);
});

test.each<readonly [Spot, 1 | -1, string]>([
	['port', 1, '5006'],
	['port', -1, '5004'],
	['jobRetentionDays', -1, '13'],
	['maxConcurrentBuilds', 1, '1'],
	['hostname', 1, 'localhost'],
])('a step from %s by %i leads to %s', (focus, by, text) => {
	expect(textOf(after(focus, {form: 'turn', by}), focus as OptionName)).toBe(text);
});

test('a number stops at its limits', () => {
	expect(textOf(after('port', emptied, typed('65535'), {form: 'turn', by: 1}), 'port')).toBe('65535');
	expect(
		textOf(after('jobRetentionDays', emptied, typed('0'), {form: 'turn', by: -1}), 'jobRetentionDays'),
	).toBe('0');
});

test('a group is opened and closed at its heading', () => {
	const open = after('group state', {form: 'fold', open: true});
	expect(spotsOf(open)).toContain('stateDir');
	expect(spotsOf(formAfter(open, {form: 'fold', open: false}))).not.toContain('stateDir');
	expect(after('port', {form: 'fold', open: false})).toMatchObject({open: [], focus: 'group web'});
});

test('if there is space, every group is open from the start', () => {
	expect(spotsOf(openedForm({room: 40}))).toHaveLength(6 + askedOf(openedForm()).length);
});

test('an option in a closed group becomes visible when it gets the focus', () => {
	expect(spotsOf(after('stateDir'))).toContain('stateDir');
});

const find = (text: string): readonly FormEvent[] => [{form: 'filter'}, typed(text)];

test.each<readonly [string, readonly OptionName[]]>([
	['port', ['port']],
	['CERT', ['tlsCert', 'tlsKey']],
	['5005', ['port']],
	['retention', ['jobRetentionDays']],
	['no change', []],
])('the filter %s leaves %j', (text, left) => {
	expect(filteredOf(after('group web', ...find(text)))).toEqual(left);
});

test('the filter leads to the first remaining option, and the arrows stay among them', () => {
	const form = after('group web', ...find('cert'));
	expect(form.focus).toBe('tlsCert');
	expect(formAfter(form, {form: 'move', by: 5}).focus).toBe('tlsKey');
});

test('an option with that name comes before one that mentions it', () => {
	expect(filteredOf(after('group web', ...find('log')))[0]).toBe('stateDir');
	expect(after('group web', ...find('log')).focus).toBe('logLevel');
});

test('an invalid line is the next problem', () => {
	const form = after('repositories', {form: 'open'}, typed('bad'), {form: 'next-problem'});
	expect(form.items?.draft).toMatchObject({text: 'bad', problem: 'Must have the form NAME=URL.'});
});

test('Enter stays there, with its group open; Esc goes back', () => {
	const form = after('group web', ...find('log level'));
	const there = formAfter(form, {form: 'filtered', stay: true});
	expect([there.focus, there.filter, spotsOf(there).includes('logLevel')]).toEqual([
		'logLevel',
		undefined,
		true,
	]);
	const back = formAfter(form, {form: 'filtered', stay: false});
	expect([back.focus, back.filter]).toEqual(['group web', undefined]);
});

test('Enter without a match goes back like Esc', () => {
	const form = after('group web', ...find('log level'), typed(' of what'), {form: 'filtered', stay: true});
	expect([form.focus, form.filter]).toEqual(['group web', undefined]);
});

test('a paste into the filter becomes one line of it', () => {
	const form = after('group web', {form: 'filter'}, {form: 'paste', text: ' log\n level '});
	expect(form.filter?.edited.text).toBe('log level');
});

test('the next problem is that of the next field or item, and after the last the first again', () => {
	const wrong = {...settings, port: 5005, serviceConfig: {A: '1', Type: 'notify'}, environment: {PATH: '/x'}};
	const start = openedForm({start: {...wrong, extraPackages: ['/y']}});
	const next: FormEvent = {form: 'next-problem'};
	const places: unknown[] = [];
	let form = formAfter(focused(start, 'port'), {form: 'edit', edit: {insert: 'x'}});
	for (let count = 0; count < 4; count++) {
		form = formAfter(form, next);
		places.push([form.focus, form.items?.row]);
	}
	expect(places).toEqual([
		['environment', 0],
		['serviceConfig', 1],
		['port', undefined],
		['environment', 0],
	]);
});

test('warnings are shown with errors, and disappear with the value that they are about', () => {
	const told: FormEvent = {
		form: 'tell',
		problems: [{option: 'tlsCert', message: 'It is not that of the key.'}],
		warnings: [{code: 'certificate-expires-soon', option: 'tlsCert', message: 'It expires soon.'}],
	};
	const form = after('tlsCert', told);
	expect([problemAt(form, 'tlsCert'), warningsAt(form, 'tlsCert')[0]?.message]).toEqual([
		'It is not that of the key.',
		'It expires soon.',
	]);
	expect(warningsAt(formAfter(form, typed('/x')), 'tlsCert')).toEqual([]);
});

test.each([
	['linux', undefined],
	[
		'macos',
		'It contains the control character U+0007, which a launchd property list cannot store. Remove it.',
	],
] as const)('on %s a control character in a path is: %s', (platform, problem) => {
	const form = openedForm({
		facts: platform === 'linux' ? facts : mac(),
		start: {...settings, stateDir: '/a\u0007'},
	});
	expect(problemAt(form, 'stateDir')).toBe(problem);
});

const enter: FormEvent = {form: 'choose'};
const open: FormEvent = {form: 'open'};
const moveChoice = (by: 1 | -1): FormEvent => ({form: 'move', by});

test.each<readonly [says: string, events: readonly FormEvent[], text: string, choosing: number | undefined]>([
	['opens at the current one', [open], 'localhost', 0],
	['is taken', [open, moveChoice(1), enter], '0.0.0.0', undefined],
	['is not taken by Esc', [open, moveChoice(1), {form: 'close'}], 'localhost', undefined],
	[
		'is not the last row, which begins another',
		[open, moveChoice(1), moveChoice(1), moveChoice(1), enter],
		'',
		undefined,
	],
	['keeps an address that was typed before', [emptied, typed('::1'), open, enter], '::1', undefined],
	['is replaced by typing', [open, typed('h')], 'h', undefined],
	['is replaced by a paste', [open, {form: 'paste', text: 'h'}], 'h', undefined],
])('a usual value of the hostname %s', (_, events, text, choosing) => {
	const form = after('hostname', ...events);
	expect([textOf(form, 'hostname'), form.choosing]).toEqual([text, choosing]);
});

test.each<readonly [does: string, event: FormEvent]>([
	['Esc', {form: 'close'}],
	['another line', {form: 'move', by: 1}],
	['the way on', {form: 'finish'}],
])('a hostname that is begun instead, and not typed, comes back with %s', (_, event) => {
	const begun = after('hostname', open, moveChoice(1), moveChoice(1), moveChoice(1), enter);
	expect(problemAt(begun, 'hostname')).toBeUndefined();
	expect(textOf(formAfter(begun, event), 'hostname')).toBe('localhost');
});

test('a warning is not about the last valid port while another one is typed', () => {
	const form = after('hostname', emptied, typed('0.0.0.0'));
	const wrong = [emptied, typed('99999')].reduce(formAfter, focused(form, 'port'));
	expect([form, wrong].map((one) => warningsAt(one, 'hostname').length)).toEqual([1, 0]);
});

test('one key takes the value that solves a problem', () => {
	const problems = [{option: 'port', message: 'It is taken.', suggestion: '5006'}] as const;
	const form = after('port', {form: 'tell', problems, warnings: []}, {form: 'solve'});
	expect([form.settings.port, problemAt(form, 'port')]).toEqual([5006, undefined]);
});

test('what was removed can be restored after the list was closed', () => {
	const form = openedForm({start: {...settings, repositories: {a: '/u', b: '/v'}}});
	const events: readonly FormEvent[] = [
		open,
		{form: 'items', event: {item: 'remove'}},
		{form: 'close'},
		open,
		{form: 'items', event: {item: 'restore'}},
	];
	expect(events.reduce(formAfter, focused(form, 'repositories')).settings.repositories).toEqual({
		a: '/u',
		b: '/v',
	});
});
