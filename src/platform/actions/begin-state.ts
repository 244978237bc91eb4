import {namesIn} from '../paths.ts';
import type {System} from '../system.ts';
import {isOfVira} from '../vira/vira-state.ts';
import {performing, type ActionKind} from './action-kind.ts';
import {deleteAnything} from './move-or-delete.ts';

/** Notes the contents of a folder that Vira has not used yet, so that an undo removes what Vira adds. */
export interface BeginState {
	readonly does: 'begin-state';
	readonly path: string;
	readonly why: string;
	/** The names in it, once it was read. */
	readonly before?: readonly string[];
}

/** Removes from a folder what Vira has added, and nothing that existed before. */
export interface ClearState {
	readonly does: 'clear-state';
	readonly path: string;
	readonly before: readonly string[];
	readonly why: string;
}

export const beginStateKind: ActionKind<BeginState, ClearState> = {
	// Of a folder that cannot be read, nothing is deleted later.
	perform: async (action, system) => {
		const names = await namesIn(system, action.path);
		return names === 'hidden' ? undefined : {...action, before: names};
	},
	inverse: ({path, before}) =>
		before && {does: 'clear-state', path, before, why: 'remove what Vira has added'},
	describe: ({path}, short) => `Check what is in ${short(path)}`,
	toJson: ({path}) => ({path}),
};

/** Deletes what has a name that Vira uses and did not exist before. */
const clearState = async ({path, before}: ClearState, system: System): Promise<void> => {
	const names = await namesIn(system, path);
	if (names === 'hidden') return;
	for (const name of names.filter((one) => isOfVira(one) && !before.includes(one)))
		await deleteAnything(`${path}/${name}`, system);
};

export const clearStateKind: ActionKind<ClearState> = {
	perform: performing(clearState),
	describe: ({path}, short) => `Remove what Vira wrote to ${short(path)}`,
	toJson: ({path}) => ({path}),
};
