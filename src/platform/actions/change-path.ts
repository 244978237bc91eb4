import {didExist, didNotExist, performing, type ActionKind} from './action-kind.ts';
import {modeText} from '../paths.ts';
import {exitCode} from '../../errors.ts';
import {commandText} from '../command-text.ts';
import type {Command, System} from '../system.ts';
import type {RunCommand} from './run-command.ts';

export interface MakeFolder {
	readonly does: 'make-folder';
	readonly path: string;
	/** Permission bits, such as 0o700. */
	readonly mode: number;
	readonly why: string;
	/** Whether the undo also deletes what was added to it meanwhile (Vira's own new state). */
	readonly undoWithContents: boolean;
}

/** A new folder with 0700, as missing folders are created (XDG Base Directory Specification). */
export const newFolder = (path: string, why: string, undoWithContents = false): MakeFolder => ({
	does: 'make-folder',
	path,
	mode: 0o700,
	why,
	undoWithContents,
});

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

/** Deletes a file, or a folder with its contents, permanently. A link is deleted, not followed. */
export interface Purge {
	readonly does: 'purge';
	readonly path: string;
	readonly why: string;
}

/** Deletes whatever has a path by now. A link is deleted, not followed. */
export const deleteAnything = async (path: string, system: System): Promise<void> => {
	const found = await system.inspect(path);
	if (found?.kind === 'folder') await system.deleteFolder(path, {withContents: true});
	else await system.deleteFile(path);
};

export const purgeKind: ActionKind<Purge> = {
	perform: performing(({path}, system) => deleteAnything(path, system)),
	describe: ({path}, short) => `Delete ${short(path)} permanently`,
	toJson: ({path}) => ({path}),
	deletes: 'state',
	// The usual reason is a folder in it that a build has made read-only.
	failure: ({path}) => ({
		message: `Could not delete all of ${path}.`,
		fixes: [
			{say: '', command: commandText(['chmod', '-R', 'u+rwX', path])},
			{say: 'deletes the rest', command: 'vira-setup uninstall --purge'},
		],
		exit: exitCode.unexpected,
	}),
};

/** A link that protects a store path from garbage collection. */
export interface DeleteLink {
	readonly does: 'delete-link';
	readonly path: string;
	/** Restores it as a garbage collector root: the link alone would not be one. */
	readonly restore: Command;
	readonly why: string;
}

export const deleteLinkKind: ActionKind<DeleteLink, RunCommand> = {
	perform: performing(({path}, system) => system.deleteFile(path)),
	inverse: ({path, restore}) => ({
		does: 'run',
		command: restore,
		title: `Restore the link ${path}`,
		why: didExist,
		onFailure: {message: `Could not restore ${path}.`, exit: exitCode.unexpected},
	}),
	describe: ({path}, short) => `Remove the link ${short(path)}`,
	toJson: ({path}) => ({path}),
	deletes: 'link',
};

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
