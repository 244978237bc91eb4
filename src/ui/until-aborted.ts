import {Cancelled} from '../errors.ts';
import type {Ui} from './ui.ts';

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

/** The same front end; its questions throw Cancelled as soon as the run is ended from outside (SIGTERM, SIGHUP). */
export const endingWith = (ui: Ui, signal: AbortSignal): Ui => ({
	...ui,
	...(ui.choose && {
		choose: (menu) => untilAborted(ui.choose?.(menu) ?? Promise.reject(new Cancelled()), signal),
	}),
	refuse: (refusals, facts) => untilAborted(ui.refuse(refusals, facts), signal),
	ask: (question) => untilAborted(ui.ask(question), signal),
	askRemoval: (question) => untilAborted(ui.askRemoval(question), signal),
});
