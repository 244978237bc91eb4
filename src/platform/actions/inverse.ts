import {exitCode} from '../../errors.ts';
import {commandText} from '../command-text.ts';
import {asTyped} from '../run-as-root.ts';
import type {
	Action,
	AskRepositories,
	BeginState,
	DeleteFile,
	DeleteFolder,
	DeleteLink,
	LoadAgent,
	MakeFolder,
	Move,
	Run,
	SaveExport,
	WriteFile,
} from './action.ts';

const didNotExist = 'it did not exist before';
const didExist = 'it existed before';
const restoreContent = 'restore its previous content';

const unmade = ({path, undoWithContents: withContents}: MakeFolder): Action => ({
	does: 'delete-folder',
	path,
	withContents,
	why: didNotExist,
});

/** A deleted folder is restored before the links in it. */
const remake = ({path, mode}: DeleteFolder): Action | undefined =>
	mode === undefined ? undefined : {does: 'make-folder', path, mode, why: didExist, undoWithContents: false};

const relink = ({path, restore}: DeleteLink): Action => ({
	does: 'run',
	command: restore,
	why: didExist,
	onFailure: {message: `Could not restore ${path}.`, exit: exitCode.unexpected},
});

const backToBefore = (action: WriteFile): Action => {
	const {content, mode, before, ...kept} = action;
	const now = {content, mode};
	if (before) return {...action, ...before, before: now, why: restoreContent};
	return {...kept, does: 'delete-file', before: now, why: didNotExist};
};

const writtenAgain = ({before, ...kept}: DeleteFile): Action => ({
	...kept,
	does: 'write-file',
	...before,
	before: undefined,
	why: restoreContent,
});

const movedBack = ({from, to, doubtful, stays}: Move): Action | undefined =>
	stays
		? undefined
		: {
				does: 'move',
				from: to,
				to: from,
				why: didExist,
				way: doubtful ? 'back-if-gone' : 'back',
			};

const taken = ({path, mode}: SaveExport): Action => ({
	does: 'delete-file',
	path,
	before: {content: '', mode},
	why: didNotExist,
});

/** After an action that failed, there was no import. */
const imported = (action: AskRepositories): Action | undefined =>
	'before' in action
		? {...action, does: 'tell-imported', why: 'find repositories that a failed import has added'}
		: undefined;

const cleared = ({before, path}: BeginState): Action | undefined =>
	before && {does: 'clear-state', path, before, why: 'remove what Vira has added'};

const unloaded = ({wasLoaded, ...action}: LoadAgent): Action | undefined =>
	wasLoaded ? undefined : {...action, does: 'unload-agent', why: 'it was not loaded before'};

const runBack = ({
	command,
	undo,
	why,
	onFailure: {exit: code},
	onTimeout,
	mayFail,
	asRoot,
	limitMs,
}: Run): Action | undefined =>
	undo && {
		does: 'run',
		command: undo,
		why: `undo: ${why}`,
		onFailure: {
			message: `Could not undo: ${commandText(command)}`,
			fixes: [{say: '', command: commandText(asRoot ? asTyped(undo) : undo)}],
			exit: code,
		},
		...(limitMs !== undefined && {limitMs}),
		...(onTimeout && {onTimeout: {failure: onTimeout.left, left: onTimeout.left}}),
		...(mayFail && {mayFail: true}),
		...(asRoot && {asRoot: true}),
	};

/**
 * The undo of an action, derived from it so that the two cannot get out of step. Every undo tolerates that the action
 * was never performed. undefined: nothing to undo.
 */
export const inverse = (action: Action): Action | undefined => {
	switch (action.does) {
		case 'write-file':
			return backToBefore(action);
		case 'delete-file':
			return writtenAgain(action);
		case 'make-folder':
			return unmade(action);
		case 'move':
			return movedBack(action);
		case 'load-agent':
			return unloaded(action);
		case 'unload-agent':
			return {...action, does: 'load-agent', why: 'it was loaded before'};
		case 'save-export':
			return taken(action);
		case 'ask-repositories':
			return imported(action);
		case 'begin-state':
			return cleared(action);
		case 'run':
			return runBack(action);
		case 'delete-folder':
			return remake(action);
		case 'delete-link':
			return relink(action);
		case 'wait-for':
			return action.alsoBack ? action : undefined;
		case 'purge':
		case 'restart-agent':
		case 'ask-vira':
		case 'tell-imported':
		case 'clear-state':
			return undefined;
	}
};
