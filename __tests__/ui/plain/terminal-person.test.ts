import {stripVTControlCharacters} from 'node:util';
import {afterAll, afterEach, describe, expect, test} from '@jest/globals';
import {personAt} from '../../../src/ui/plain/terminal-person.ts';
import {fakeTerminal} from '../ink/fake-terminal.ts';

const enter = '\r';
const left = '\u001B[D';
const home = '\u0001';
const backspace = '\u007F';
const tab = '\t';
const ctrlC = '\u0003';
const ctrlD = '\u0004';

// Without a movable cursor, node's readline itself ignores the editing keys.
const {TERM} = process.env;
process.env['TERM'] = 'xterm';
afterAll(() => {
	process.env['TERM'] = TERM;
});

const open: {close: () => void}[] = [];
afterEach(() => {
	for (const person of open.splice(0)) person.close();
});

const sitting = ({columns = 80, draws = true}: {columns?: number; draws?: boolean} = {}) => {
	const terminal = fakeTerminal(columns, 24);
	const {stdin, stdout} = terminal;
	const ending = new AbortController();
	const quits: string[] = [];
	const person = personAt({
		stdin,
		stdout,
		draws,
		signal: ending.signal,
		onQuit: () => quits.push('quit'),
	});
	open.push(person);
	return {terminal, person, ending, quits};
};

const port = {message: 'Port', offer: '5005'};

/** Asks, types when the question appears, and returns the answer and the lines of the screen. */
const answerTo = async (typed: string | readonly string[], size: {columns?: number} = {}) => {
	const {terminal, person} = sitting(size);
	const asked = person.ask(port);
	await terminal.shows('? Port (5005)');
	for (const one of typeof typed === 'string' ? [typed] : typed) terminal.type(one);
	const answer = await asked;
	const written = terminal.written();
	person.show('END');
	const lines = await terminal.shows('END');
	const screen = lines.slice(0, lines.indexOf('END')).filter((line) => line !== '');
	return {answer, screen, written};
};

test.each([
	['Enter accepts the suggestion', enter, '5005'],
	['typed text replaces it', `8443${enter}`, '8443'],
	['Tab puts it on the line', `${tab}${backspace}6${enter}`, '5006'],
	['Ctrl-A goes to the beginning', `443${home}8${enter}`, '8443'],
	['pasted text appears at the cursor', [`83${left}`, '44', enter], '8443'],
	['spaces are part of it', ` 8443 ${enter}`, ' 8443 '],
])('%s', async (_, typed, wanted) => {
	const {answer, screen} = await answerTo(typed);
	expect(answer).toBe(wanted);
	expect(screen).toEqual([`? Port (5005) ${wanted}`.trimEnd()]);
});

test('pasted text is drawn once', async () => {
	const frames = async (pasted: string): Promise<number> =>
		(await answerTo([`83${left}`, pasted, enter])).written.split('? Port').length;
	expect(await frames('4'.repeat(20))).toBe(await frames('4'));
});

test.each([
	[
		'long',
		`/${'x'.repeat(90)}`,
		['? Port (5005) /xxxxxxxxxxxxxxxxxxxxxxxxx', 'x'.repeat(40), 'x'.repeat(25)],
	],
	['wide', '日本', ['? Port (5005) 日本']],
	['as wide as the terminal', 'x'.repeat(26), [`? Port (5005) ${'x'.repeat(26)}`]],
])('an answer that is %s is shown completely', async (_, typed, lines) => {
	const {answer, screen} = await answerTo(`${typed}${enter}`, {columns: 40});
	expect([answer, screen]).toEqual([typed, lines]);
});

test('nothing of a secret remains on the screen', async () => {
	const {terminal, person} = sitting();
	const asked = person.ask({message: 'Variables', offer: 'done', mask: () => 'TOKEN=••••••'});
	await terminal.shows('?');
	terminal.type(`TOKEN=abc${enter}`);
	expect(await asked).toBe('TOKEN=abc');
	expect((await terminal.shows('••••••'))[0]).toBe('? Variables (done) TOKEN=••••••');
});

describe.each([true, false])('lines that arrive together (drawn: %s)', (draws) => {
	test('answer the questions that use them; empty ones answer none', async () => {
		const {terminal, person} = sitting({draws});
		const first = person.ask(port);
		await terminal.shows('?');
		terminal.type(`a=1${enter}\n${enter}b=2\r\nc=3\r\nd`);
		const answers = [await first];
		answers.push(await person.ask({...port, takesRest: true}), await person.ask({...port, takesRest: true}));
		const last = person.ask({...port, takesRest: true});
		terminal.type(`=4${enter}`);
		expect([...answers, await last]).toEqual(['a=1', 'b=2', 'c=3', 'd=4']);
	});

	test('do not answer another question', async () => {
		const {terminal, person} = sitting({draws});
		const first = person.ask(port);
		await terminal.shows('?');
		terminal.type(`1${enter}2${enter}3${enter}`);
		await first;
		const second = person.ask(port);
		terminal.type(`4${enter}`);
		expect(await second).toBe('4');
	});
});

test.each([true, false])('Enter without a question accepts nothing (drawn: %s)', async (draws) => {
	const {terminal, person} = sitting({draws});
	terminal.type(enter.repeat(3));
	await new Promise(setImmediate);
	const asked = person.ask(port);
	await terminal.shows('?');
	terminal.type(`1${enter}`);
	expect(await asked).toBe('1');
});

describe('ends with Cancelled, and releases the terminal', () => {
	test.each([
		['Ctrl-C', ctrlC],
		['Ctrl-C within an answer', `80${ctrlC}`],
		['Ctrl-D', ctrlD],
	])('by %s', async (_, typed) => {
		const {terminal, person, quits} = sitting();
		const asked = person.ask(port);
		await terminal.shows('?');
		expect(terminal.isRaw()).toBe(true);
		terminal.type(typed);
		await expect(asked).rejects.toMatchObject({name: 'Cancelled'});
		expect(quits).toContain('quit');
		expect(terminal.isRaw()).toBe(false);
		expect(stripVTControlCharacters(terminal.written())).toMatch(/\n$/u);
	});

	test.each([true, false])('by the end of the input (drawn: %s)', async (draws) => {
		const {terminal, person, quits} = sitting({draws});
		const asked = person.ask(port);
		await terminal.shows('?');
		terminal.stdin.push(null);
		await expect(asked).rejects.toMatchObject({name: 'Cancelled'});
		expect(quits).toContain('quit');
		expect(stripVTControlCharacters(terminal.written())).toMatch(/^\? Port \(5005\) ?\r?\n$/u);
	});

	test('from outside', async () => {
		const {terminal, person, ending} = sitting();
		const asked = person.ask(port);
		await terminal.shows('?');
		ending.abort();
		await expect(asked).rejects.toMatchObject({name: 'Cancelled'});
		expect(terminal.isRaw()).toBe(false);
	});
});

test('Ctrl-D within an answer ends nothing', async () => {
	const {terminal, person} = sitting();
	const asked = person.ask(port);
	await terminal.shows('?');
	terminal.type('80');
	await terminal.shows('80');
	terminal.type(ctrlD);
	terminal.type(enter);
	expect(await asked).toBe('80');
});

test('where nothing may be redrawn, only the question is written, and nothing of the answer', async () => {
	const {terminal, person} = sitting({draws: false});
	const asked = person.ask(port);
	await terminal.shows('?');
	expect(terminal.isRaw()).toBe(false);
	terminal.type('8443\n');
	expect(await asked).toBe('8443');
	expect(terminal.written()).toBe('? Port (5005) ');
});

test('sentences are wrapped between words, commands are not', () => {
	const {terminal, person} = sitting({columns: 20});
	person.tell('! One two three four five');
	person.show('  $ one two three four five');
	expect(terminal.written()).toBe('! One two three four\n  five\n  $ one two three four five\n');
});

test('no printed or pasted text acts on the terminal', async () => {
	const {terminal, person} = sitting();
	person.tell('red \u001B[31mwords');
	person.show('\u009B2J');
	const asked = person.ask(port);
	await terminal.shows('?');
	terminal.type(`a\u009B2Jb${enter}`);
	expect(await asked).toBe('a\u009B2Jb');
	expect(terminal.written()).toContain('red words\n');
	expect(terminal.written()).not.toContain('\u009B');
});
