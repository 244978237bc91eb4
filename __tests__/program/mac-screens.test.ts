import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from '@jest/globals';
import {keys, type Screen} from '../../scripts/terminal/screen.ts';
import {agentPath} from '../support/simulated-mac.ts';
import {at, bodyOf, type Size} from '../support/play.ts';
import {newFolder} from '../support/new-folder.ts';
import {openProgram} from '../support/terminal.ts';

type Lines = readonly string[];

/** The step before and after each press of the key that scrolls it. */
const pagesOf = async (screen: Screen, size: Size): Promise<readonly Lines[]> => {
	const pages = [bodyOf(screen, size)];
	while (/PgDn\S* [↓↕]$/u.test(screen.text)) {
		const before = screen.text;
		screen.press(keys.pageDown);
		await screen.leaves(before);
		pages.push(bodyOf(screen, size));
	}
	return pages;
};

/** How many lines at the end of all pages are the same: they stay in place. */
const footOf = ([first = [], ...others]: readonly Lines[]): number =>
	others.length === 0
		? 0
		: [...first.keys()].findIndex((row) => others.some((page) => page.at(-row - 1) !== first.at(-row - 1)));

/** How many lines at the end of one page are those at the beginning of the next. */
const overlapOf = (seen: Lines, page: Lines): number =>
	page.findLastIndex((_, last) =>
		page.slice(0, last + 1).every((line, row) => line === seen.at(row - last - 1)),
	) + 1;

/** The part of the preview on the page. */
const namesPart = /^▸ \d+ of \d+: /u;

/** Everything on a step, each line once, as a user sees it by scrolling. */
const scrolled = async (screen: Screen, size: Size): Promise<Lines> => {
	const pages = (await pagesOf(screen, size)).map((page) => page.filter((line) => !namesPart.test(line)));
	const foot = footOf(pages);
	const moving = pages.map((page) => page.slice(0, page.length - foot));
	const seen = moving.reduce((above, page) => [...above, ...page.slice(overlapOf(above, page))], []);
	return [...seen, ...(pages[0] ?? []).slice(moving[0]?.length)];
};

/** Values of the form are shortened to fit, and so is the line of the passed checks. */
const mayBeShortened = /^(?:[ ›]+ [A-Z][\w ]{20}|✔ .* · ✔ )/u;

const shortened = (lines: Lines): Lines =>
	lines.filter((line) => line.includes('…') && !mayBeShortened.test(line));

const withoutBlanks = (text: string): string => text.replaceAll(/\s/gu, '');

/** The code of a preview, joined from its lines on the screen. */
const codeIn = (lines: Lines): string =>
	withoutBlanks(lines.map((line) => line.replace(/^ {2}\+/u, '')).join(''));

const options = [
	'Hostname',
	'State folder',
	'Concurrent builds',
	'Repositories',
	'Vira program',
	'Log level',
	'Domain',
];

describe.each([
	{cols: 80, rows: 24},
	{cols: 40, rows: 12},
])('at $cols×$rows', (size) => {
	const openMac = (machine: string, folder = newFolder()): Screen =>
		openProgram(['--simulate', machine, '--simulation-folder', folder], size);

	test('on a headless Mac, the first screen shows the choices in whole sentences', async () => {
		const screen = openMac('macos-headless');
		await screen.shows('Install now');
		const lines = await scrolled(screen, size);
		expect(shortened(lines)).toEqual([]);
		expect(lines.join(' ')).toContain('FileVault is on:');
		screen.press(keys.ctrlC);
		await screen.shows('told');
	});

	describe.each(['macos', 'macos-headless'])('on %s', (machine) => {
		const openOptions = async (folder?: string): Promise<Screen> => {
			const screen = openMac(machine, folder);
			if (machine === 'macos-headless') {
				await screen.shows('Install now');
				screen.press(keys.enter);
			}
			await screen.shows('Hostname');
			return screen;
		};

		test('every option is on the form, and no sentence is truncated', async () => {
			const screen = await openOptions();
			const next = [keys.pageDown, keys.right];
			screen.press(...next, ...next, ...next, ...next, ...next);
			await screen.shows('› ▾ Service');
			screen.press(keys.home);
			await screen.shows('› Continue');
			const lines = (await pagesOf(screen, size)).flat();
			expect(shortened(lines)).toEqual([]);
			for (const label of options)
				expect(lines.some((line) => line.replace(/^[ ›]+/u, '').startsWith(`${label} `))).toBe(true);
			screen.press(keys.ctrlC);
			await screen.shows('told');
		});

		test('the preview shows exactly the property list that is written', async () => {
			const folder = newFolder();
			const screen = await openOptions(folder);
			screen.press(keys.enter);
			await screen.shows('install');
			const lines = await scrolled(screen, size);
			expect(shortened(lines)).toEqual([]);
			expect(lines.filter((line) => /^ *\+ *$/u.test(line))).toEqual([]);
			screen.press(keys.enter);
			await screen.shows(at('Install'));
			bodyOf(screen, size);
			await screen.shows('told');
			expect(screen.text).toContain('ended with 0');
			expect(codeIn(lines)).toContain(withoutBlanks(readFileSync(join(folder, agentPath), 'utf8')));
		});
	});
});
