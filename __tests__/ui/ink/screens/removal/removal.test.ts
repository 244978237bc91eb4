import {afterEach, describe, expect, test} from '@jest/globals';
import {WentBack} from '../../../../../src/errors.ts';
import {inkUi} from '../../../../../src/ui/ink/ink-ui.ts';
import {eventFor, hintsOf} from '../../../../../src/ui/ink/keys.ts';
import type {WizardEvent, WizardState} from '../../../../../src/ui/ink/wizard-model.ts';
import {firstState, wizardAfter} from '../../../../../src/ui/ink/wizard-state.ts';
import type {RemovalQuestion, Ui} from '../../../../../src/ui/ui.ts';
import {removalQuestion} from '../../../../support/removal-question.ts';
import {fakeTerminal} from '../../fake-terminal.ts';

const after = (change: Partial<RemovalQuestion>, ...events: readonly WizardEvent[]): WizardState =>
	[{type: 'removal-asked', question: removalQuestion(change)} as const, ...events].reduce<WizardState>(
		wizardAfter,
		firstState({columns: 80, rows: 24}),
	);

const go: WizardEvent = {type: 'continued'};
const down: WizardEvent = {type: 'moved', by: 1};
const toggle: WizardEvent = {type: 'switched'};
const back: WizardEvent = {type: 'went-back'};
const purging = [down, down, down, toggle, go] as const;

test.each([
	['Enter accepts a plan that can be undone', {}, [go], {at: 'removal-accepted'}],
	['a permanent deletion has its own question', {}, purging, {at: 'removal', sure: true}],
	['Enter does not answer that question', {}, [...purging, go], {at: 'removal', sure: true}],
	['Esc goes back from it', {}, [...purging, back], {at: 'removal', sure: false}],
	['Esc leads back to the overview that it was opened from', {canGoBack: true}, [back], {at: 'left'}],
	['from that question, to the decisions first', {canGoBack: true}, [...purging, back], {at: 'removal'}],
	['its own key accepts', {}, [...purging, {type: 'confirmed'}], {at: 'removal-accepted'}],
	['a dry run needs no confirmation', {dryRun: true}, purging, {at: 'removal-accepted'}],
] as const)('%s', (_, change, events, screen) => {
	expect(after(change, ...events).screen).toMatchObject(screen);
});

test('each row switches its own decision, and changes the plan', () => {
	const choicesAfter = (...events: readonly WizardEvent[]) => after({}, ...events).removal?.proposal.choices;
	expect(choicesAfter(down, toggle)).toEqual({overwrite: false, purge: false, disableLinger: false});
	expect(choicesAfter(down, down, toggle)).toEqual({overwrite: true, purge: false, disableLinger: true});
	expect(choicesAfter(down, down, down, down, toggle, toggle, toggle)).toMatchObject({purge: true});
	expect(after({}, down, down, down, toggle).removal?.proposal.plan.forGood).toHaveLength(1);
});

test('the footer names the keys that work now', () => {
	const keysAfter = (...events: readonly WizardEvent[]) =>
		hintsOf(after({}, ...events)).map(({keys, does}) => `${keys} ${does}`);
	expect(keysAfter()).toEqual(['↑↓ move', '⏎ remove', 'q quit']);
	expect(keysAfter(down)).toEqual(['↑↓ move', '⏎ toggle', '^S remove', 'q quit']);
	expect(keysAfter(...purging)).toEqual(['↑↓ scroll', 'y delete', 'esc back', 'q quit']);
	expect(eventFor({key: 'enter'}, after({}, down))).toEqual(toggle);
	expect(eventFor({key: 'enter'}, after({}, ...purging))).toBeUndefined();
	expect(eventFor({key: 'escape'}, after({canGoBack: true}))).toEqual(back);
	expect(eventFor({key: 'escape'}, after({canGoBack: false}))).toBeUndefined();
});

describe('in a terminal', () => {
	const open: Ui[] = [];
	afterEach(() => {
		for (const ui of open.splice(0)) ui.close();
	});

	const started = (columns: number, rows: number) => {
		const terminal = fakeTerminal(columns, rows);
		const {stdin, stdout} = terminal;
		const ui = inkUi({
			stdin,
			stdout,
			stderr: stdout,
			version: '0.1.0',
			simulation: false,
			onQuit: () => undefined,
			environment: {NO_COLOR: '1'},
		});
		open.push(ui);
		return {terminal, ui};
	};

	test('it opens with what is deleted, what stays, and what there is to decide', async () => {
		const {terminal, ui} = started(80, 32);
		const asked = ui.askRemoval(removalQuestion());
		expect(await terminal.shows('q quit')).toEqual([
			'Vira setup 0.1.0                                         [1 Preview] · 2 Removal',
			'─'.repeat(80),
			'To be removed',
			'  - ~/.config/vira-setup/settings.json',
			'  - ~/.config/vira-setup  folder',
			'',
			'Left in place',
			'  ~/.local/share/vira/state',
			"    Vira's state: repositories, jobs and keys",
			'',
			'Changed by hand, will be kept: ~/.config/systemd/user/vira.service',
			'    [Service]',
			'    Nice=5',
			'',
			'Commands, in this order',
			'  systemctl --user stop vira.service',
			'    the service ends',
			'  loginctl disable-linger alice',
			'    as it was before',
			'',
			'',
			'',
			'',
			'',
			'! Your settings go as well:',
			'  vira-setup export --format json',
			'› Remove what is listed above',
			'  Lingering        turn it off',
			'  Changed by hand  keep',
			"  Vira's state     keep",
			'─'.repeat(80),
			'↑↓ move   ⏎ remove   q quit',
		]);
		terminal.type('\r');
		expect((await asked).choices).toEqual({overwrite: false, purge: false, disableLinger: true});
	});

	test('at 40×12 the decisions are visible, and purging needs its y', async () => {
		const {terminal, ui} = started(40, 12);
		const asked = ui.askRemoval(removalQuestion());
		expect(await terminal.shows('› Remove')).toContain("  Vira's state     keep");
		terminal.type('\u001B[B\u001B[B\u001B[B\r');
		await terminal.shows("› Vira's state     delete permanently");
		terminal.type('\u0013');
		await terminal.shows("Delete Vira's state permanently?");
		terminal.type('y');
		expect((await asked).choices.purge).toBe(true);
	});

	test('Esc goes back', async () => {
		const {terminal, ui} = started(80, 24);
		const asked = ui.askRemoval(removalQuestion({canGoBack: true}));
		await terminal.shows('esc back');
		terminal.type('\u001B');
		await expect(asked).rejects.toBeInstanceOf(WentBack);
	});

	test('q leaves', async () => {
		const {terminal, ui} = started(80, 24);
		const asked = ui.askRemoval(removalQuestion());
		await terminal.shows('q quit');
		terminal.type('q');
		await expect(asked).rejects.toMatchObject({name: 'Cancelled'});
	});
});
