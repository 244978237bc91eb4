import {expect, test} from '@jest/globals';
import {KeyHints} from '../../../src/ui/ink/components/key-hints.tsx';
import type {Spot} from '../../../src/ui/form/form.ts';
import {focused} from '../../../src/ui/form/spots.ts';
import {eventFor, hintsOf} from '../../../src/ui/ink/keys.ts';
import type {Stroke} from '../../../src/ui/ink/stroke.ts';
import type {WizardEvent, WizardState} from '../../../src/ui/ink/wizard-model.ts';
import {firstState, wizardAfter} from '../../../src/ui/ink/wizard-state.ts';
import {component} from './drawn.tsx';
import {facts, fine, lingering, proposal, question} from './fixture.ts';

const stateAfter = (...events: readonly WizardEvent[]): WizardState =>
	events.reduce<WizardState>(wizardAfter, firstState({columns: 80, rows: 24}));

const machine = stateAfter({type: 'asked', question: question()});
const at = (spot: Spot): WizardState => {
	const state = stateAfter({type: 'asked', question: question({advice: fine})});
	return {...state, ...(state.form && {form: focused(state.form, spot)})};
};
const afterKeys = (state: WizardState, ...strokes: readonly Stroke[]): WizardState =>
	strokes.reduce((before, stroke) => {
		const event = eventFor(stroke, before);
		return event ? wizardAfter(before, event) : before;
	}, state);
const looking = stateAfter({type: 'asked', question: question({advice: fine})}, {type: 'continued'});
const preview = wizardAfter(looking, {type: 'looked', proposed: {good: true, proposal}});
const dry: WizardState = {...preview, ...(preview.asked && {asked: {...preview.asked, dryRun: true}})};
const items = wizardAfter(at('repositories'), {type: 'formed', event: {form: 'paste', text: 'a=/u'}});
const onItem = wizardAfter(items, {type: 'formed', event: {form: 'move', by: -1}});
const draft = wizardAfter(items, {type: 'formed', event: {form: 'items', event: {item: 'add'}}});
const fixing = wizardAfter(items, {type: 'formed', event: {form: 'paste', text: 'one\ntwo'}});
const installing = wizardAfter(preview, {type: 'followed'});

test.each([
	['machine', machine, '↑↓ move   ⏎ continue   ? more   q quit'],
	['the way on', at('continue'), '↑↓ move   ⏎ continue   esc back   / find   ? help   q quit'],
	['a heading', at('group web'), '↑↓ move   ⏎ close   ^S continue   esc back   / find   ? help   q quit'],
	['a folded one', at('group state'), '↑↓ move   ⏎ open   ^S continue   esc back   / find   ? help   q quit'],
	['a text', at('hostname'), '↑↓ move   ⏎ choose   ^S continue   esc back   ^G help   ^C quit'],
	[
		'a text that was changed',
		afterKeys(at('hostname'), {text: 'x'}),
		'↑↓ move   ⏎ next   ^S continue   esc back   ^R undo   ^G help   ^C quit',
	],
	[
		'a path that is being typed',
		afterKeys(at('tlsCert'), {text: '/'}),
		'↑↓ move   ⏎ next   tab complete   ^N next problem   ^S continue   esc back   ^R undo   ^G help   ^C quit',
	],
	['a number', at('port'), '↑↓ move   + - change   ⏎ next   ^S continue   esc back   ^G help   ^C quit'],
	[
		'an invalid number',
		afterKeys(at('port'), {text: 'x'}),
		'↑↓ move   + - change   ^N next problem   ^S continue   esc back   ^R undo   ^G help   ^C quit',
	],
	['a toggle', at('https'), '↑↓ move   ⏎ toggle   ^S continue   esc back   / find   ? help   q quit'],
	['a choice', at('logLevel'), '↑↓ move   ⏎ change   ^S continue   esc back   / find   ? help   q quit'],
	['a list', at('repositories'), '↑↓ move   ⏎ edit   ^S continue   esc back   / find   ? help   q quit'],
	['the usual values', afterKeys(at('hostname'), {key: 'enter'}), '↑↓ move   ⏎ choose   esc back   ^C quit'],
	[
		'a port with a free one',
		wizardAfter(at('port'), {
			type: 'formed',
			event: {form: 'tell', problems: [{option: 'port', message: '', suggestion: '5006'}], warnings: []},
		}),
		'↑↓ move   + - change   ⏎ use 5006   ^N next problem   ^S continue   esc back   ^G help   ^C quit',
	],
	['the whole help', afterKeys(at('https'), {text: '?'}), 'any key back'],
	['the whole help of a text', afterKeys(at('hostname'), {key: 'ctrl-g'}), 'any key back'],
	['the whole help of an item', afterKeys(onItem, {text: '?'}), 'any key back'],
	['a search text', afterKeys(at('https'), {text: '/'}), '↑↓ move   ⏎ select   esc back   ^C quit'],
	['an item', onItem, '↑↓ move   a add   ⏎ edit   d remove   ^S continue   esc back'],
	[
		'one of several items',
		afterKeys(onItem, {text: 'a'}, {text: 'b'}, {text: '='}, {text: '/'}, {key: 'enter'}, {key: 'up'}),
		'↑↓ move   a add   ⏎ edit   d remove   / find   ^S continue   esc back',
	],
	[
		'an item, when another was removed',
		afterKeys(onItem, {text: 'a'}, {text: 'b=/u'}, {key: 'enter'}, {key: 'up'}, {text: 'd'}, {key: 'up'}),
		'↑↓ move   a add   ⏎ edit   d remove   ^R restore   ^S continue   esc back',
	],
	['the row that adds an item', items, '↑↓ move   ⏎ add   ^S continue   esc back'],
	['an invalid pasted line, with others', fixing, '⏎ accept   esc skip   ^C quit'],
	['an item that was begun by typing', afterKeys(items, {text: 'a'}), '⏎ accept   esc back   ^C quit'],
	['a draft', draft, '⏎ accept   esc back   ^C quit'],
	['looking', looking, '^C quit'],
	['preview', preview, '↑↓ scroll   ⏎ install   e edit   w save to file   tab next part   q quit'],
	['a dry run', dry, '↑↓ scroll   ⏎ done   e edit   w save to file   tab next part   q quit'],
	['install', installing, 'v show details   ^C quit'],
	['stopping', wizardAfter(installing, {type: 'quit'}), 'v show details'],
])('footer: %s', (_, state, footer) => {
	expect(
		hintsOf(state)
			.map(({keys, does}) => `${keys} ${does}`)
			.join('   '),
	).toBe(footer);
});

const menuAfter = (after: 'failure' | 'survey'): WizardState =>
	stateAfter({type: 'offered', menu: {after, facts, lines: [], choices: [], leave: 'quit'}});

const strokes: readonly (readonly [says: string, WizardState, Stroke, WizardEvent | undefined])[] = [
	['q quits if letters are commands', machine, {text: 'q'}, {type: 'left-run'}],
	[
		'q is a letter in a text',
		at('hostname'),
		{text: 'q'},
		{type: 'formed', event: {form: 'edit', edit: {insert: 'q'}}},
	],
	['q quits on a toggle', at('https'), {text: 'q'}, {type: 'left-run'}],
	['x does nothing on a toggle', at('https'), {text: 'x'}, undefined],
	['+ steps a number', at('port'), {text: '+'}, {type: 'formed', event: {form: 'turn', by: 1}}],
	[
		'Shift and an arrow step it too',
		at('port'),
		{key: 'step-down'},
		{type: 'formed', event: {form: 'turn', by: -1}},
	],
	[
		'Tab leads on from an unedited path',
		at('stateDir'),
		{key: 'tab'},
		{type: 'formed', event: {form: 'move', by: 1}},
	],
	[
		'/ is a letter in a text',
		at('tlsCert'),
		{text: '/'},
		{type: 'formed', event: {form: 'edit', edit: {insert: '/'}}},
	],
	['space toggles', at('https'), {text: ' '}, {type: 'formed', event: {form: 'turn', by: 1}}],
	['Esc does nothing on the first screen', machine, {key: 'escape'}, undefined],
	[
		'Home moves the caret in a text',
		at('port'),
		{key: 'home'},
		{type: 'formed', event: {form: 'edit', edit: {move: 'start'}}},
	],
	[
		'Home moves the focus elsewhere',
		at('https'),
		{key: 'home'},
		{type: 'formed', event: {form: 'move', by: -Infinity}},
	],
	['a paste does nothing in the preview', preview, {paste: 'q'}, undefined],
	['Ctrl-S continues from a text', at('port'), {key: 'ctrl-s'}, {type: 'continued'}],
	['Ctrl-S continues from an item', draft, {key: 'ctrl-s'}, {type: 'continued'}],
	['Enter continues from the row for that', at('continue'), {key: 'enter'}, {type: 'continued'}],
	[
		'Enter opens a group',
		at('group state'),
		{key: 'enter'},
		{type: 'formed', event: {form: 'fold', open: true}},
	],
	[
		'Enter closes an open group',
		at('group web'),
		{key: 'enter'},
		{type: 'formed', event: {form: 'fold', open: false}},
	],
	['Enter toggles', at('https'), {key: 'enter'}, {type: 'formed', event: {form: 'turn', by: 1}}],
	[
		'Enter takes the next choice',
		at('logLevel'),
		{key: 'enter'},
		{type: 'formed', event: {form: 'turn', by: 1}},
	],
	['Enter opens a list', at('repositories'), {key: 'enter'}, {type: 'formed', event: {form: 'open'}}],
	['Enter leads on from a text', at('port'), {key: 'enter'}, {type: 'formed', event: {form: 'move', by: 1}}],
	['but not from an invalid one', afterKeys(at('port'), {text: 'x'}), {key: 'enter'}, undefined],
	[
		'Esc leads out of an open group',
		at('https'),
		{key: 'escape'},
		{type: 'formed', event: {form: 'fold', open: false}},
	],
	['Esc leads out of the form', at('continue'), {key: 'escape'}, {type: 'went-back'}],
	['also from a closed group', at('group state'), {key: 'escape'}, {type: 'went-back'}],
	...(
		[{key: 'enter'}, {key: 'ctrl-s'}, {key: 'escape'}, {text: 'q'}, {paste: 'x'}, {key: 'down'}] as const
	).map(
		(stroke) =>
			[
				`while the help is shown, ${JSON.stringify(stroke)} returns`,
				afterKeys(at('https'), {text: '?'}),
				stroke,
				{type: 'formed', event: {form: 'explain'}},
			] as const,
	),
	['but Ctrl-C quits', afterKeys(at('https'), {text: '?'}), {key: 'ctrl-c'}, {type: 'quit'}],
	['e goes back to the options', preview, {text: 'e'}, {type: 'went-back'}],
	['Enter waits during the checks', looking, {key: 'enter'}, undefined],
	['Ctrl-C quits anywhere', draft, {key: 'ctrl-c'}, {type: 'quit'}],
	['Ctrl-C ends the run in a menu', menuAfter('survey'), {key: 'ctrl-c'}, {type: 'quit'}],
	[
		'a run that has failed is over: Ctrl-C leaves its menu',
		menuAfter('failure'),
		{key: 'ctrl-c'},
		{type: 'left'},
	],
	[
		'a in a draft is a letter',
		draft,
		{text: 'a'},
		{type: 'formed', event: {form: 'edit', edit: {insert: 'a'}}},
	],
];

test.each(strokes)('%s', (_, ...[state, stroke, event]) => {
	expect(eventFor(stroke, state)).toEqual(event);
});

/** Where the lines are scrolled to, for what the footer says of it. */
const scrolls = {'PgDn ↓': 0, 'PgUp/PgDn ↕': 3, 'PgUp ↑': 5} as const;

const footerOf = (state: WizardState, more: keyof typeof scrolls, width: number): string => {
	const size = {columns: width, rows: 24};
	const view = {isLaidOut: true, height: 5, content: 10, rows: {}, list: 0, foot: 0};
	return (
		component(<KeyHints hints={hintsOf(state)} />, {...state, size, view, scroll: scrolls[more]})[0] ?? ''
	);
};

test('a narrow footer leaves out the obvious keys', () => {
	const state = stateAfter({type: 'asked', question: question({advice: [lingering]})});
	const text = (width: number): string => footerOf(state, 'PgDn ↓', width);
	expect([text(80).trimEnd().replace(/ {4,}/u, ' … '), text(40), text(30)]).toEqual([
		'↑↓ move   ⏎ continue   ? more   q quit … PgDn ↓',
		'⏎ continue   ? more   q quit      PgDn ↓',
		'⏎ continue   q quit     PgDn ↓',
	]);
});

test.each([
	['a toggle', at('https'), 'PgUp/PgDn ↕', '⏎ toggle   ^S continue'],
	['a text', at('hostname'), 'PgDn ↓', '⏎ choose   ^S continue'],
	['a list', at('repositories'), 'PgUp ↑', '⏎ edit   ^S continue   esc back'],
	['an item', onItem, 'PgUp/PgDn ↕', '⏎ edit   ^S continue'],
	['preview', preview, 'PgUp/PgDn ↕', '⏎ install   e edit   q quit'],
] as const)('at 40 columns the footer keeps the most important keys: %s', (_, state, more, footer) => {
	const text = footerOf(state, more, 40);
	expect(text.replace(more, '').trimEnd()).toBe(footer);
	expect(text.length).toBeLessThanOrEqual(40);
});
