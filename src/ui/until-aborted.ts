import {Cancelled} from '../errors.ts';
import type {Ui} from './ui.ts';

/** Waits for something that need not be waited for to its end: Cancelled is thrown as soon as the signal is aborted. */
export const untilAborted = async <T>(waiting: Promise<T>, signal: AbortSignal): Promise<T> => {
	// One signal is waited for many times in a run.
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

/** The same front end, but a question ends with Cancelled as soon as the run is ended from outside (SIGTERM, SIGHUP). */
export const endingWith = (ui: Ui, signal: AbortSignal): Ui => ({
	...ui,
	...(ui.choose && {
		choose: (menu) => untilAborted(ui.choose?.(menu) ?? Promise.reject(new Cancelled()), signal),
	}),
	refuse: (refusals, facts) => untilAborted(ui.refuse(refusals, facts), signal),
	ask: (question) => untilAborted(ui.ask(question), signal),
	askRemoval: (question) => untilAborted(ui.askRemoval(question), signal),
});
