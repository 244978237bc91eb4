import {expect, test} from '@jest/globals';
import type {Action} from '../../../../../src/platform/actions/action.ts';
import {installText} from '../../../../../src/ui/ink/screens/install/state.ts';
import type {WizardEvent, WizardState} from '../../../../../src/ui/ink/wizard-model.ts';
import {firstState, wizardAfter} from '../../../../../src/ui/ink/wizard-state.ts';
import {drawn} from '../../drawn.tsx';

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

const doing = (actions: readonly Action[]): readonly WizardEvent[] =>
	actions.flatMap((action, index) =>
		(['started', 'finished'] as const).map((at) => ({
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

test('folders that are created one after the other are one row', () => {
	expect(textsOf(after(...done))).toEqual([
		'✔ Create 3 folders',
		'✔ Run systemctl --user start vira.service',
		'✔ Create /d',
	]);
});

test('on demand every step is shown, with its reason', () => {
	expect(textsOf(after(...done, {type: 'detailed'}))).toEqual([
		'✔ Create /a',
		'    holds the service',
		'✔ Create /a/b',
		'    holds the service',
		'✔ Create /a/b/c',
		'    holds the service',
		'✔ Run systemctl --user start vira.service',
		'    starts it now',
		'✔ Create /d',
		'    holds the service',
	]);
});

test('the reason why a step failed stays in the terminal', () => {
	const why = 'It could not be started.\u001B[2J';
	const failed = after(...doing([folder('/a')]), ...startFailed(why));
	expect(installText(failed.install)).toEqual([
		'✔ Create /a',
		'✖ Run systemctl --user start vira.service',
		'    It could not be started.',
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
