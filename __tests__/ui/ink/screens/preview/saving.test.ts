import {expect, test} from '@jest/globals';
import {eventFor, hintsOf} from '../../../../../src/ui/ink/keys.ts';
import type {Stroke} from '../../../../../src/ui/ink/stroke.ts';
import type {WizardEvent, WizardState} from '../../../../../src/ui/ink/wizard-model.ts';
import {firstState, wizardAfter} from '../../../../../src/ui/ink/wizard-state.ts';
import {drawn} from '../../drawn.tsx';
import {fine, proposal, question} from '../../fixture.ts';

const proposed: WizardEvent = {type: 'path-proposed', path: '~/vira-settings.json'};

/** The preview after more events. */
const preview = (...events: readonly WizardEvent[]): WizardState =>
	[
		{type: 'asked', question: question({advice: fine})} as const,
		{type: 'continued'} as const,
		{type: 'looked', proposed: {good: true, proposal}} as const,
		...events,
	].reduce<WizardState>(wizardAfter, firstState({columns: 80, rows: 24}));

const opened = preview({type: 'save-begun'}, proposed);

const afterKeys = (state: WizardState, ...strokes: readonly Stroke[]): WizardState =>
	strokes.reduce((before, stroke) => {
		const event = eventFor(stroke, before);
		return event ? wizardAfter(before, event) : before;
	}, state);

const savingIn = ({screen}: WizardState) => (screen.at === 'preview' ? screen.saving : undefined);

const typedIn = (state: WizardState) => savingIn(state)?.edited.text;

const keysIn = (state: WizardState): string =>
	hintsOf(state)
		.map(({keys, does}) => `${keys} ${does}`)
		.join('   ');

test('w asks where to save the settings, and proposes a path', () => {
	const asking = afterKeys(preview(), {text: 'w'});
	expect([savingIn(asking)?.waits, keysIn(asking)]).toEqual(['path', '^C quit']);
	expect(drawn(opened).body.slice(-2)).toEqual([
		'Save to: ~/vira-settings.json',
		'Only you can read the file. Nothing is installed.',
	]);
	expect(keysIn(opened)).toBe('tab complete   ⏎ save   esc back   ^C quit');
});

test('the path is edited like a text of the form: commands of the preview are letters there', () => {
	const keys: readonly Stroke[] = [{key: 'erase-word'}, {text: 'q'}, {text: ' '}, {text: 'e'}, {key: 'left'}];
	expect(typedIn(afterKeys(opened, ...keys, {key: 'erase'}, {paste: ' w\n'}))).toBe('~/qwe');
});

test('Esc leads back to the preview, which is scrolled as before', () => {
	const scrolled = drawn(preview({type: 'measured', view: drawn(preview()).state.view})).after({
		type: 'scrolled',
		by: 3,
	}).state;
	const back = afterKeys(scrolled, {text: 'w'});
	const left = afterKeys(wizardAfter(back, proposed), {text: 'x'}, {key: 'escape'});
	expect([left.screen.at, savingIn(left), left.scroll]).toEqual(['preview', undefined, 3]);
});

const enter: Stroke = {key: 'enter'};

test('why it was not written is shown until the path changes', () => {
	const problem = '/home/alice/vira-settings.json exists already. Choose another name.';
	const refused = wizardAfter(afterKeys(opened, enter), {type: 'saved', result: {problem}});
	expect(drawn(refused).body.slice(-2)).toEqual(['Save to: ~/vira-settings.json', `✖ ${problem}`]);
	expect(savingIn(afterKeys(refused, {text: '2'}))?.problem).toBeUndefined();
});

test('when it is written, the preview is there again, and says how to use the file', () => {
	const waiting = afterKeys(opened, enter);
	expect(savingIn(waiting)?.waits).toBe('file');
	const saved = wizardAfter(waiting, {type: 'saved', result: {path: '/home/alice/x.json'}});
	const {body} = drawn(saved);
	expect(body.slice(-5, -3)).toEqual([
		'✔ Saved to ~/x.json. To use it, here or on another machine:',
		'  vira-setup --config /home/alice/x.json',
	]);
	expect(keysIn(saved)).toContain('⏎ install');
	expect(afterKeys(saved, enter).screen).toEqual({at: 'accepted', proposal});
});

test('in a low window the confirmation is visible, too, wherever the preview was scrolled to', () => {
	const low = drawn(preview({type: 'resized', size: {columns: 40, rows: 12}}));
	const saved = low.after(
		{type: 'scrolled', by: 5},
		{type: 'save-begun'},
		{type: 'saved', result: {path: '/home/alice/x.json'}},
	);
	expect(saved.body[0]).toMatch(/^✔ Saved to/u);
});

test('other settings are not said to be saved', () => {
	const saved = preview({type: 'save-begun'}, proposed, {
		type: 'saved',
		result: {path: '/home/alice/x.json'},
	});
	const other = {...proposal, settings: {...proposal.settings, port: 7000}};
	const again = [
		{type: 'went-back'} as const,
		{type: 'continued'} as const,
		{type: 'looked', proposed: {good: true, proposal: other}} as const,
	].reduce<WizardState>(wizardAfter, saved);
	expect(again.screen.at).toBe('preview');
	expect(drawn(again).body.join('\n')).not.toContain('Saved to');
});

test('Tab completes as far as all candidates agree, and shows them', () => {
	const asked = afterKeys(opened, {key: 'ctrl-u'}, {text: '~/k'}, {key: 'tab'});
	expect(savingIn(asked)?.completion).toEqual({typed: '~/k', candidates: undefined});
	const found = (typed: string): WizardEvent => ({
		type: 'formed',
		event: {form: 'completed', typed, candidates: ['~/key-ring/', '~/keys/']},
	});
	const completed = wizardAfter(asked, found('~/k'));
	expect(drawn(completed).body.slice(-2)).toEqual(['Save to: ~/key', 'key-ring/   keys/']);
	expect(typedIn(wizardAfter(asked, found('~/')))).toBe('~/k');
});
