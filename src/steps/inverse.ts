import {exitCode} from '../errors.ts';
import {commandText} from '../platform/command-text.ts';
import {asTyped} from '../platform/run-as-root.ts';
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

const unmade = ({path, undoWithContents: withContents}: MakeFolder): Action => ({
	does: 'delete-folder',
	path,
	withContents,
	why: 'was not there before',
});

/** The way back of a deleted folder comes before that of the links in it. */
const remake = ({path, mode}: DeleteFolder): Action | undefined =>
	mode === undefined
		? undefined
		: {does: 'make-folder', path, mode, why: 'was there before', undoWithContents: false};

const relink = ({path, restore}: DeleteLink): Action => ({
	does: 'run',
	command: restore,
	why: 'was there before',
	onFailure: {what: `${path} could not be made again.`, code: exitCode.unexpected},
});

const backToBefore = (action: WriteFile): Action => {
	const {content, mode, before, ...kept} = action;
	const now = {content, mode};
	if (before) return {...action, ...before, before: now, why: 'what was there before'};
	return {...kept, does: 'delete-file', before: now, why: 'was not there before'};
};

const writtenAgain = ({before, ...kept}: DeleteFile): Action => ({
	...kept,
	does: 'write-file',
	...before,
	before: undefined,
	why: 'what was there before',
});

const movedBack = ({from, to, doubtful, stays}: Move): Action | undefined =>
	stays
		? undefined
		: {
				does: 'move',
				from: to,
				to: from,
				why: 'was there before',
				way: doubtful ? 'back-if-gone' : 'back',
			};

const taken = ({path, mode}: SaveExport): Action => ({
	does: 'delete-file',
	path,
	before: {content: '', mode},
	why: 'was not there before',
});

/** One that was refused, and so has not come to its end, was followed by no import. */
const imported = (action: AskRepositories): Action | undefined =>
	'before' in action
		? {...action, does: 'tell-imported', why: 'a failed import may have added some'}
		: undefined;

const cleared = ({before, path}: BeginState): Action | undefined =>
	before && {does: 'clear-state', path, before, why: 'what Vira has put there was not there before'};

const unloaded = ({wasLoaded, ...action}: LoadAgent): Action | undefined =>
	wasLoaded ? undefined : {...action, does: 'unload-agent', why: 'was not loaded before'};

const runBack = ({
	command,
	undo,
	why,
	onFailure: {code},
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
			what: `${commandText(command)} could not be taken back.`,
			next: [commandText(asRoot ? asTyped(undo) : undo)],
			code,
		},
		...(limitMs !== undefined && {limitMs}),
		...(onTimeout && {onTimeout: {complaint: onTimeout.left, left: onTimeout.left}}),
		...(mayFail && {mayFail: true}),
		...(asRoot && {asRoot: true}),
	};

/**
 * The way back of an action, derived so that no second list can fall out of step. Every way back tolerates that the
 * action was never done. undefined: there is nothing to take back.
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
			return {...action, does: 'load-agent', why: 'was loaded before'};
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
