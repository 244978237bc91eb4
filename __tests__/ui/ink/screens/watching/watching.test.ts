import {expect, test} from '@jest/globals';
import {eventFor, hintsOf} from '../../../../../src/ui/ink/keys.ts';
import type {Stroke} from '../../../../../src/ui/ink/stroke.ts';
import type {WizardEvent, WizardState} from '../../../../../src/ui/ink/wizard-model.ts';
import {firstState, wizardAfter} from '../../../../../src/ui/ink/wizard-state.ts';
import type {Work} from '../../../../../src/ui/ui.ts';
import {drawn} from '../../drawn.tsx';

const watching = (kind: Work['kind'], ...events: readonly WizardEvent[]): WizardState =>
	[{type: 'watched', work: {what: 'Stopping Vira', kind}} as const, ...events].reduce<WizardState>(
		wizardAfter,
		firstState({columns: 60, rows: 24}),
	);

const said = (...lines: readonly string[]): WizardEvent => ({type: 'said', lines});

const numbered = (from: number, to: number): readonly string[] =>
	Array.from({length: to - from}, (_, index) => `line ${from + index}`);

const up: WizardEvent = {type: 'scrolled', by: -1};

test('progress lines appear below the text, the newest last', () => {
	const {body} = drawn(
		watching('changes', said('✔ Run systemctl --user stop vira.service'), said('\u001B[2J✔ Vira stopped.')),
	);
	const [first = '', ...rest] = body;
	expect([first.slice(2), ...rest]).toEqual([
		'Stopping Vira…',
		'✔ Run systemctl --user stop vira.service',
		'✔ Vira stopped.',
	]);
});

test('a log stays at its end while new lines come', () => {
	const log = drawn(watching('follows', said(...numbered(0, 90))));
	expect(log.body.at(-1)).toBe('line 89');
	expect(log.after(said('line 90', 'line 91')).body.at(-1)).toBe('line 91');
});

test('who has scrolled up is not moved by new lines, and follows again at the end', () => {
	const log = drawn(watching('follows', said(...numbered(0, 90)))).after(up);
	expect(log.body.at(-1)).toBe('line 88');
	const later = log.after(said(...numbered(90, 95)));
	expect(later.body.at(-1)).toBe('line 88');
	const end = later.after({type: 'scrolled', by: Infinity});
	expect(end.after(said('line 95')).body.at(-1)).toBe('line 95');
});

test('the last 10,000 lines are kept, and the lines that are read stay where they are', () => {
	const log = drawn(watching('follows', said(...numbered(0, 10_000)))).after({type: 'scrolled', by: -100});
	const [, first] = log.body;
	const later = log.after(said(...numbered(10_000, 10_500)));
	expect(later.body[1]).toBe(first);
	expect(later.after({type: 'scrolled', by: -Infinity}).body[1]).toBe('line 500');
	expect(later.after({type: 'scrolled', by: Infinity}).body.at(-1)).toBe('line 10499');
});

test('a line of any length takes a bounded number of rows', () => {
	const {state} = drawn(watching('follows', said('x'.repeat(1_000_000))));
	expect(state.view.content).toBeLessThan(100);
});

test('the lines are wrapped again for a window of another size', () => {
	const log = drawn(watching('reads', said('one two three four five six seven')));
	const narrow = log.after({type: 'resized', size: {columns: 20, rows: 24}});
	expect(narrow.body.slice(1)).toEqual(['one two three four', 'five six seven']);
});

test('a long output is read from its beginning once it has ended', () => {
	const report = drawn(watching('reads', said(...numbered(0, 90))));
	expect(report.body.at(-1)).toBe('line 89');
	expect(report.after({type: 'ended'}).body[0]).toBe('line 0');
});

const leaves = {type: 'left'};

test.each<readonly [string, WizardState, Stroke, unknown]>([
	['Esc leaves a log', watching('follows'), {key: 'escape'}, leaves],
	['q leaves a log', watching('follows'), {text: 'q'}, leaves],
	['Ctrl-C in a log quits', watching('follows'), {key: 'ctrl-c'}, {type: 'quit'}],
	['Enter does nothing in a log', watching('follows'), {key: 'enter'}, undefined],
	['Esc leaves checks that still run', watching('reads'), {key: 'escape'}, leaves],
	['Esc does not leave a change', watching('changes'), {key: 'escape'}, undefined],
	['Esc leaves a change that has ended', watching('changes', {type: 'ended'}), {key: 'escape'}, leaves],
	['Enter does, too', watching('changes', {type: 'ended'}), {key: 'enter'}, leaves],
])('%s', (_, state, stroke, event) => {
	expect(eventFor(stroke, state)).toEqual(event);
});

test.each([
	['follows', '↑↓ scroll   esc back   ^C quit'],
	['changes', '^C quit'],
] as const)('footer while it %s', (kind, footer) => {
	const hints = hintsOf(watching(kind)).map(({keys, does}) => `${keys} ${does}`);
	expect(hints.join('   ')).toBe(footer);
});
