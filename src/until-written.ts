import {setTimeout as wait} from 'node:timers/promises';

/** A reader that is there takes less, and one that has stopped reading takes for ever. */
const patienceMs = 500;

const aborted = (signal: AbortSignal): Promise<unknown> =>
	new Promise((resolve) => {
		if (signal.aborted) resolve(undefined);
		else signal.addEventListener('abort', resolve, {once: true});
	});

/** Waits until all is written; once the run is ended from outside, not for long. undefined: it is not written. */
export const untilWritten = <T>(
	writing: Promise<T>,
	signal: AbortSignal,
): Promise<{readonly answer: T} | undefined> =>
	Promise.race([
		writing.then((answer) => ({answer})),
		aborted(signal)
			.then(() => wait(patienceMs))
			.then(() => undefined),
	]);
