import {expect, test} from '@jest/globals';
import {filmSvg, type Shot} from '../../scripts/terminal/film.ts';
import type {Still} from '../../scripts/terminal/still.ts';
import {themes} from '../../scripts/terminal/svg.ts';

const size = {cols: 20, rows: 4};

const still = (...lines: readonly string[]): Still => ({
	rows: lines.map((text) => [{from: 0, text, cells: text.length}]),
});

const shots: readonly Shot[] = [
	{still: still('vira <setup>', 'one'), ms: 1000},
	{still: still('vira <setup>', 'one'), ms: 500, key: 'Enter'},
	{still: still('vira <setup>', 'two & three'), ms: 250},
	{still: still('vira <setup>', 'the end'), ms: 4250},
];

const svg = filmSvg(shots, size, themes.dark);

/** The steps of the animation: when each begins, in percent, and how far the film is moved up. */
const steps = [...svg.matchAll(/([\d.]+)%\{transform:translateY\(-(\d+)px\)\}/gu)].map(([, percent, up]) => ({
	percent: Number(percent),
	up: Number(up),
}));

/** The height of a picture, which is how far the film moves from one shot to the next. */
const height = Number(/ height="(\d+)"/u.exec(svg)?.[1]);

test('each shot is in the window once, in order, for its time', () => {
	expect(svg).toContain('animation:play 6000ms step-end infinite');
	const ends = [...steps.slice(1).map(({percent}) => percent), 100];
	const shown = steps.map(({percent, up}, index) => ({
		shot: up / height,
		ms: Math.round(((ends[index] ?? 0) - percent) * 60),
	}));
	expect(shown).toEqual(shots.map(({ms}, shot) => ({shot, ms})));
});

test('a line that several shots show is drawn once', () => {
	expect(svg.split('vira &lt;setup&gt;')).toHaveLength(2);
	const id = /<g id="(\w+)"><text[^>]*>vira /u.exec(svg)?.[1];
	const heights = [...svg.matchAll(new RegExp(`href="#${id}" y="(\\d+)"`, 'gu'))].map(([, y]) => Number(y));
	expect(heights.map((y) => Math.floor(y / height))).toEqual([0, 1, 2, 3]);
});

test('the key is shown in its shot only', () => {
	const id = /<g id="(\w+)"><rect[^>]*\/><text[^>]*> Enter </u.exec(svg)?.[1];
	const uses = [...svg.matchAll(new RegExp(`href="#${id}" y="(\\d+)"`, 'gu'))].map(([, y]) => Number(y));
	expect(uses.map((y) => y / height)).toEqual([1]);
});

test('who wants less motion sees the last shot', () => {
	expect(svg).toContain(`\n.film{transform:translateY(-${3 * height}px)}\n`);
	expect(svg).toMatch(/@media \(prefers-reduced-motion:no-preference\)\{\.film\{animation:/u);
});

/** The tags that are open at the end, or were closed in another order. */
const unclosed = (xml: string): readonly string[] =>
	[...xml.matchAll(/<(\/?)(\w+)(?:\s+[\w:-]+="[^"<]*")*\s*(\/?)>/gu)].reduce<readonly string[]>(
		(open, [, closing, name = '', empty]) => {
			if (empty) return open;
			return closing && open.at(-1) === name ? open.slice(0, -1) : [...open, `${closing}${name}`];
		},
		[],
	);

test('it is valid XML without a script', () => {
	expect(unclosed(svg)).toEqual([]);
	// Outside tags, only entities have such characters.
	const text = svg.replaceAll(/<\/?[a-z][^<>]*>/gu, '').replaceAll(/&(?:amp|lt|gt|quot);/gu, '');
	expect(text).not.toMatch(/[<>&]/u);
	expect(svg).not.toMatch(/<script|\son\w+=|javascript:/u);
});
