import type {Progress} from '../steps/progress.ts';
import {progressLine, thinned} from './progress-line.ts';

interface Reader {
	/** Is given one line. */
	readonly report: (line: string) => void;
	/** The home folder, which is written `~`. */
	readonly home: string;
	/** Hides secrets. */
	readonly mask: (text: string) => string;
}

/** Tells in lines what happens while it happens, and answers with how it ended. */
export const followInLines = async <T>(
	stream: AsyncGenerator<Progress, T>,
	{report, home, mask}: Reader,
): Promise<T> => {
	const workLine = thinned();
	for (;;) {
		const next = await stream.next();
		if (next.done) return next.value;
		const working = workLine(next.value);
		const line = working === undefined ? progressLine(next.value, {home, mask}) : mask(working);
		if (line !== undefined) report(line);
	}
};
