import {spawn} from '@lydell/node-pty';
import {Screen} from './screen.ts';
import {stillOf, type ScreenSize} from './still.ts';
import {screenSvg, themes, type Theme} from './svg.ts';

/** A run of the wizard that is followed from screen to screen. */
export interface Sitting {
	/** The arguments after the program's name. */
	readonly words: readonly string[];
	readonly size: ScreenSize;
	readonly screens: readonly {
		/** Absent: it gets no picture. */
		readonly name?: string;
		/** How the screen is recognized. */
		readonly shows: string;
		/** The keys that lead to the next one. */
		readonly then?: string;
	}[];
}

export interface Picture {
	readonly name: string;
	readonly svg: string;
}

/** What a screen says until everything is checked: how long that takes is a matter of time. */
export const unchecked = 'not checked yet';

/** Starts the program on its own screen. */
export const openSitting = (
	program: string,
	{words, size}: Pick<Sitting, 'words' | 'size'>,
): {readonly screen: Screen; readonly ended: Promise<unknown>} => {
	const pty = spawn(process.execPath, [program, ...words], {
		...size,
		name: 'xterm-256color',
		cwd: '/',
		// Nothing else: variables of the user, such as NO_COLOR, would affect the pictures.
		env: {PATH: process.env['PATH'], HOME: process.env['HOME'], TERM: 'xterm-256color', FORCE_COLOR: '1'},
	});
	return {screen: new Screen(pty), ended: new Promise((resolve) => pty.onExit(resolve))};
};

/** A drawing on a dark background and on a light one. */
export const inThemes = (name: string, draw: (theme: Theme) => string): readonly Picture[] =>
	Object.entries(themes).map(([background, theme]) => ({name: `${name}-${background}`, svg: draw(theme)}));

/**
 * Pictures of the screens of a run, on a dark background and on a light one. What was done is drawn from what stays in
 * the terminal at the end: on the way there, seconds pass on the screen, and no two runs would give the same picture.
 */
export const picturesOf = async (program: string, sitting: Sitting): Promise<readonly Picture[]> => {
	const {screen, ended} = openSitting(program, sitting);
	const pictures: Picture[] = [];
	for (const {name, shows, then} of sitting.screens) {
		await screen.settles(shows, unchecked);
		// No one types on the final screen.
		const cursor = then === undefined ? undefined : screen.cursor;
		const still = stillOf(screen.cells, sitting.size.rows, cursor);
		if (name !== undefined)
			pictures.push(...inThemes(name, (theme) => screenSvg(still, sitting.size, theme)));
		if (then !== undefined) screen.press(then);
	}
	await ended;
	return pictures;
};
