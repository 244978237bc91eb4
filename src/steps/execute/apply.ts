import {exitCode, type Failure} from '../../errors.ts';
import type {System} from '../../platform/system.ts';
import type {Action, Applied, Progress} from '../../platform/actions/action.ts';
import {
	asFailed,
	endsEarly,
	failureOf,
	inverse,
	perform,
	unansweredBy,
} from '../../platform/actions/kinds.ts';

/**
 * Undoes actions, newest first; one that fails does not stop the others. Returns what could not be undone.
 */
export async function* undo(
	actions: readonly Action[],
	system: System,
): AsyncGenerator<Progress, readonly Failure[]> {
	const notUndone: Failure[] = [];
	for (const [index, action] of [...actions.entries()].toReversed()) {
		const back = inverse(action);
		if (!back) continue;
		if ('noWayBack' in action) {
			notUndone.push(action.noWayBack);
			yield {at: 'not-undone', index, action: back, failure: action.noWayBack};
			continue;
		}
		yield {at: 'undoing', index, action: back};
		try {
			await perform(back, system);
			yield {at: 'undone', index, action: back};
		} catch (error) {
			const failure = failureOf(error, back);
			notUndone.push(failure);
			yield {at: 'not-undone', index, action: back, failure};
		}
	}
	return notUndone;
}

const endedEarly: Failure = {message: 'Interrupted.', exit: exitCode.cancelled};

/** Whether it failed because the user cancelled it. */
const wasEnded = (action: Action, signal: AbortSignal): boolean => signal.aborted && endsEarly(action);

interface Step {
	readonly index: number;
	readonly action: Action;
	readonly signal: AbortSignal;
}

/**
 * Runs some work, yields its output meanwhile, and returns its result. If lines come faster than they are taken, only the
 * newest is kept.
 */
export async function* saying<T>(
	work: (say: (line: string) => void) => Promise<T>,
): AsyncGenerator<string, T> {
	const said: string[] = [];
	const waiting: (() => void)[] = [];
	const wake = (): void => waiting.splice(0).forEach((go) => go());
	const state = {ended: false};
	const working = work((line) => {
		said.splice(0, said.length, line);
		wake();
	});
	const end = (): void => {
		state.ended = true;
		wake();
	};
	void working.then(end, end);
	for (;;) {
		const [line] = said.splice(0);
		if (line !== undefined) yield line;
		else if (state.ended) return working;
		else await new Promise<void>((resolve) => waiting.push(resolve));
	}
}

/** Performs one action, reports its output meanwhile, and returns what to undo later. */
async function* doing(
	{index, action, signal}: Step,
	system: System,
): AsyncGenerator<Progress, Action | undefined> {
	const began = system.now();
	const telling = saying((say) => perform(action, system, {signal, say}));
	for (;;) {
		const next = await telling.next();
		if (next.done) return next.value;
		yield {at: 'working', index, action, line: next.value, elapsedMs: system.now() - began};
	}
}

/**
 * Performs the actions in order. If one fails, it and all before it are undone. `signal` is checked between actions, so
 * that no change is left half done. Only long commands are stopped by it at once.
 */
export async function* apply(
	actions: readonly Action[],
	system: System,
	signal: AbortSignal,
): AsyncGenerator<Progress, Applied> {
	const done: Action[] = [];
	for (const [index, action] of actions.entries()) {
		if (signal.aborted) return {result: 'cancelled', notUndone: yield* undo(done, system)};
		yield {at: 'started', index, action};
		try {
			const toTakeBack = yield* doing({index, action, signal}, system);
			if (toTakeBack) done.push(toTakeBack);
			const finding = toTakeBack && unansweredBy(toTakeBack);
			if (finding) yield {at: 'checked', finding};
		} catch (error) {
			const ended = wasEnded(action, signal);
			const failure = ended ? endedEarly : failureOf(error, action);
			yield {at: 'failed', index, action, failure};
			const notUndone = yield* undo([...done, asFailed(action, failure)], system);
			return ended ? {result: 'cancelled', notUndone} : {result: 'undone', failure, notUndone};
		}
		yield {at: 'finished', index, action};
	}
	if (signal.aborted) return {result: 'cancelled', notUndone: yield* undo(done, system)};
	return {result: 'done', done};
}
