import type {Finding} from './finding.ts';
import {exitCode, SetupError, type Failure} from '../../errors.ts';
import {asTyped} from '../run-as-root.ts';
import {managerKindOf, type ManagerAction} from '../service-manager/registry.ts';
import type {System} from '../system.ts';
import type {ActionKind, Meanwhile, PlannedCommand} from './action-kind.ts';
import {
	askRepositoriesKind,
	tellImportedKind,
	type AskRepositories,
	type TellImported,
} from './ask-repositories.ts';
import {askViraKind, type AskVira} from './ask-vira.ts';
import {beginStateKind, clearStateKind, type BeginState, type ClearState} from './begin-state.ts';
import {deleteFileKind, writeFileKind, type FileAction} from './change-file.ts';
import {deleteFolderKind, makeFolderKind, type DeleteFolder, type MakeFolder} from './change-folder.ts';
import {deleteLinkKind, type DeleteLink} from './delete-link.ts';
import {moveKind, type Move} from './move.ts';
import {purgeKind, type Purge} from './purge.ts';
import {runKind, type RunCommand} from './run-command.ts';
import {saveExportKind, type SaveExport} from './save-export.ts';
import {waitForKind, type WaitFor} from './wait-for.ts';

type OwnAction =
	| FileAction
	| MakeFolder
	| DeleteFolder
	| DeleteLink
	| Purge
	| Move
	| SaveExport
	| RunCommand
	| WaitFor
	| AskVira
	| AskRepositories
	| TellImported
	| BeginState
	| ClearState;

/** One change to the machine, as data: it can be shown, compared and undone. */
export type Action = OwnAction | ManagerAction;

/** The only list of the kinds: a new one is its own file, and a line here and above. A service manager has its own. */
const kinds: {
	readonly [Does in OwnAction['does']]: ActionKind<Extract<OwnAction, {readonly does: Does}>, Action>;
} = {
	'write-file': writeFileKind,
	'delete-file': deleteFileKind,
	'make-folder': makeFolderKind,
	'delete-folder': deleteFolderKind,
	'delete-link': deleteLinkKind,
	purge: purgeKind,
	move: moveKind,
	'save-export': saveExportKind,
	run: runKind,
	'wait-for': waitForKind,
	'ask-vira': askViraKind,
	'ask-repositories': askRepositoriesKind,
	'tell-imported': tellImportedKind,
	'begin-state': beginStateKind,
	'clear-state': clearStateKind,
};

const isOwn = (action: Action): action is OwnAction => action.does in kinds;

const kindOf = (action: Action): ActionKind<Action, Action> => {
	const kind: ActionKind<Action, Action> | undefined = isOwn(action)
		? kinds[action.does]
		: managerKindOf(action.does);
	if (!kind) throw new Error(`No kind of action is called ${action.does}.`);
	return kind;
};

/**
 * Performs one action, and returns what to undo later. Throws a SetupError, or the error of the system, if it fails.
 */
export const perform = (
	action: Action,
	system: System,
	meanwhile: Meanwhile = {},
): Promise<Action | undefined> => kindOf(action).perform(action, system, meanwhile);

/** The undo of an action; undefined: nothing to undo. Every undo tolerates that the action was never performed. */
export const inverse = (action: Action): Action | undefined => kindOf(action).inverse?.(action);

/** The action to undo after it failed: it may have done a part. */
export const asFailed = (action: Action, failure: Failure): Action =>
	kindOf(action).asFailed?.(action, failure) ?? action;

/** The message of an error; one that is not a SetupError comes from a file operation. */
export const failureOf = (error: unknown, action: Action): Failure => {
	if (error instanceof SetupError) return error.failure;
	const failure = kindOf(action).failure?.(action) ?? {
		message: `Could not change ${'path' in action ? action.path : ''}.`,
		exit: exitCode.unexpected,
	};
	return {...failure, detail: (error as Error).message};
};

/** What a finished action could not find out, if anything. */
export const unansweredBy = (action: Action): Finding | undefined => kindOf(action).unanswered?.(action);

/** Whether root does it: sudo may ask for a password then. */
export const needsRoot = (action: Action): boolean => kindOf(action).needsRoot?.(action) ?? false;

/** Whether a signal ends it before it is done: a long command, or sudo at its prompt. */
export const endsEarly = (action: Action): boolean =>
	needsRoot(action) || (kindOf(action).endsEarly?.(action) ?? false);

/** What it deletes, if anything. */
export const deletedBy = (action: Action) => {
	const kind = kindOf(action).deletes;
	return kind === undefined || !('path' in action) ? undefined : {path: action.path, kind};
};

/** What an action does, on one line; `short` shortens a path for people. */
export const describe = (action: Action, short: (path: string) => string): string =>
	kindOf(action).describe(action, short);

/** What explains an action further, a line each. */
export const detailsOf = (action: Action): readonly string[] =>
	kindOf(action).details?.(action) ?? [action.why];

/** The commands that an action runs, as a person could type them. */
export const commandsByHand = (action: Action): readonly PlannedCommand[] =>
	(kindOf(action).byHand?.(action) ?? []).map(({command, why}) => ({
		command: needsRoot(action) ? asTyped(command) : command,
		why,
	}));

/** An action as a script reads it; `mask` hides the secrets of the settings. */
export const toJson = (
	action: Action,
	mask: (text: string) => string,
): Readonly<Record<string, unknown>> => ({
	does: action.does,
	...kindOf(action).toJson(action, mask),
	...(needsRoot(action) && {asRoot: true}),
});
