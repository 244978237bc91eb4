import type {ActionKind, Finding, Meanwhile, PlannedCommand} from './action-kind.ts';
import {exitCode, SetupError, type Failure} from '../../errors.ts';
import type {Fix} from '../../notice.ts';
import {asTyped} from '../command-text.ts';
import {managerKindOf, managerKindOn} from '../service-manager/registry.ts';
import type {System} from '../system.ts';
import type {Action, OwnAction} from './action.ts';
import {askRepositoriesKind, askViraKind, tellImportedKind} from './ask-vira.ts';
import {beginStateKind, clearStateKind, saveExportKind} from './state-actions.ts';
import {deleteFileKind, writeFileKind} from './change-file.ts';
import {deleteFolderKind, makeFolderKind, deleteLinkKind, moveKind, purgeKind} from './change-path.ts';
import {runKind, type RunCommand} from './run-command.ts';
import {waitForKind} from './wait-for.ts';

/** The only list of the kinds: a new one is its own file, and a line here and in action.ts. A service manager has its own. */
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

const recordOf = (action: Action): ActionKind<Action, Action> => {
	const kind: ActionKind<Action, Action> | undefined = isOwn(action)
		? kinds[action.does]
		: managerKindOf(action.does);
	if (!kind) throw new Error(`No kind of action is called ${action.does}.`);
	return kind;
};

/**
 * Performs one action, and returns what to undo later. Throws a SetupError, or the error of the system, if it fails.
 */
export const perform = async (
	action: Action,
	system: System,
	meanwhile: Meanwhile = {},
): Promise<Action | undefined> => {
	const manager = await managerKindOn(system);
	return recordOf(action).perform(action, system, {...meanwhile, ...(manager && {manager})});
};

/** The undo of an action; undefined: nothing to undo. Every undo tolerates that the action was never performed. */
export const inverse = (action: Action): Action | undefined => recordOf(action).inverse?.(action);

/** The action to undo after it failed: it may have done a part. */
export const asFailed = (action: Action, failure: Failure): Action =>
	recordOf(action).asFailed?.(action, failure) ?? action;

/** The message of an error; one that is not a SetupError comes from a file operation. */
export const failureOf = (error: unknown, action: Action): Failure => {
	if (error instanceof SetupError) return error.failure;
	const failure = recordOf(action).failure?.(action) ?? {
		message: `Could not change ${'path' in action ? action.path : ''}.`,
		exit: exitCode.unexpected,
	};
	return {...failure, detail: (error as Error).message};
};

/** What a finished action could not find out, if anything. */
export const unansweredBy = (action: Action): Finding | undefined => recordOf(action).unanswered?.(action);

/** Whether root does it: sudo may ask for a password then. */
const needsRoot = (action: Action): boolean => recordOf(action).needsRoot?.(action) ?? false;

/** Whether a signal ends it before it is done: a long command, or sudo at its prompt. */
export const endsEarly = (action: Action): boolean =>
	needsRoot(action) || (recordOf(action).endsEarly?.(action) ?? false);

/** What it deletes, if anything. */
export const deletedBy = (action: Action) => {
	const kind = recordOf(action).deletes;
	return kind === undefined || !('path' in action) ? undefined : {path: action.path, kind};
};

/** What an action does, on one line; `short` shortens a path for people. */
export const describe = (action: Action, short: (path: string) => string): string =>
	recordOf(action).describe(action, short);

/** What explains an action further, a line each. */
export const detailsOf = (action: Action): readonly string[] =>
	recordOf(action).details?.(action) ?? [action.why];

/** The commands that an action runs, as a person could type them. */
export const commandsByHand = (action: Action): readonly PlannedCommand[] =>
	(recordOf(action).byHand?.(action) ?? []).map(({command, why}) => ({
		command: needsRoot(action) ? asTyped(command) : command,
		why,
	}));

/** An action as a script reads it. */
export const toJson = (action: Action): Readonly<Record<string, unknown>> => ({
	does: action.does,
	...recordOf(action).toJson(action),
	...(needsRoot(action) && {asRoot: true}),
});

/** The first action of a plan that needs root: if sudo is refused, nothing has changed yet. */
const askForRoot = (otherWays: readonly Fix[]): RunCommand => ({
	does: 'run',
	command: ['/usr/bin/true'],
	title: 'Ask for administrator rights',
	asRoot: true,
	why: 'ask for the sudo password before anything changes',
	onFailure: {
		message: 'Insufficient privileges: one step needs administrator rights, and sudo did not allow it.',
		fixes: [
			{say: 'In a script, vira-setup never asks for a password: run "sudo -v" first, in the same terminal.'},
			...otherWays,
		],
		exit: exitCode.privilege,
	},
});

/** If the domain can still be chosen. */
export const domainWithoutRoot: Fix = {
	say: 'Or use a domain that needs no administrator rights: --domain gui or --domain user.',
};

export const withRootAsked = (
	actions: readonly Action[],
	otherWays: readonly Fix[] = [],
): readonly Action[] => (actions.some(needsRoot) ? [askForRoot(otherWays), ...actions] : actions);
