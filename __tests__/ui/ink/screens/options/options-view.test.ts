import {expect, test} from '@jest/globals';
import type {FormState} from '../../../../../src/ui/form/form.ts';
import {focusedOnProblem} from '../../../../../src/ui/form/problems.ts';
import {focused} from '../../../../../src/ui/form/spots.ts';
import {formAfter} from '../../../../../src/ui/form/form-after.ts';
import {firstState, wizardAfter} from '../../../../../src/ui/ink/wizard-state.ts';
import {drawn} from '../../drawn.tsx';
import {form as openedForm, question, settings} from '../../fixture.ts';

const told = formAfter(
	openedForm({
		start: {...settings, serviceConfig: {MemoryMax: '2G', RestartSec: 'xx', CPUQuota: '50%'}},
		room: 40,
	}),
	{
		form: 'tell',
		problems: [
			{option: 'serviceConfig', item: 'RestartSec', message: 'RestartSec: systemd cannot read it.'},
			{option: 'serviceConfig', message: 'systemd reports: no.'},
		],
		warnings: [],
	},
);

/** The form in a window that is high enough for all of it. */
const linesOf = (form: FormState, columns: number): readonly string[] => {
	const asked = wizardAfter(firstState({columns, rows: 90}), {
		type: 'asked',
		question: question({advice: []}),
	});
	return drawn({...asked, form}).body;
};

/** The lines from the systemd settings to the next option. */
const shown = (form: FormState): readonly string[] => {
	const lines = linesOf(form, 56);
	const first = lines.findIndex((line) => line.includes('systemd settings'));
	return lines.slice(
		first + 1,
		lines.findIndex((line) => line.includes('Log level')),
	);
};

test('a problem with one item of a list is shown below it while the list is open', () => {
	expect(shown(focusedOnProblem(told, 'serviceConfig'))).toEqual([
		'      MemoryMax=2G',
		'    › RestartSec=xx',
		'    ✖ RestartSec: systemd cannot read it.',
		'      CPUQuota=50%',
		'      + add a setting',
		'    ✖ systemd reports: no.',
	]);
});

test('it stays visible while the item is changed', () => {
	const open = focusedOnProblem(told, 'serviceConfig');
	expect(shown(formAfter(open, {form: 'items', event: {item: 'change'}})).slice(1, 3)).toEqual([
		expect.stringContaining('› RestartSec=xx'),
		'    ✖ RestartSec: systemd cannot read it.',
	]);
});

test('while the list is closed it is shown at the option', () => {
	expect(shown(focused(told, 'hostname'))).toEqual([
		'    ✖ RestartSec: systemd cannot read it.',
		'    ✖ systemd reports: no.',
	]);
});

const words = (form: FormState): string => linesOf(form, 100).join('\n');

const environment = {A: 'x\u001B[31mRED\u001B]0;PWNED\u0007y', ML: 'line1\nline2', API_TOKEN: 's3cr3tvalue'};
const wild = openedForm({
	start: {
		...settings,
		environment,
		basePath: '/\u001B[31mzz',
		stateDir: '/\u202Ezz',
		extraPackages: ['https://u:s3cr3t@h/x'],
	},
	room: 40,
});

test.each(['hostname', 'basePath', 'stateDir', 'environment'] as const)(
	'at %s, no value acts on the terminal',
	(name) => {
		const shown = words(formAfter(focused(wild, name), {form: 'open'}));
		expect(shown.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
		expect(shown).toContain('/␛[31mzz');
	},
);

test('an item with a line break stays on its row', () => {
	const open = formAfter(focused(wild, 'environment'), {form: 'open'});
	expect(words(open)).toContain('ML=line1␊line2\n');
	expect(words(open)).toContain('A=x␛[31mRED␛]0;PWNED␇y\n');
	expect(formAfter(open, {form: 'close'}).settings.environment).toEqual(environment);
});

test('a secret is shown neither in the list nor while it is changed', () => {
	const open = formAfter(focused(wild, 'environment'), {form: 'open'});
	const there = formAfter(open, {form: 'move', by: 2});
	const changing = formAfter(there, {form: 'items', event: {item: 'change'}});
	for (const form of [wild, open, changing]) expect(words(form)).not.toMatch(/s3cr3t/u);
	expect(words(changing)).toContain('› API_TOKEN=••••••');
	expect(formAfter(changing, {form: 'items', event: {item: 'keep'}}).settings.environment).toEqual(
		environment,
	);
});

test('the hostname shows what its value means, and the choices when it is opened', () => {
	const lines = (form: FormState): readonly string[] => linesOf(form, 80).map((line) => line.trimEnd());
	expect(lines(openedForm()).find((line) => line.includes('Hostname'))).toMatch(
		/localhost {2}this machine only/u,
	);
	const open = lines(formAfter(focused(openedForm(), 'hostname'), {form: 'open'}));
	const first = open.findIndex((line) => line.includes('Hostname'));
	expect(open.slice(first + 1, first + 4)).toEqual([
		'    › localhost  this machine only',
		'      0.0.0.0    everyone on the network',
		'      another one, which you type',
	]);
});

test('a problem with a known solution names the key that takes it, where that key works', () => {
	const problems = [{option: 'port', message: 'Port 5005 is used.', suggestion: '5006'}] as const;
	const form = formAfter(openedForm(), {form: 'tell', problems, warnings: []});
	const sentences = (at: 'port' | 'https') =>
		linesOf(focused(form, at), 80).filter((line) => line.includes('✖'));
	expect(sentences('port')).toEqual(['    ✖ Port 5005 is used. Enter uses 5006.']);
	expect(sentences('https')).toEqual(['    ✖ Port 5005 is used.']);
});

test('at 40×12 the whole help takes the place of the form, and scrolls', () => {
	const size = {columns: 40, rows: 12};
	const asked = wizardAfter(firstState(size), {type: 'asked', question: question({advice: []})});
	const form = formAfter(focused(openedForm(), 'domain'), {form: 'explain'});
	const help = drawn({...asked, form});
	expect(help.body[0]).toBe('Domain');
	expect(help.screen.at(-1)).toMatch(/^↑↓ scroll {3}any key back +PgDn ↓$/u);
	const end = help.after({type: 'scrolled', by: Infinity});
	expect(help.body.join(' ')).not.toContain('VIRA_SETUP_DOMAIN');
	expect(end.body.join(' ')).toContain('VIRA_SETUP_DOMAIN');
	expect(end.after({type: 'pressed', stroke: {text: 'x'}}).body.join(' ')).toContain('Hostname');
});
