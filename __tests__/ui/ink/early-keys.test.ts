import {expect, test} from '@jest/globals';
import type {Stroke} from '../../../src/ui/ink/stroke.ts';
import type {WizardEvent, WizardState} from '../../../src/ui/ink/wizard-model.ts';
import {firstState, wizardAfter} from '../../../src/ui/ink/wizard-state.ts';
import {proposeRemoval, removalQuestion} from '../../support/removal-question.ts';
import {drawn} from './drawn.tsx';
import {facts, fine, proposal, question} from './fixture.ts';

const enter: Stroke = {key: 'enter'};
const pressed = (stroke: Stroke): WizardEvent => ({type: 'pressed', stroke});
const after = (...events: readonly WizardEvent[]): WizardState =>
	events.reduce(wizardAfter, firstState({columns: 80, rows: 24}));

const asked: WizardEvent = {type: 'asked', question: question({advice: fine})};
const askedOnMachine: WizardEvent = {type: 'asked', question: question()};
const looked: WizardEvent = {type: 'looked', proposed: {good: true, proposal}};
const taken = {option: 'port', message: 'It is taken.', suggestion: '5006'} as const;
const refused: WizardEvent = {type: 'looked', proposed: {good: false, problems: [taken]}};
const offered: WizardEvent = {
	type: 'offered',
	menu: {
		after: 'survey',
		facts,
		lines: ['✔'],
		choices: [{key: 't', value: 'stop', label: 'Stop'}],
		leave: 'quit',
	},
};

test('keys that are pressed while the machine is checked go to the screen that follows', () => {
	const {form, screen} = after(pressed({text: '/'}), pressed({text: 'port'}), pressed(enter), asked);
	expect([screen.at, form?.focus, form?.filter?.edited.text]).toEqual(['options', 'port', 'port']);
	expect(after(pressed({key: 'down'}), askedOnMachine).screen).toMatchObject({at: 'machine', row: 1});
});

test('Enter leads from there as far as the checks of the settings, and not through the preview', () => {
	const state = after(pressed(enter), pressed(enter), pressed(enter), pressed(enter), askedOnMachine);
	expect(state.screen.at).toBe('looking');
	expect(wizardAfter(state, looked).screen.at).toBe('preview');
});

test('Enter in a preview that nobody has seen does nothing', () => {
	const unseen = after(asked, pressed(enter), pressed(enter), looked, pressed(enter));
	expect(unseen.screen.at).toBe('preview');
	expect(wizardAfter(drawn(unseen).state, pressed(enter)).screen.at).toBe('accepted');
});

test('other keys that were pressed during the checks act in the preview', () => {
	expect(after(asked, pressed(enter), pressed({text: 'e'}), looked).screen.at).toBe('options');
});

test('if the checks find a problem, an early Enter does not change the field that it leads to', () => {
	const {form} = after(asked, pressed(enter), pressed(enter), refused);
	expect([form?.focus, form?.settings.port]).toEqual(['port', 5005]);
});

test('a menu or a removal that nobody has seen is not accepted', () => {
	for (const stroke of [enter, {text: 't'}])
		expect(after(pressed(stroke), offered, pressed(stroke)).screen.at).toBe('menu');
	expect(wizardAfter(drawn(after(offered)).state, pressed({text: 't'})).screen.at).toBe('menu-left');
	const removal = removalQuestion({propose: proposeRemoval});
	const unseen = after(pressed(enter), {type: 'removal-asked', question: removal}, pressed(enter));
	expect(unseen.screen.at).toBe('removal');
	expect(wizardAfter(drawn(unseen).state, pressed(enter)).screen.at).toBe('removal-accepted');
});

test('Ctrl-C acts at once', () => {
	expect(after(pressed(enter), pressed({key: 'ctrl-c'})).quit).toBe(true);
	expect(after(asked, pressed(enter), pressed({key: 'ctrl-c'})).quit).toBe(true);
});

test('only a few keys are kept', () => {
	const downs = Array.from({length: 100}, () => pressed({key: 'down'}));
	expect(after(...downs).early).toHaveLength(8);
});
