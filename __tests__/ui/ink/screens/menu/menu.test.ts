import {expect, test} from '@jest/globals';
import type {WizardEvent, WizardState} from '../../../../../src/ui/ink/wizard-model.ts';
import {firstState, wizardAfter} from '../../../../../src/ui/ink/wizard-state.ts';
import type {Menu} from '../../../../../src/ui/ui.ts';
import {drawn} from '../../drawn.tsx';
import {facts} from '../../fixture.ts';

const menu: Menu = {
	after: 'survey',
	facts,
	lines: ['✔ Vira runs.', '', 'Its log:', '  Launching at   https://localhost:5005'],
	choices: [
		{value: 'change', label: 'Change the settings'},
		{value: 'uninstall', label: 'Uninstall', note: 'shows what would be removed and asks first'},
	],
	leave: 'quit',
};

const after = (...events: readonly WizardEvent[]): WizardState =>
	events.reduce(wizardAfter, wizardAfter(firstState({columns: 60, rows: 24}), {type: 'offered', menu}));

/** The lines on the screen, without the blank ones between the text and the choices below it. */
const textsOf = (state: WizardState): readonly string[] =>
	drawn(state).body.filter((line, row, all) => line !== '' || all[row + 1] !== '');

test('information is shown above the choices, and does not change', () => {
	expect(textsOf(after())).toEqual([
		...menu.lines,
		'',
		'› Change the settings',
		'  Uninstall   shows what would be removed and asks first',
	]);
});

test('in a window too low for both, the beginning of the information is above the choices, and the rest below', () => {
	const choices = Array.from({length: 7}, (_, index) => ({value: String(index), label: `choice ${index}`}));
	const offered: WizardEvent = {type: 'offered', menu: {...menu, choices}};
	const low = wizardAfter(firstState({columns: 40, rows: 12}), offered);
	expect(textsOf(low).slice(0, 3)).toEqual(['✔ Vira runs.', '› choice 0', '  choice 1']);
	const end = drawn(low).after({type: 'scrolled', by: Infinity});
	expect(end.body.at(-1)).toBe('  Launching at   https://localhost:5005');
});

test('a log is shown from its end', () => {
	const lines = Array.from({length: 90}, (_, index) => `line ${index}`);
	const offered = (given: Partial<Menu>): WizardState =>
		wizardAfter(firstState({columns: 60, rows: 24}), {type: 'offered', menu: {...menu, lines, ...given}});
	const firstSeen = (state: WizardState): string | undefined => drawn(state).body[0];
	expect([firstSeen(offered({})), firstSeen(offered({from: 'end'}))]).toEqual(['line 0', 'line 73']);
});

test('Enter alone picks the first choice, another one after the arrows, and leaving is a result of its own', () => {
	const down: WizardEvent = {type: 'moved', by: 1};
	const enter: WizardEvent = {type: 'continued'};
	expect(after(enter).screen).toEqual({at: 'menu-left', value: 'change'});
	expect(after(down, down, enter).screen).toEqual({at: 'menu-left', value: 'uninstall'});
	expect(after(down, {type: 'left'}).screen).toEqual({at: 'menu-left', value: 'quit'});
});

test('progress lines appear below the text, the newest last', () => {
	const watched = after(
		{type: 'watched', what: 'Stopping Vira'},
		{type: 'said', line: '✔ Run systemctl --user stop vira.service'},
		{type: 'said', line: '\u001B[2J✔ Vira stopped.'},
	);
	const [first = '', ...said] = textsOf(watched);
	expect([first.slice(2), ...said]).toEqual([
		'Stopping Vira…',
		'✔ Run systemctl --user stop vira.service',
		'✔ Vira stopped.',
	]);
});

test('in a window too low for the log and the choices, the choice with the focus is visible', () => {
	const lines = Array.from({length: 30}, (_, index) => `line ${index}`);
	const choices = Array.from({length: 7}, (_, index) => ({value: String(index), label: `choice ${index}`}));
	const offered: WizardEvent = {type: 'offered', menu: {...menu, lines, choices, from: 'end'}};
	const low = drawn(wizardAfter(firstState({columns: 40, rows: 12}), offered));
	expect(low.body.slice(0, 2)).toEqual(['line 0', '› choice 0']);
	expect(low.after({type: 'scrolled', by: Infinity}).body.at(-1)).toBe('line 29');
	expect(low.after({type: 'moved', by: 6}).body).toContain('› choice 6');
});
