// What Ink lacks: it takes as long to load as the rest of the program, and nothing can be seen until then. This draws
// the screen of the beginning as plain text, in the alternate screen, which Ink then takes over.

import {Chalk} from 'chalk';
import {betweenCrumbs, titlesOf, type Title} from '../components/title.ts';
import {layoutOf, type Size} from '../layout.ts';

/** xterm's control sequences (ctlseqs); a terminal ignores those that it does not know. */
const alternateScreen = {on: '\u001B[?1049h', off: '\u001B[?1049l'};
const bracketedPaste = {on: '\u001B[?2004h', off: '\u001B[?2004l'};
const synchronized = {on: '\u001B[?2026h', off: '\u001B[?2026l'};
const cursor = {on: '\u001B[?25h', off: '\u001B[?25l'};
const home = '\u001B[H';
const secondLine = '\u001B[2H';
const eraseAbove = '\u001B[1J';
const eraseBelow = '\u001B[J';

export const checkingMachine = 'Checking this machine…';

/** The beginning of the wizard's screen. */
export const firstFrame = (title: Title, size: Size): string => {
	const {width, compact, tooSmall} = layoutOf(size);
	if (tooSmall) return '';
	// Bold and dim text do not depend on colors.
	const chalk = new Chalk({level: 1});
	const {name, crumbs} = titlesOf(title, {screen: {at: 'blank'}, removal: undefined}, width);
	const way = crumbs.join(betweenCrumbs);
	const gap = ' '.repeat(Math.max(0, width - name.length - way.length));
	const rule = compact ? [] : [chalk.dim('─'.repeat(width))];
	return [chalk.bold(name) + gap + chalk.dim(way), ...rule, chalk.bold(checkingMachine)].join('\r\n');
};

/** Takes the screen, and shows the first frame on it. */
export const takeScreen = (frame: string): string =>
	synchronized.on + alternateScreen.on + bracketedPaste.on + cursor.off + home + frame + synchronized.off;

/**
 * Empties the screen for a frame of Ink, which begins at the cursor. The first line goes with those above the second:
 * xterm.js keeps what is beyond its edge otherwise.
 */
export const readyForInk = secondLine + eraseAbove + home + eraseBelow;

/** Gives the screen back without Ink. */
export const leaveScreen = bracketedPaste.off + alternateScreen.off + cursor.on;
