import type {Progress} from '../platform/actions/progress.ts';
import {progressLine, thinned} from './words/progress-line.ts';

interface Reader {
	/** Takes one line. */
	readonly report: (line: string) => void;
	/** The home folder, which is shown as `~`. */
	readonly home: string;
	/** Hides secrets. */
	readonly mask: (text: string) => string;
}

/** Reports progress line by line and returns the result of the stream. */
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
