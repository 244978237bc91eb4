import {Chalk} from 'chalk';
import {cut, lineWidth, type Line, type Span} from './line.ts';
import {colours} from './tones.ts';

/** The line, cut to the width; a terminal would wrap it. */
const fitted = (line: Line, width: number): Line => {
	if (lineWidth(line) <= width) return line;
	const spans: Span[] = [];
	let room = width;
	for (const span of line) {
		if (room <= 0) break;
		const text = cut(span.text, room);
		spans.push({...span, text});
		if (text !== span.text) break;
		room -= lineWidth([span]);
	}
	return spans;
};

/** Lines of the screen as text for a terminal, as Ink draws them: for the frames before Ink is loaded. */
export const frameText = (
	lines: readonly Line[],
	{width, colour}: {readonly width: number; readonly colour: boolean},
): string => {
	// Bold and dim text do not depend on colors.
	const chalk = new Chalk({level: 1});
	const piece = ({text, tone, bold}: Span): string => {
		if (text.trim() === '') return text;
		const toned = tone === 'quiet' ? chalk.dim(text) : colour && tone ? chalk[colours[tone]](text) : text;
		return bold ? chalk.bold(toned) : toned;
	};
	return lines.map((line) => fitted(line, width).map(piece).join('')).join('\n');
};
