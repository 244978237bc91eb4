import {exitCode} from '../../errors.ts';
import {commandText} from '../command-text.ts';
import type {Command, System} from '../system.ts';
import {didExist, performing, type ActionKind} from './action-kind.ts';
import type {RunCommand} from './run-command.ts';

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
