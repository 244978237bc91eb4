import {expect, test} from '@jest/globals';
import type {Action} from '../../../../../src/platform/actions/action.ts';
import {installText} from '../../../../../src/ui/ink/screens/install/state.ts';
import type {WizardEvent, WizardState} from '../../../../../src/ui/ink/wizard-model.ts';
import {firstState, wizardAfter} from '../../../../../src/ui/ink/wizard-state.ts';
import {drawn} from '../../drawn.tsx';
import {proposal} from '../../fixture.ts';

const folder = (path: string): Action => ({
	does: 'make-folder',
	path,
	mode: 0o700,
	why: 'holds the service',
	undoWithContents: false,
});
const start: Action = {
	does: 'run',
	command: ['systemctl', '--user', 'start', 'vira.service'],
	why: 'starts it now',
	onFailure: {message: 'It could not be started.', exit: 6},
};

const doing = (
	actions: readonly Action[],
	events: readonly ('started' | 'finished' | 'undoing' | 'undone')[] = ['started', 'finished'],
): readonly WizardEvent[] =>
	actions.flatMap((action, index) =>
		events.map((at) => ({
			type: 'progressed',
			progress: {at, index, action},
			nowMs: 1000,
		})),
	);

const startFailed = (what: string): readonly WizardEvent[] => {
	const step = {index: 9, action: start};
	return [
		{type: 'progressed', progress: {at: 'started', ...step}, nowMs: 1000},
		{type: 'progressed', progress: {at: 'failed', ...step, failure: {message: what, exit: 6}}, nowMs: 2000},
	];
};

const after = (...events: readonly WizardEvent[]): WizardState =>
	events.reduce(wizardAfter, wizardAfter(firstState({columns: 80, rows: 24}), {type: 'followed'}));

const textsOf = (state: WizardState, width = 80): readonly string[] =>
	drawn({...state, size: {columns: width, rows: 24}}).body;

const done = doing([folder('/a'), folder('/a/b'), folder('/a/b/c'), start, folder('/d')]);

/** The same, of a plan with two steps: the first three actions, and the others. */
const inSteps = (...events: readonly WizardEvent[]): WizardState => {
	const steps = [
		{title: 'Create the service', from: 0, to: 3},
		{title: 'Start Vira', from: 3, to: 10},
	];
	const accepted = {...proposal, preview: {...proposal.preview, steps}};
	const first = firstState({columns: 80, rows: 24});
	return [{type: 'followed'} as const, ...events].reduce<WizardState>(wizardAfter, {
		...first,
		screen: {at: 'accepted', proposal: accepted},
	});
};

test('each step of a plan is one row, done when its last action is', () => {
	expect(textsOf(inSteps(...done.slice(0, 5)))[0]).toMatch(/^[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏] Create the service {2}\d/u);
	expect(textsOf(inSteps(...done.slice(0, 6)))).toEqual(['✔ Create the service']);
	expect(textsOf(inSteps(...done)).slice(0, 1)).toEqual(['✔ Create the service']);
	expect(textsOf(inSteps(...done))[1]).toContain('Start Vira');
});

test('on demand every action is shown below its step, with its reason', () => {
	expect(textsOf(inSteps(...done.slice(0, 6), {type: 'detailed'}))).toEqual([
		'✔ Create the service',
		'  ✔ Create /a',
		'      holds the service',
		'  ✔ Create /a/b',
		'      holds the service',
		'  ✔ Create /a/b/c',
		'      holds the service',
	]);
});

test('without steps, as in an uninstall, each action is a row', () => {
	expect(textsOf(after(...done)).slice(2)).toEqual([
		'✔ Create /a/b/c',
		'✔ Run systemctl --user start vira.service',
		'✔ Create /d',
	]);
});

test('the steps stay in the terminal: the one that failed with its reason, and one undo of all', () => {
	const why = 'It could not be started.\u001B[2J';
	const undo = doing([start, folder('/a')], ['undoing', 'undone']);
	expect(installText(inSteps(...done.slice(0, 6), ...startFailed(why), ...undo).install)).toEqual([
		'✔ Create the service',
		'✖ Start Vira',
		'    It could not be started.',
		'✔ Undo the changes',
	]);
});

test('a step that was interrupted is not shown as done', () => {
	const {install} = inSteps(...done.slice(0, 4));
	expect(installText(install)).toEqual(['! Create the service']);
	const undo = doing([folder('/a')], ['undoing']);
	expect(textsOf(inSteps(...done.slice(0, 4), ...undo))[0]).toBe('! Create the service');
});

test('the reason why an action could not be undone stays in the terminal', () => {
	const failure = {message: 'It is not empty.', exit: 1} as const;
	const undoing = (['undoing', 'not-undone', 'undoing', 'undone'] as const).map((at, event) => ({
		type: 'progressed' as const,
		progress: {at, index: event < 2 ? 1 : 0, action: folder('/a'), failure},
		nowMs: 1000,
	}));
	expect(installText(inSteps(...done.slice(0, 6), ...undoing).install).slice(1)).toEqual([
		'✖ Undo the changes',
		'    It is not empty.',
	]);
});

test('a wait shows how much of its time has passed, as a bar if there is space', () => {
	const waiting = after({
		type: 'progressed',
		progress: {at: 'checking', what: 'responding', elapsedMs: 15_000, withinMs: 60_000},
		nowMs: Date.now(),
	});
	expect(textsOf(waiting)[0]).toMatch(/Wait for Vira to respond {2}█{5}░{15} {2}15 of 60 s$/u);
	expect(textsOf(waiting, 60)[0]).toMatch(/Wait for Vira to respond {2}15 of 60 s$/u);
});
