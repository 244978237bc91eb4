import type {ScreenSize, Still} from './still.ts';
import {drawRun, lineHeight, margin, pictureSize, windowSvg, type Theme} from './svg.ts';

/** A still that is shown for a time. */
export interface Shot {
	readonly still: Still;
	readonly ms: number;
	/** The key that is pressed, which the picture shows as well. */
	readonly key?: string;
}

/** Gives each drawing that occurs an id, and collects the definitions. */
const drawnOnce = () => {
	const ids = new Map<string, string>();
	return {
		idOf: (drawing: string): string => {
			const id = ids.get(drawing) ?? `l${ids.size}`;
			ids.set(drawing, id);
			return id;
		},
		definitions: (): readonly string[] => [...ids].map(([drawing, id]) => `<g id="${id}">${drawing}</g>`),
	};
};

/** A key at the right end of the line above the last one, where a screen has only its rule. */
const drawKey = (key: string, {cols, rows}: ScreenSize, theme: Theme): string => {
	const run = {from: cols - key.length - 2, text: ` ${key} `, cells: key.length + 2, inverse: true};
	return drawRun(run, margin + (rows - 2) * lineHeight, theme);
};

/** When each shot begins, in percent of the whole; the last one lasts to the end. */
const beginnings = (shots: readonly Shot[]): {readonly percents: readonly string[]; readonly ms: number} => {
	let ms = 0;
	const begins = shots.map((shot) => (ms += shot.ms) - shot.ms);
	return {percents: begins.map((begin) => `${Number(((begin / ms) * 100).toFixed(4))}%`), ms};
};

/**
 * The rules that move the film: all shots are below each other, and one is in the window. Who wants less motion sees the
 * last one.
 */
const filmStyle = (shots: readonly Shot[], height: number): string => {
	const {percents, ms} = beginnings(shots);
	const up = (index: number): string => `{transform:translateY(-${index * height}px)}`;
	return [
		'<style>',
		`.film${up(shots.length - 1)}`,
		`@media (prefers-reduced-motion:no-preference){.film{animation:play ${ms}ms step-end infinite}}`,
		`@keyframes play{${percents.map((percent, index) => percent + up(index)).join('')}}`,
		'</style>',
	].join('\n');
};

/** An animated picture of a terminal's screen. It has no script: GitHub removes them. */
export const filmSvg = (shots: readonly Shot[], size: ScreenSize, theme: Theme): string => {
	const {height} = pictureSize(size);
	const {idOf, definitions} = drawnOnce();
	const use = (drawing: string, y: number): string => `<use href="#${idOf(drawing)}" y="${y}"/>`;
	const drawn = shots.map(({still: {rows, cursor}, key}, index) => {
		const top = index * height;
		const lineAt = (row: number): number => top + margin + row * lineHeight;
		return [
			...rows.flatMap((runs, row) =>
				runs.length > 0 ? [use(runs.map((run) => drawRun(run, 0, theme)).join(''), lineAt(row))] : [],
			),
			...(cursor ? [use(drawRun(cursor.under, 0, theme), lineAt(cursor.row))] : []),
			...(key === undefined ? [] : [use(drawKey(key, size, theme), top)]),
		].join('');
	});
	return windowSvg(size, theme, [
		filmStyle(shots, height),
		'<defs>',
		...definitions(),
		'</defs>',
		'<g class="film">',
		...drawn,
		'</g>',
	]);
};
