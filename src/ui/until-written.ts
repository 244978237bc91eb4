import {setTimeout as wait} from 'node:timers/promises';

/** An active reader needs less; one that stopped reading would need forever. */
const patienceMs = 500;

const aborted = (signal: AbortSignal): Promise<unknown> =>
	new Promise((resolve) => {
		if (signal.aborted) resolve(undefined);
		else signal.addEventListener('abort', resolve, {once: true});
	});

/** Waits until everything is written, but only briefly after the run was interrupted. undefined: it was not written. */
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
