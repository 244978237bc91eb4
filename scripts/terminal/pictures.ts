import {spawn} from '@lydell/node-pty';
import {Screen} from './screen.ts';
import {screenSvg, themes} from './svg.ts';

/** A run of the wizard that is followed from screen to screen. */
export interface Sitting {
	/** The arguments after the program's name. */
	readonly words: readonly string[];
	readonly size: {readonly cols: number; readonly rows: number};
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

/**
 * Pictures of the screens of a run, on a dark background and on a light one. What was done is drawn from what stays in
 * the terminal at the end: on the way there, seconds pass on the screen, and no two runs would give the same picture.
 */
export const picturesOf = async (program: string, sitting: Sitting): Promise<readonly Picture[]> => {
	const {words, size, screens} = sitting;
	const pty = spawn(process.execPath, [program, ...words], {
		...size,
		name: 'xterm-256color',
		cwd: '/',
		// Nothing else: variables of the user, such as NO_COLOR, would affect the pictures.
		env: {PATH: process.env['PATH'], HOME: process.env['HOME'], TERM: 'xterm-256color', FORCE_COLOR: '1'},
	});
	const ended = new Promise((resolve) => pty.onExit(resolve));
	const screen = new Screen(pty);
	const pictures: Picture[] = [];
	for (const {name, shows, then} of screens) {
		await screen.shows(shows);
		// No one types on the final screen.
		const cursor = then === undefined ? undefined : screen.cursor;
		if (name !== undefined)
			for (const [background, theme] of Object.entries(themes))
				pictures.push({
					name: `${name}-${background}`,
					svg: screenSvg({buffer: screen.cells, size, cursor}, theme),
				});
		if (then !== undefined) screen.press(then);
	}
	await ended;
	return pictures;
};
