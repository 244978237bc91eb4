import type {Complaint} from '../errors.ts';
import type {System} from '../platform/system.ts';
import {inverse, type Action} from './action.ts';
import {complaintOf, perform} from './perform.ts';
import type {Applied, Progress} from './progress.ts';

/**
 * Takes actions back, newest first; one that cannot be taken back does not keep the others from it.
 * Answers with what could not be undone.
 */
export async function* undo(
	actions: readonly Action[],
	system: System,
): AsyncGenerator<Progress, readonly Complaint[]> {
	const notUndone: Complaint[] = [];
	for (const [index, action] of [...actions.entries()].toReversed()) {
		const back = inverse(action);
		if (!back) continue;
		yield {at: 'undoing', index, action: back};
		try {
			await perform(back, system);
			yield {at: 'undone', index, action: back};
		} catch (error) {
			const complaint = complaintOf(error, back);
			notUndone.push(complaint);
			yield {at: 'not-undone', index, action: back, complaint};
		}
	}
	return notUndone;
}

/**
 * The way back of the action that failed. A command may have done half of it; that its way back fails as well says
 * nothing. A folder that could not be made is not ours to empty.
 */
const withCarefulWayBack = (action: Action): Action => {
	if (action.does === 'run') return {...action, mayFail: true};
	return action.does === 'make-folder' ? {...action, undoWithContents: false} : action;
};

/**
 * Does the actions in order. The one that fails is taken back with all before it. `signal` is looked at between
 * actions: a change is never left half done.
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
			const toTakeBack = await perform(action, system, signal);
			if (toTakeBack) done.push(toTakeBack);
		} catch (error) {
			const complaint = complaintOf(error, action);
			yield {at: 'failed', index, action, complaint};
			const notUndone = yield* undo([...done, withCarefulWayBack(action)], system);
			return {result: 'undone', complaint, notUndone};
		}
		yield {at: 'finished', index, action};
	}
	if (signal.aborted) return {result: 'cancelled', notUndone: yield* undo(done, system)};
	return {result: 'done', done};
}
