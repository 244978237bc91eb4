import {expect, test} from '@jest/globals';
import type {Question} from '../../../src/ui/ui.ts';
import {doManually} from '../../../src/ui/words/phrases.ts';
import {eventFor} from '../../../src/ui/ink/keys.ts';
import {hiddenLines, topOf} from '../../../src/ui/ink/scroll.ts';
import type {WizardEvent, WizardState} from '../../../src/ui/ink/wizard-model.ts';
import {firstState, wizardAfter} from '../../../src/ui/ink/wizard-state.ts';
import {drawn} from './drawn.tsx';
import {facts, fine, preview, progress, proposal, question, settings} from './fixture.ts';

const after = (change: Partial<Question>, ...events: readonly WizardEvent[]): WizardState =>
	[{type: 'asked', question: question(change)} as const, ...events].reduce<WizardState>(
		wizardAfter,
		firstState({columns: 80, rows: 24}),
	);

const go: WizardEvent = {type: 'continued'};
const back: WizardEvent = {type: 'went-back'};
const looked: WizardEvent = {type: 'looked', proposed: {good: true, proposal}};
const newPort: WizardEvent = {type: 'formed', event: {form: 'set', option: 'port', value: 5006}};
const wrongPort: WizardEvent = {type: 'formed', event: {form: 'set', option: 'port', value: 0}};

const warned = {level: 'warning', code: 'w', message: 'Look.', detail: '', fixes: []} as const;

const first = {canGoBack: true, begin: 'preview'} as const;

const cases: readonly (readonly [
	says: string,
	change: Partial<Question>,
	events: readonly WizardEvent[],
	screen: WizardState['screen']['at'],
])[] = [
	['a choice is shown first', {}, [], 'machine'],
	['without one the options are', {advice: fine}, [], 'options'],
	['a warning is passed', {advice: [...fine, warned]}, [], 'options'],
	[
		'a warning that needs attention is shown first',
		{advice: [...fine, {...warned, stops: true}]},
		[],
		'machine',
	],
	['continue from such a warning', {advice: [{...warned, stops: true}]}, [go], 'options'],
	['continue from the machine', {}, [go], 'options'],
	['continue from the options', {}, [go, go], 'looking'],
	['with an error it checks the rest', {}, [go, wrongPort, go], 'looking'],
	['valid settings are previewed', {}, [go, go, looked], 'preview'],
	['the preview is accepted', {}, [go, go, looked, go], 'accepted'],
	['back from the preview', {}, [go, go, looked, back], 'options'],
	['back from the options', {}, [go, back], 'machine'],
	['back from the options, without a choice', {advice: fine}, [back], 'machine'],
	['no previous step', {}, [back], 'machine'],
	['from the overview, back to the machine', {canGoBack: true}, [go, back], 'machine'],
	['and from there to the overview', {canGoBack: true}, [go, back, back], 'left'],
	['or at once without a choice', {canGoBack: true, advice: fine}, [back], 'left'],
	['with changes it asks first', {canGoBack: true, advice: fine}, [newPort, back], 'options'],
	[
		'and goes back when told so',
		{canGoBack: true, advice: fine},
		[newPort, back, {type: 'left-anyway'}],
		'left',
	],
	['or stays', {canGoBack: true, advice: fine}, [newPort, back, {type: 'stayed'}, go], 'looking'],
	['from a preview that was opened first, to the overview', first, [looked, {type: 'left-form'}], 'left'],
	[
		'and with e to the form, which comes before it from then on',
		first,
		[looked, back, go, looked, back],
		'options',
	],
	['keys do nothing during the checks', {}, [go, go, back, go], 'looking'],
	['a late result changes nothing', {}, [go, looked], 'options'],
];

test.each(cases)('%s', (_, ...[change, events, screen]) => {
	expect(after(change, ...events).screen.at).toBe(screen);
});

test.each([
	['leads to the overview', [looked], {type: 'left-form'}],
	['leads to the form, once that was shown', [looked, back, go, looked], back],
] as const)('Esc in a preview that was opened first %s', (_, events, event) => {
	expect(eventFor({key: 'escape'}, after(first, ...events))).toEqual(event);
});

test.each([
	['the first answer', [go], true],
	['the second answer', [{type: 'moved', by: 1}, go], false],
	['not beyond the last', [{type: 'moved', by: 5}, go], false],
	['forward and back', [{type: 'moved', by: 1}, {type: 'moved', by: -1}, go], true],
] satisfies readonly (readonly [string, readonly WizardEvent[], boolean])[])(
	'%s sets the option',
	(_, events, linger) => {
		expect(after({}, ...events).form?.settings.linger).toBe(linger);
	},
);

const leaves: WizardEvent = {type: 'left-run'};
const undoPort: WizardEvent = {type: 'formed', event: {form: 'set', option: 'port', value: 5005}};

test.each([
	['with nothing changed q quits', [go, leaves], true],
	['with a change it asks', [go, newPort, leaves], false],
	['also in the preview', [go, newPort, go, looked, leaves], false],
	['and on the first screen', [{type: 'moved', by: 1}, leaves], false],
	['an answer quits', [go, newPort, leaves, {type: 'left-anyway'}], true],
	['a change that was undone is none', [go, newPort, undoPort, leaves], true],
	['Ctrl-C quits at once', [go, newPort, {type: 'quit'}], true],
] satisfies readonly (readonly [string, readonly WizardEvent[], boolean])[])('%s', (_, events, quits) => {
	const {quit, leaving} = after({}, ...events);
	expect([quit, leaving]).toEqual([quits, quits ? undefined : 'run']);
});

test('the previous answer is marked', () => {
	expect(after({start: {...settings, linger: false}}).screen).toMatchObject({at: 'machine', row: 1});
	expect(after({}, {type: 'moved', by: 1}, go, back).screen).toMatchObject({at: 'machine', row: 1});
});

test('a problem found by the checks leads to its field', () => {
	const problems = [{option: 'stateDir', message: '/x is in the way.'}] as const;
	const state = after({}, go, go, {type: 'looked', proposed: {good: false, problems}});
	expect(state.screen.at).toBe('options');
	expect(state.form?.focus).toBe('stateDir');
});

const halfCertificate: WizardEvent = {
	type: 'formed',
	event: {form: 'set', option: 'tlsCert', value: '/c.pem'},
};

test('with an error in the form, problems of the machine with other values are shown too', () => {
	const rule = {option: 'tlsKey', message: 'A certificate needs its key: set both, or neither.'} as const;
	const taken = {option: 'port', message: 'It is taken.'} as const;
	const problems = [rule, taken];
	const state = after({}, go, halfCertificate, go, {type: 'looked', proposed: {good: false, problems}});
	expect([state.screen.at, state.form?.focus, state.form?.told]).toEqual(['options', 'port', [taken]]);
});

test('a form with an error is not previewed, whatever the machine reports', () => {
	const state = after({}, go, wrongPort, go, looked);
	expect([state.screen.at, state.form?.focus]).toEqual(['options', 'port']);
});

test('in a low window ? scrolls to the fixes that it shows, and back', () => {
	const explained: WizardEvent = {type: 'explained'};
	const low = drawn(after({}, {type: 'resized', size: {columns: 40, rows: 12}}));
	const shown = low.after(explained);
	expect(low.body).not.toContain(`  ${doManually}`);
	expect(shown.body).toContain(`  ${doManually}`);
	expect(shown.after(explained).body).toEqual(low.body);
});

test('the preview scrolls to its end and no further', () => {
	const end = drawn(after({}, go, go, looked)).after(
		{type: 'scrolled', by: Infinity},
		{type: 'scrolled', by: 3},
	);
	expect(hiddenLines(end.state)).toEqual({above: true, below: false});
	expect(end.body).toContain('  + ~/.config/systemd/user');
	const start = end.after({type: 'scrolled', by: -Infinity});
	expect(topOf(start.state)).toBe(0);
	expect(start.body.slice(0, 2)).toEqual(['Changed settings:', '  Port  5005 → 5006']);
});

test('warnings and the verdict stay visible however far the preview is scrolled', () => {
	const start = drawn(after({}, go, go, looked));
	const summary = [
		`! ${preview.warnings[0]?.message ?? ''}`,
		'Starts at boot: yes · Keeps running after logout: yes',
		'Reachable from: this machine only',
	];
	expect(start.body.slice(-4)).toEqual(['▸ 1 of 4: Summary', ...summary]);
	expect(start.after({type: 'scrolled', by: Infinity}).body.slice(-3)).toEqual(summary);
});

test.each([
	[0, true],
	[1, false],
])('refused, row %i: %s', (by, simulate) => {
	const refused = {type: 'refused', refusals: [], facts} as const;
	const state = [refused, {type: 'moved', by} as const, go].reduce<WizardState>(
		wizardAfter,
		firstState({columns: 80, rows: 24}),
	);
	expect(state.screen).toEqual({at: 'refused', simulate});
});

test('steps, their undo and the checks accumulate', () => {
	const [, , starting] = progress;
	if (starting?.at !== 'started') throw new Error('the fixture has changed');
	const {action} = starting;
	const failed = {at: 'failed', index: 1, action, failure: {message: 'It did not start.', exit: 6}} as const;
	const events = [
		...progress,
		failed,
		{at: 'undoing', index: 1, action} as const,
		{at: 'undone', index: 1, action} as const,
		{at: 'checking', what: 'responding', elapsedMs: 0, withinMs: 1000} as const,
		{at: 'checked', finding: {level: 'error', code: 'responding', message: 'It does not answer.'}} as const,
		{at: 'checked', finding: {level: 'warning', code: 'starts-at-boot', message: 'Not at boot.'}} as const,
	];
	const state = events.reduce<WizardState>(
		(before, one) => wizardAfter(before, {type: 'progressed', progress: one, nowMs: 1000}),
		after({}, {type: 'followed'}),
	);
	expect(state.install.rows.map(({at, text, why}) => [at, text, why])).toEqual([
		['done', 'Create ~/.config/systemd/user/vira.service', undefined],
		['failed', 'Run systemctl --user start vira.service', 'It did not start.'],
		['done', 'Undo: Run systemctl --user start vira.service', undefined],
		['failed', 'It does not answer.', undefined],
		['concern', 'Not at boot.', undefined],
	]);
});
