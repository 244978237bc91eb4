import {setTimeout as pause} from 'node:timers/promises';

/** Repeats a query until it has an answer; `what` names the awaited thing in the error. */
export async function waitUntil<T>(
	what: string,
	ask: () => T | undefined | Promise<T | undefined>,
	deadlineMs = 30_000,
): Promise<T> {
	const end = Date.now() + deadlineMs;
	for (;;) {
		const answer = await ask();
		if (answer !== undefined) return answer;
		if (Date.now() > end) throw new Error(`Waited ${deadlineMs} ms in vain until ${what}.`);
		await pause(50);
	}
}
