import {didExist, didNotExist, performing, type ActionKind} from './action-kind.ts';
import {modeText} from '../paths.ts';

export interface MakeFolder {
	readonly does: 'make-folder';
	readonly path: string;
	/** Permission bits, such as 0o700. */
	readonly mode: number;
	readonly why: string;
	/** Whether the undo also deletes what was added to it meanwhile (Vira's own new state). */
	readonly undoWithContents: boolean;
}

export interface DeleteFolder {
	readonly does: 'delete-folder';
	readonly path: string;
	readonly withContents: boolean;
	readonly why: string;
	/** Permission bits for the undo; undefined: it is not restored. */
	readonly mode?: number;
}

export const makeFolderKind: ActionKind<MakeFolder, DeleteFolder> = {
	// A folder that exists by now was created by someone else, whatever the plan expected.
	perform: async (action, system) =>
		(await system.makeFolder(action.path, action.mode)) ? action : undefined,
	inverse: ({path, undoWithContents: withContents}) => ({
		does: 'delete-folder',
		path,
		withContents,
		why: didNotExist,
	}),
	describe: ({path}, short) => `Create ${short(path)}`,
	toJson: ({path, mode}) => ({path, mode: modeText(mode)}),
	// A folder that could not be created is not ours to empty.
	asFailed: (action) => ({...action, undoWithContents: false}),
};

export const deleteFolderKind: ActionKind<DeleteFolder, MakeFolder> = {
	perform: performing(({path, withContents}, system) => system.deleteFolder(path, {withContents})),
	// It is restored before the links in it.
	inverse: ({path, mode}) =>
		mode === undefined
			? undefined
			: {does: 'make-folder', path, mode, why: didExist, undoWithContents: false},
	describe: ({path}, short) => `Remove the folder ${short(path)}`,
	toJson: ({path}) => ({path}),
	deletes: 'folder',
};
