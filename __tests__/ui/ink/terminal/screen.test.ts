import {expect, test} from '@jest/globals';
import {WizardScreen} from '../../../../src/ui/ink/terminal/screen.ts';
import {createStore, firstState} from '../../../../src/ui/ink/wizard-state.ts';
import {fakeTerminal} from '../fake-terminal.ts';
import {fine, question} from '../fixture.ts';

const opened = (columns = 80, rows = 24) => {
	const terminal = fakeTerminal(columns, rows);
	const store = createStore(firstState({columns, rows}));
	store.send({type: 'asked', question: question({advice: fine})});
	const {stdin, stdout} = terminal;
	const given = {stdin, stdout, stderr: stdout, version: '0.1.0', simulation: false, environment: {}};
	const screen = new WizardScreen(given, store);
	screen.open();
	return {terminal, store, screen};
};

const modesOf = ({isAlternate, isRaw, pastes, isReading}: ReturnType<typeof fakeTerminal>) => ({
	alternate: isAlternate(),
	raw: isRaw(),
	pastes: pastes(),
	reads: isReading(),
});
const wizardsOwn = {alternate: true, raw: true, pastes: true, reads: true};
const bare = {alternate: false, raw: false, pastes: false, reads: false};

test('the bare terminal is lent on request, and the screen is restored afterwards', async () => {
	const {terminal, screen} = opened();
	const before = await terminal.shows('[2 Options]');
	const answer = await screen.lend(async () => {
		terminal.stdout.write('Password: ');
		await terminal.shows('Password:');
		return modesOf(terminal);
	});
	expect(answer).toEqual(bare);
	expect(await terminal.shows('[2 Options]')).toEqual(before);
	expect(modesOf(terminal)).toEqual(wizardsOwn);
	screen.close();
	await terminal.shows('Password:');
	expect(modesOf(terminal)).toEqual(bare);
});

test('a screen that is closed while it is lent stays closed', async () => {
	const {terminal, screen} = opened();
	await terminal.shows('[2 Options]');
	await screen.lend(async () => screen.close());
	await terminal.drawn();
	expect(modesOf(terminal)).toEqual(bare);
});

test('the cursor is shown only where text is typed', async () => {
	const {terminal, store, screen} = opened();
	await terminal.shows('› Continue');
	expect(terminal.cursor()).toBeUndefined();
	terminal.type('\u001B[B\u001B[B');
	await terminal.shows('› Hostname');
	expect(terminal.cursor()).toEqual({row: 7, column: 25 + 'localhost'.length});
	terminal.type('\u001B[D\u001B[D');
	await terminal.cursorAt({row: 7, column: 25 + 'localho'.length});
	terminal.type('日本👍🏽e\u0301');
	await terminal.cursorAt({row: 7, column: 25 + 'localho'.length + 7});
	store.send({type: 'formed', event: {form: 'move', by: 2}});
	await terminal.shows('› HTTPS');
	expect(terminal.cursor()).toBeUndefined();
	screen.close();
	await terminal.drawn();
	expect(terminal.cursor()).toBeDefined();
});

test.each([
	['wider', 100, 24],
	['narrower', 60, 24],
	['higher', 80, 30],
	['lower', 80, 16],
])(
	'a screen that becomes %s is redrawn completely, whatever the terminal did to it',
	async (_, wide, high) => {
		const {terminal, screen} = opened();
		await terminal.shows('[2 Options]');
		const other = opened(wide, high);
		const fresh = await other.terminal.shows('[2 Options]');
		other.screen.close();
		terminal.stdout.write(`\u001B[H${Array.from({length: 24}, () => '#'.repeat(80)).join('\n')}`);
		await terminal.drawn();
		terminal.resize(wide, high);
		await terminal.shows(fresh.at(-1) ?? '');
		expect(terminal.screen()).toEqual(fresh);
		screen.close();
	},
);

test('a screen that immediately gets its size back is still redrawn', async () => {
	const {terminal, screen} = opened();
	const before = await terminal.shows('[2 Options]');
	terminal.resize(79, 23);
	terminal.resize(80, 24);
	await terminal.drawn();
	await terminal.shows('[2 Options]');
	expect(terminal.screen()).toEqual(before);
	screen.close();
});
