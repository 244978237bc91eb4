import type {Failure} from '../../errors.ts';
import type {Fix} from '../../notice.ts';
import type {Domain} from '../launchd/launchctl.ts';
import type {Command} from '../system.ts';

/** A file as it was before an action: the undo restores it. */
export interface FileBefore {
	readonly content: string;
	readonly mode: number;
}

export interface Expectation {
	readonly exitCode: number;
	/** The whole output, without the line break at its end. */
	readonly stdout?: string;
}

export interface WriteFile {
	readonly does: 'write-file';
	readonly path: string;
	/** Permission bits, such as 0o600. */
	readonly mode: number;
	readonly content: string;
	readonly before: FileBefore | undefined;
	/** Run after the change and after its undo. */
	readonly afterChange?: Command;
	/** For a file of root: our own file, absolute, from which root copies it. */
	readonly staged?: string;
	readonly why: string;
}

export interface DeleteFile {
	readonly does: 'delete-file';
	readonly path: string;
	readonly before: FileBefore;
	readonly afterChange?: Command;
	/** For a file of root: used by the undo, as in WriteFile. */
	readonly staged?: string;
	readonly why: string;
}

export interface MakeFolder {
	readonly does: 'make-folder';
	readonly path: string;
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

/** A link that protects a store path from garbage collection. */
export interface DeleteLink {
	readonly does: 'delete-link';
	readonly path: string;
	/** Restores it as a garbage collector root: the link alone would not be one. */
	readonly restore: Command;
	readonly why: string;
}

/** Deletes a file, or a folder with its contents, permanently. A link is deleted, not followed. */
export interface Purge {
	readonly does: 'purge';
	readonly path: string;
	readonly why: string;
}

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

/** Asks a stopped Vira for its repositories, and fails if it has a wanted one with another URL. */
export interface AskRepositories {
	readonly does: 'ask-repositories';
	/** Of `vira export`. */
	readonly command: Command;
	/** Absolute path of the database: without one, Vira has no repositories, and asking would create one. */
	readonly database: string;
	/** Clone URLs by name. */
	readonly wanted: Readonly<Record<string, string>>;
	/** The names that Vira had; undefined if it did not respond, absent before it was asked. */
	readonly before?: readonly string[] | undefined;
	readonly why: string;
}

/**
 * Fails if Vira has more repositories than before: an import adds those without conflicts, and they remain when the rest
 * is undone.
 */
export interface TellImported extends Omit<AskRepositories, 'does'> {
	readonly does: 'tell-imported';
}

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

/** Loads the service into a launchd domain and starts it; done when launchd has it, whatever its first reply is. */
export interface LoadAgent {
	readonly does: 'load-agent';
	readonly domain: Domain;
	readonly uid: number;
	/** Absolute path of the property list. */
	readonly path: string;
	/** Whether it is already loaded and only has to start: then the undo does not unload it. */
	readonly wasLoaded?: boolean;
	readonly why: string;
}

/** Unloads the service from a launchd domain; done when its process has ended and its name is free. */
export interface UnloadAgent extends Omit<LoadAgent, 'does' | 'wasLoaded'> {
	readonly does: 'unload-agent';
	/** As in Run. */
	readonly noWayBack?: Failure;
}

/** Restarts the service in launchd; loads it if it is no longer loaded. */
export interface RestartAgent extends Omit<LoadAgent, 'does' | 'wasLoaded'> {
	readonly does: 'restart-agent';
}

/** Saves Vira's repositories to a file for `vira import`: only the JSON object in the output of `vira export`. */
export interface SaveExport {
	readonly does: 'save-export';
	readonly command: Command;
	readonly path: string;
	readonly mode: number;
	readonly why: string;
	/** If Vira does not respond, no file is written, and the plan continues. */
	readonly mayFail?: boolean;
	readonly onFailure: Failure;
}

export interface Run {
	readonly does: 'run';
	readonly command: Command;
	readonly why: string;
	readonly undo?: Command;
	/** Whether root runs it and its undo. */
	readonly asRoot?: boolean;
	/** Reported instead of its undo, if that would do harm. */
	readonly noWayBack?: Failure;
	/** If it fails, there was nothing to do, and the plan continues. */
	readonly mayFail?: boolean;
	/** If it fails, it is not undone, so that its result can be examined. */
	readonly keepOnFailure?: boolean;
	readonly onFailure: Failure;
	/**
	 * The limit of a long command: its output is passed on, its last lines are the log of the report, and the user can
	 * cancel it.
	 */
	readonly withinMs?: number;
	/** The limit of a command that responds at once or not at all. */
	readonly limitMs?: number;
	/** Reported after a timeout. */
	readonly onTimeout?: {
		readonly failure: Failure;
		/** Reported if the undo times out too. */
		readonly left: Failure;
	};
	/** Whether a failure report includes the end of the service's log. */
	readonly logOnFailure?: true;
}

/** A probe that ends a wait early, used after the first second: before, its result may be from an earlier attempt. */
export interface Hopeless {
	readonly probe: Command;
	/** All of them have to be in its output, in any order. */
	readonly lines: readonly string[];
	readonly failure: Failure;
}

export interface WaitFor {
	readonly does: 'wait-for';
	readonly probe: Command;
	readonly until: Expectation;
	readonly withinMs: number;
	readonly why: string;
	readonly onFailure: Failure;
	/** Reported instead, if the last probe timed out. */
	readonly onTimeout?: Failure;
	/** Evidence that waiting is useless, which is then reported. */
	readonly hopeless?: Hopeless;
	/** Whether the undo also waits: the previous state needs it. */
	readonly alsoBack?: boolean;
}

/** What the new Vira must support, checked before anything depends on it. */
export interface ViraQuestion {
	/** Absolute path. */
	readonly program: string;
	/** Its arguments. */
	readonly words: readonly string[];
	readonly stateFolder: string;
	readonly autoResetState: boolean;
}

/** Checks a Vira that did not exist when the plan was made. */
export interface AskVira extends ViraQuestion {
	readonly does: 'ask-vira';
	/** The fixes if it would delete a state that it cannot read. */
	readonly toKeepState: readonly Fix[];
	readonly why: string;
}

/** One change to the machine, as data: it can be shown, compared and undone. */
export type Action =
	| WriteFile
	| DeleteFile
	| MakeFolder
	| DeleteFolder
	| DeleteLink
	| Purge
	| Move
	| SaveExport
	| Run
	| WaitFor
	| AskVira
	| AskRepositories
	| TellImported
	| BeginState
	| ClearState
	| LoadAgent
	| UnloadAgent
	| RestartAgent;

export type FileAction = WriteFile | DeleteFile;

export const isFileAction = (action: Action): action is FileAction =>
	action.does === 'write-file' || action.does === 'delete-file';
