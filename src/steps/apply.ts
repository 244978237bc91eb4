import {exitCode, type Complaint} from '../errors.ts';
import type {System} from '../platform/system.ts';
import type {Action, Run} from './action.ts';
import {leftOpen} from './ask-repositories.ts';
import {isRoots} from './as-root.ts';
import {inverse} from './inverse.ts';
import {complaintOf, perform} from './perform.ts';
import type {Applied, Progress} from './progress.ts';
import {saying} from './saying.ts';

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
		if ('noWayBack' in action) {
			notUndone.push(action.noWayBack);
			yield {at: 'not-undone', index, action: back, complaint: action.noWayBack};
			continue;
		}
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

const withoutWayBack = (action: Run): Action => {
	const {undo, ...rest} = action;
	return undo ? rest : action;
};

/** As long as a way back may take whose action was not answered in time. */
const hurriedMs = 1000;

/**
 * The way back of the action that failed. A command may have done half of it; that its way back fails as well says
 * nothing. A folder that could not be made is not ours to empty, and what could
 * not be moved is still in its place.
 */
const withCarefulWayBack = (action: Action, complaint: Complaint): Action => {
	// Whoever did not answer is not waited for again; whether it was done all the same is not known.
	if (action.does === 'run' && action.onTimeout?.complaint.what === complaint.what)
		return {...action, limitMs: hurriedMs};
	if (action.does === 'run' && action.keepOnFailure) return withoutWayBack(action);
	if (action.does === 'run') return {...action, mayFail: true};
	if (action.does === 'move') return {...action, doubtful: true};
	return action.does === 'make-folder' ? {...action, undoWithContents: false} : action;
};

const endedEarly: Complaint = {what: 'It was ended early.', code: exitCode.cancelled};

/** Whether it failed because the person has ended it: a long command, or sudo while it was asking. */
const wasEnded = (action: Action, signal: AbortSignal): boolean =>
	signal.aborted && (isRoots(action) || (action.does === 'run' && action.withinMs !== undefined));

interface Step {
	readonly index: number;
	readonly action: Action;
	readonly signal: AbortSignal;
}

/** Does one action, tells what it says meanwhile, and answers with what there is to take back. */
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
 * Does the actions in order. The one that fails is taken back with all before it. `signal` is looked at between
 * actions: a change is never left half done. Only what takes long is ended by it at once.
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
			const finding = toTakeBack && leftOpen(toTakeBack);
			if (finding) yield {at: 'checked', finding};
		} catch (error) {
			const ended = wasEnded(action, signal);
			const complaint = ended ? endedEarly : complaintOf(error, action);
			yield {at: 'failed', index, action, complaint};
			const notUndone = yield* undo([...done, withCarefulWayBack(action, complaint)], system);
			return ended ? {result: 'cancelled', notUndone} : {result: 'undone', complaint, notUndone};
		}
		yield {at: 'finished', index, action};
	}
	if (signal.aborted) return {result: 'cancelled', notUndone: yield* undo(done, system)};
	return {result: 'done', done};
}
