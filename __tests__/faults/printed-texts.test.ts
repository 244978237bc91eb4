import {mkdirSync, writeFileSync} from 'node:fs';
import {dirname} from 'node:path';
import {afterAll, describe, expect, jest, test} from '@jest/globals';
import {findUnwanted} from '../../scripts/words/find-unwanted.ts';
import {keys} from '../../scripts/terminal/screen.ts';
import {commandNames} from '../../src/command-line/commands.ts';
import {helpPage} from '../../src/command-line/help.ts';
import {linuxSituations} from '../support/advice/linux-situations.ts';
import {macSituations} from '../support/advice/mac-situations.ts';
import type {Simulated} from '../support/advice/simulated-shell.ts';
import {loopLimitMs} from '../support/limits.ts';
import {linuxStates} from '../support/linux-states.ts';
import {macStates} from '../support/mac-states.ts';
import {newFolder} from '../support/new-folder.ts';
import {lines} from '../support/run-command.ts';
import {runProgram} from '../support/run-program.ts';
import {openProgram} from '../support/terminal.ts';

jest.setTimeout(loopLimitMs);

const helpPages = [undefined, ...commandNames].map(
	(command) => [`vira-setup ${command ?? ''} --help`, helpPage(command, 80)] as const,
);

type Texts = readonly (readonly [heading: string, text: string])[];

/** A log of a million lines would say no more than this. */
const mostCharacters = 20_000;

type Machines = Readonly<Record<string, () => Promise<Simulated>>>;

/** What commands print on one machine; a command that changes it comes last. */
const printedOn = async (
	heading: string,
	machine: Simulated,
	commands: readonly string[],
): Promise<Texts> => {
	const texts: (readonly [string, string])[] = [];
	for (const command of commands)
		texts.push([
			`${heading}: vira-setup ${command}`,
			(await lines(machine, command)).join('\n').slice(0, mostCharacters),
		]);
	return texts;
};

const looking = ['status', 'doctor', '--non-interactive --dry-run', 'uninstall --non-interactive --dry-run'];
const changing = ['start', 'restart', 'stop', 'rollback --non-interactive', 'doctor --fix', 'logs -n 5'];

/** Each line once, where it is printed first. */
const known = new Set<string>();
const printed: string[] = [];

const keepNew = (texts: Texts): void => {
	const added = texts.flatMap(([heading, text]) => {
		const lines = text.split('\n').filter((line) => line.trim() !== '' && !known.has(line.trim()));
		for (const line of lines) known.add(line.trim());
		return lines.length === 0 ? [] : ['', `## ${heading}`, ...lines];
	});
	printed.push(...added);
};

const withoutHeadings = (): string => printed.filter((line) => !line.startsWith('## ')).join('\n');

const file = process.env['VIRA_SETUP_TEXTS'];

afterAll(() => {
	if (file === undefined) return;
	mkdirSync(dirname(file), {recursive: true});
	writeFileSync(file, printed.join('\n'));
});

/** Walks through a front end with Enter, and keeps each screen as it is after a while. */
const screensOf = async (
	words: readonly string[],
	cols: number,
	typed: readonly string[],
): Promise<Texts> => {
	const screen = openProgram(words, {cols, rows: cols === 40 ? 12 : 24});
	const texts: (readonly [string, string])[] = [];
	for (const key of [...typed, keys.ctrlC]) {
		await new Promise((resolve) => setTimeout(resolve, 1500));
		texts.push([`vira-setup ${words.join(' ')}, ${cols} columns`, screen.text.replace(/\n{3,}/gu, '\n\n')]);
		screen.press(key);
	}
	return texts;
};

const {enter, down} = keys;

const everyScreen = async (): Promise<Texts> => {
	const machine = ['--simulate', 'linux', '--simulation-folder', newFolder()];
	await runProgram(['--non-interactive', '--port', '5006', ...machine]);
	const texts = [];
	for (const cols of [80, 40])
		for (const platform of ['linux', 'macos', 'macos-headless']) {
			texts.push(
				...(await screensOf(['--simulate', platform], cols, ['?', enter, '?', enter, enter, enter])),
			);
			texts.push(
				...(await screensOf(['--simulate', platform, '--plain'], cols, [
					'?',
					enter,
					enter,
					'2',
					enter,
					enter,
				])),
			);
		}
	texts.push(...(await screensOf(machine, 80, [down, down, down, down])));
	texts.push(...(await screensOf(['uninstall', ...machine], 80, ['?'])));
	texts.push(...(await screensOf(['--plain', ...machine], 80, ['1', enter])));
	return texts;
};

describe('no phrase that must not come back is printed', () => {
	test('by --help', () => {
		keepNew(helpPages);
		expect(findUnwanted('printed.txt', withoutHeadings())).toEqual([]);
	});

	test.each(Object.entries<Machines>({Linux: linuxStates, macOS: macStates}))(
		'in each state of the service on %s',
		async (platform, states) => {
			for (const [name, make] of Object.entries(states))
				keepNew(await printedOn(`${platform}, ${name}`, await make(), [...looking, ...changing]));
			expect(findUnwanted('printed.txt', withoutHeadings())).toEqual([]);
		},
	);

	test('in each situation with advice on Linux', async () => {
		for (const [name, {make, asked}] of Object.entries(linuxSituations))
			keepNew(await printedOn(`Linux, ${name}`, await make(), [...looking, asked]));
		expect(findUnwanted('printed.txt', withoutHeadings())).toEqual([]);
	});

	test('in each situation with advice on macOS', async () => {
		for (const [name, {make, asked}] of Object.entries(macSituations))
			keepNew(await printedOn(`macOS, ${name}`, await make(), [...looking, asked]));
		expect(findUnwanted('printed.txt', withoutHeadings())).toEqual([]);
	});
});

// To be read by a person; what the tests in program/ hold of the screens needs no fixed pauses.
if (file !== undefined)
	test('the screens', async () => {
		for (const [heading, screen] of await everyScreen()) printed.push('', `## ${heading}`, screen);
	});
