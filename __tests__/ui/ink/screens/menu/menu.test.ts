import {expect, test} from '@jest/globals';
import {eventFor} from '../../../../../src/ui/ink/keys.ts';
import {createStore, firstState, wizardAfter} from '../../../../../src/ui/ink/wizard-state.ts';
import type {WizardEvent, WizardState} from '../../../../../src/ui/ink/wizard-model.ts';
import type {Menu} from '../../../../../src/ui/ui.ts';
import {drawn} from '../../drawn.tsx';
import {facts} from '../../fixture.ts';

const menu: Menu = {
	after: 'survey',
	facts,
	lines: ['✔ Vira runs.', '', '! Its log is large.'],
	details: ['Changed from the defaults:', '  Port   5006'],
	choices: [
		{key: 'c', value: 'change', label: 'Change the settings'},
		{key: 'u', value: 'uninstall', label: 'Uninstall', note: 'shows what would be removed and asks first'},
	],
	leave: 'quit',
};

const offered = (given: Partial<Menu>, columns = 80, rows = 24): WizardState =>
	wizardAfter(firstState({columns, rows}), {type: 'offered', menu: {...menu, ...given}});

const after = (...events: readonly WizardEvent[]): WizardState => events.reduce(wizardAfter, offered({}));

const numbered = (count: number, what: string): readonly string[] =>
	Array.from({length: count}, (_, index) => `${what} ${index}`);

/** As many as the overview ever has. */
const tenChoices = (['c', 'f', 'o', 'r', 's', 't', 'l', 'd', 'p', 'u'] as const).map((key) => ({
	key,
	value: key,
	label: `choice ${key}`,
}));

test('the state is first, then the problems, the changed settings, and the choices with their keys', () => {
	const {body} = drawn(offered({}));
	expect(body.filter((line, row) => line !== '' || body[row + 1] !== '')).toEqual([
		'✔ Vira runs.',
		'',
		'! Its log is large.',
		'',
		'Changed from the defaults:',
		'  Port   5006',
		'',
		'› c  Change the settings',
		'  u  Uninstall   shows what would be removed and asks first',
	]);
	expect(body).toHaveLength(20);
});

test('however much there is to say, the state and all choices are visible on 80×24, and the rest scrolls', () => {
	const lines = ['✖ Vira is not running.', '', ...numbered(30, 'problem')];
	const all = drawn(offered({lines, choices: tenChoices}));
	const end = all.after({type: 'scrolled', by: Infinity});
	for (const {body} of [all, end]) {
		expect(body[0]).toBe('✖ Vira is not running.');
		expect(body.slice(-10).map((line) => line.slice(5))).toEqual(tenChoices.map(({label}) => label));
	}
	expect(all.body[2]).toBe('problem 0');
	expect(end.body).toContain('  Port   5006');
});

test('changed settings take the room that is left, one row each, and the last row counts the others', () => {
	const details = ['Changed from the defaults:', ...numbered(20, `  ${'long '.repeat(30)}`)];
	const {body, screen} = drawn(offered({lines: ['✔ Vira runs.', ''], details, choices: tenChoices}));
	expect(body.slice(2, 9)).toEqual([
		'Changed from the defaults:',
		...Array.from({length: 5}, () => expect.stringMatching(/^ {2}long .*…$/u)),
		'  … and 15 more',
	]);
	expect(screen.at(-1)).not.toContain('PgDn');
});

test('in a window too low for the choices, they scroll with the focus below the state', () => {
	const low = drawn(
		offered({lines: ['✔ Vira runs.', '', ...numbered(9, 'problem')], choices: tenChoices}, 40, 12),
	);
	expect(low.body.slice(0, 2)).toEqual(['✔ Vira runs.', '› c  choice c']);
	const last = low.after({type: 'moved', by: 9});
	expect([last.body[0], last.body.includes('› u  choice u')]).toEqual(['✔ Vira runs.', true]);
	expect(low.after({type: 'scrolled', by: Infinity}).body.at(-1)).toBe('  Port   5006');
});

test('a failure is opened at the end of its log, and its cause stays visible', () => {
	const lines = ['✖ Vira did not start.', '  It exited with status 1.', '', ...numbered(90, 'log line')];
	const {body} = drawn(offered({after: 'failure', lines, details: [], from: 'end'}));
	expect(body.slice(0, 2)).toEqual(lines.slice(0, 2));
	expect(body.at(-4)).toBe('log line 89');
});

test('a long cause leaves room for the choices, and nothing of it is lost', () => {
	const lines = [...numbered(40, 'cause'), '', 'log line'];
	const all = drawn(offered({after: 'failure', lines, details: []}, 40, 12));
	expect(all.body.slice(0, 5)).toEqual(numbered(5, 'cause'));
	expect(all.body.at(-2)).toBe('› c  Change the settings');
	const end = all.after({type: 'scrolled', by: Infinity});
	expect(end.body.slice(4, 8)).toEqual(['cause 37', 'cause 38', 'cause 39', 'log line']);
});

test('Enter alone picks the first choice, another one after the arrows, and leaving is a result of its own', () => {
	const down: WizardEvent = {type: 'moved', by: 1};
	const enter: WizardEvent = {type: 'continued'};
	expect(after(enter).screen).toMatchObject({at: 'menu-left', value: 'change'});
	expect(after(down, down, enter).screen).toMatchObject({at: 'menu-left', value: 'uninstall'});
	expect(after(down, {type: 'left'}).screen).toMatchObject({at: 'menu-left', value: 'quit'});
});

test('the key of a choice chooses it, whatever has the focus; another letter does nothing', () => {
	const state = after({type: 'moved', by: 1});
	expect(eventFor({text: 'c'}, state)).toEqual({type: 'chose', value: 'change'});
	expect(eventFor({text: 'r'}, state)).toBeUndefined();
	expect(after({type: 'chose', value: 'uninstall'}).screen).toMatchObject({
		at: 'menu-left',
		value: 'uninstall',
	});
});

test('what was chosen stays on the screen until the next one is shown', () => {
	expect(drawn(after({type: 'chose', value: 'uninstall'})).body).toContain(
		'› u  Uninstall   shows what would be removed and asks first',
	);
});

test('a state that is read again keeps the focus on its choice, and the scroll position', () => {
	const before = wizardAfter(offered({lines: ['✔ Vira runs.', '', ...numbered(40, 'problem')]}), {
		type: 'moved',
		by: 1,
	});
	const scrolled = drawn(before).after({type: 'scrolled', by: 7});
	const choices = [{key: 's', value: 'start', label: 'Start'}, ...menu.choices] as const;
	const lines = ['✖ Vira is not running.', '', ...numbered(41, 'problem')];
	const {body} = scrolled.after({type: 'renewed', menu: {...menu, lines, choices}});
	expect([body[0], body[2]]).toEqual(['✖ Vira is not running.', 'problem 7']);
	expect(body.slice(-3)).toEqual([
		'  s  Start',
		'  c  Change the settings',
		'› u  Uninstall   shows what would be removed and asks first',
	]);
});

test('if the focused choice is gone, the first one has the focus', () => {
	const choices = menu.choices.slice(0, 1);
	expect(after({type: 'moved', by: 1}, {type: 'renewed', menu: {...menu, choices}}).screen).toMatchObject({
		row: 0,
	});
});

test('a state that is the same when it is read again changes nothing, so nothing is drawn', () => {
	const store = createStore(after({type: 'moved', by: 1}));
	const drawings: string[] = [];
	store.subscribe(() => drawings.push('drawn'));
	const later = {...facts, now: '2026-03-02T10:00:00.000Z'};
	store.send({type: 'renewed', menu: {...menu, facts: later}});
	expect(drawings).toEqual([]);
	store.send({type: 'renewed', menu: {...menu, lines: ['✖ Vira is not running.']}});
	expect(drawings).toEqual(['drawn']);
});

test('Esc leads from a failure to its first choice, which is the form; elsewhere it leaves', () => {
	const onEsc = (given: Partial<Menu>): unknown => eventFor({key: 'escape'}, offered(given));
	expect(onEsc({after: 'failure'})).toEqual({type: 'chose', value: 'change'});
	expect(onEsc({after: 'survey'})).toEqual({type: 'left'});
});
