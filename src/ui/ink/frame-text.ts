import {Chalk} from 'chalk';
import type {Line, Span} from './line.ts';
import {colours} from './tones.ts';

/** Lines of the screen as text for a terminal, as Ink would draw them: for the frames before Ink is there. */
export const frameText = (lines: readonly Line[], colour: boolean): string => {
	// What is bold or dim stays so without colours.
	const chalk = new Chalk({level: 1});
	const piece = ({text, tone, bold}: Span): string => {
		if (text.trim() === '') return text;
		const toned = tone === 'quiet' ? chalk.dim(text) : colour && tone ? chalk[colours[tone]](text) : text;
		return bold ? chalk.bold(toned) : toned;
	};
	return lines.map((line) => line.map(piece).join('')).join('\n');
};
