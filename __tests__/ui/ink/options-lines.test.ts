import {expect, test} from '@jest/globals';
import {
	focused,
	focusedOnProblem,
	formAfter,
	openForm,
	type FormState,
} from '../../../src/ui/ink/form-state.ts';
import {optionsLines} from '../../../src/ui/ink/options-lines.ts';
import {facts, settings} from './fixture.ts';

const told = formAfter(
	openForm(facts, {...settings, serviceConfig: {MemoryMax: '2G', RestartSec: 'xx', CPUQuota: '50%'}}),
	{
		form: 'tell',
		problems: [
			{option: 'serviceConfig', item: 'RestartSec', sentence: 'RestartSec: systemd cannot read it.'},
			{option: 'serviceConfig', sentence: 'systemd says: no.'},
		],
	},
);

/** The lines from the systemd settings to the next option. */
const shown = (form: FormState): readonly string[] => {
	const lines = optionsLines(form, [], 56).lines.map((line) =>
		line
			.map(({text}) => text)
			.join('')
			.trimEnd(),
	);
	const first = lines.findIndex((line) => line.includes('systemd settings'));
	return lines.slice(
		first + 1,
		lines.findIndex((line) => line.includes('Log level')),
	);
};

test('a problem with one item of a list stands below it while the list is open', () => {
	expect(shown(focusedOnProblem(told, 'serviceConfig'))).toEqual([
		'      MemoryMax=2G',
		'    › RestartSec=xx',
		'    ✖ RestartSec: systemd cannot read it.',
		'      CPUQuota=50%',
		'      + add a setting',
		'    ✖ systemd says: no.',
	]);
});

test('it stays to be read while the item is changed', () => {
	const open = focusedOnProblem(told, 'serviceConfig');
	expect(shown(formAfter(open, {form: 'items', event: {item: 'change'}})).slice(1, 3)).toEqual([
		expect.stringContaining('› RestartSec=xx'),
		'    ✖ RestartSec: systemd cannot read it.',
	]);
});

test('while the list is closed it stands at the option', () => {
	expect(shown(focused(told, 'hostname'))).toEqual([
		'    ✖ RestartSec: systemd cannot read it.',
		'    ✖ systemd says: no.',
	]);
});
