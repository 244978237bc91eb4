import {Cancelled} from '../errors.ts';

/** Waits for a promise; throws Cancelled as soon as the signal is aborted. */
export const untilAborted = async <T>(waiting: Promise<T>, signal: AbortSignal): Promise<T> => {
	// The same signal is used many times in a run, so the listener is removed again.
	const over = new AbortController();
	const aborted = new Promise<never>((_, reject) => {
		const cancel = (): void => reject(new Cancelled());
		if (signal.aborted) cancel();
		else signal.addEventListener('abort', cancel, {once: true, signal: over.signal});
	});
	try {
		return await Promise.race([waiting, aborted]);
	} finally {
		over.abort();
	}
};
