import {exitCode} from '../../errors.ts';
import type {Command} from '../system.ts';
import {performing, type ActionKind} from './action-kind.ts';
import type {RunCommand} from './run-command.ts';

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
		why: 'it existed before',
		onFailure: {message: `Could not restore ${path}.`, exit: exitCode.unexpected},
	}),
	describe: ({path}, short) => `Remove the link ${short(path)}`,
	toJson: ({path}) => ({path}),
	deletes: 'link',
};
