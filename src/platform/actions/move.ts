import {exitCode} from '../../errors.ts';
import type {System} from '../system.ts';
import {didExist, performing, type ActionKind} from './action-kind.ts';
import {deleteAnything} from './delete.ts';

/** Renames a file or folder. */
export interface Move {
	readonly does: 'move';
	readonly from: string;
	readonly to: string;
	readonly why: string;
	/**
	 * `back` moves it back and replaces what was created there meanwhile; `back-if-gone`, for a move that may not have
	 * happened, does not replace anything. With nothing to move, both do nothing.
	 */
	readonly way: 'there' | 'back' | 'back-if-gone';
	/** Whether the move failed, but may have happened. */
	readonly doubtful?: boolean;
	/** Whether it has no undo: at its old path, it would be lost. */
	readonly stays?: true;
}

const move = async ({from, to, way}: Move, system: System): Promise<void> => {
	if (way !== 'there') {
		if (!(await system.inspect(from))) return;
		if (way === 'back-if-gone' && (await system.inspect(to))) return;
		await deleteAnything(to, system);
	}
	await system.move(from, to);
};

export const moveKind: ActionKind<Move, Move> = {
	perform: performing(move),
	inverse: ({from, to, doubtful, stays}) =>
		stays
			? undefined
			: {
					does: 'move',
					from: to,
					to: from,
					why: didExist,
					way: doubtful ? 'back-if-gone' : 'back',
				},
	describe: ({from, to}, short) => `Move ${short(from)} to ${short(to)}`,
	toJson: ({from, to, why}) => ({from, to, why}),
	// What could not be moved may still be in its place.
	asFailed: (action) => ({...action, doubtful: true}),
	failure: ({from, to}) => ({message: `Could not move ${from} to ${to}.`, exit: exitCode.unexpected}),
};
