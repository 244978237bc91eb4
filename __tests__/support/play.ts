import {expect} from '@jest/globals';
import type {Screen} from '../../scripts/terminal/screen.ts';

/** What is shown, and what is typed then. */
export type Steps = readonly (readonly [shows: RegExp | string, ...typed: readonly string[]])[];

export const play = async (screen: Screen, steps: Steps): Promise<void> => {
	for (const [shows, ...typed] of steps) {
		await screen.shows(shows);
		screen.press(...typed);
	}
};

export interface Size {
	readonly cols: number;
	readonly rows: number;
}

/** The sizes of the wizard under test: the default of most terminals, a very small one, a very large one. */
export const sizes: readonly Size[] = [
	{cols: 80, rows: 24},
	{cols: 40, rows: 12},
	{cols: 200, rows: 60},
];

const stepNames = ['Machine', 'Options', 'Preview', 'Install'] as const;

export type Step = (typeof stepNames)[number];

/** The title line of a step, in a wide window and in a narrow one; the first frame does not have it yet. */
export const at = (step: Step): RegExp => {
	const number = stepNames.indexOf(step) + 1;
	return new RegExp(String.raw`^.*\[${number}(?:/4)? ${step}\](?![^]*Checking this machine)`, 'u');
};

/** The content between title and footer, after the frame around it has been checked. */
export const bodyOf = (screen: Screen, {cols, rows}: Size): readonly string[] => {
	const lines = screen.text.split('\n');
	const rule = '─'.repeat(cols);
	expect(screen.dividedRows).toEqual([]);
	expect(lines).toHaveLength(rows);
	expect(lines[0]).toMatch(/^(?:Vira setup|Simulated machine) .*\[.*\]/u);
	// The footer names a key first, whatever there is to do.
	expect(lines.at(-1)).toMatch(/^(?:\^?\S{1,5}|\+ -) \w+/u);
	const rules = lines.flatMap((line, row) => (line === rule ? [row] : []));
	// A low window has no space for them.
	expect(rules).toEqual(rows < 16 ? [] : [1, rows - 2]);
	return lines.slice(1, -1).filter((line) => line !== rule);
};
