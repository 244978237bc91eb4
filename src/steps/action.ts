import type {Complaint} from '../errors.ts';
import type {Domain} from '../platform/macos/launchctl.ts';
import type {Command} from '../platform/system.ts';

/** A file as it was before an action: what the way back restores. */
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
	/** Where the file is root's: one of our own, absolute, from which root takes the text. */
	readonly staged?: string;
	readonly why: string;
}

export interface DeleteFile {
	readonly does: 'delete-file';
	readonly path: string;
	readonly before: FileBefore;
	readonly afterChange?: Command;
	/** Where the file is root's: for the way back, as in WriteFile. */
	readonly staged?: string;
	readonly why: string;
}

export interface MakeFolder {
	readonly does: 'make-folder';
	readonly path: string;
	readonly mode: number;
	readonly why: string;
	/** Whether the way back removes what has been put into it meanwhile (Vira's own new state). */
	readonly undoWithContents: boolean;
}

export interface DeleteFolder {
	readonly does: 'delete-folder';
	readonly path: string;
	readonly withContents: boolean;
	readonly why: string;
	/** Permission bits that the way back gives it; undefined: it is not made again. */
	readonly mode?: number;
}

/** A link that keeps something in the Nix store. */
export interface DeleteLink {
	readonly does: 'delete-link';
	readonly path: string;
	/** Makes it again, and a root of the garbage collector too: the link alone would not be one. */
	readonly restore: Command;
	readonly why: string;
}

/** Deletes a file, or a folder with all that is in it, for good. A link in it is deleted, not followed. */
export interface Purge {
	readonly does: 'purge';
	readonly path: string;
	readonly why: string;
}

/** Gives a file or folder another name. */
export interface Move {
	readonly does: 'move';
	readonly from: string;
	readonly to: string;
	readonly why: string;
	/**
	 * The way there moves; the way back puts it back in the place of whatever has come there meanwhile. Where it is not
	 * sure that it was moved, it comes back only to an empty place. A way back with nothing to move does nothing.
	 */
	readonly way: 'there' | 'back' | 'back-if-gone';
	/** Whether the move failed, and may have been done all the same. */
	readonly doubtful?: boolean;
	/** Whether it has no way back: in its old place, what was moved would be lost. */
	readonly stays?: true;
}

/** Asks a stopped Vira for its repositories, and fails where it has one of a wanted name with another URL. */
export interface AskRepositories {
	readonly does: 'ask-repositories';
	/** Of `vira export`. */
	readonly command: Command;
	/** Absolute path of the database: where there is none, Vira has no repositories, and asking would make one. */
	readonly database: string;
	/** Clone URLs by name. */
	readonly wanted: Readonly<Record<string, string>>;
	/** The names that Vira had; undefined where it did not answer, absent before it was asked. */
	readonly before?: readonly string[] | undefined;
	readonly why: string;
}

/**
 * Fails where Vira has more repositories than before: an import adds what does not conflict, and stays when the rest
 * is taken back.
 */
export interface TellImported extends Omit<AskRepositories, 'does'> {
	readonly does: 'tell-imported';
}

/** Notes what is in a folder that Vira has not used yet: what Vira puts there is taken out again on the way back. */
export interface BeginState {
	readonly does: 'begin-state';
	readonly path: string;
	readonly why: string;
	/** The names in it, once it has been looked at. */
	readonly before?: readonly string[];
}

/** Takes out of a folder what Vira has put there, and nothing that was there before. */
export interface ClearState {
	readonly does: 'clear-state';
	readonly path: string;
	readonly before: readonly string[];
	readonly why: string;
}

/** Takes the service into a launchd domain and starts it; done when launchd has it, whatever its first answer is. */
export interface LoadAgent {
	readonly does: 'load-agent';
	readonly domain: Domain;
	readonly uid: number;
	/** Absolute path of the property list. */
	readonly path: string;
	/** Whether launchd has it already, and it is only to run: there is nothing to take out again then. */
	readonly wasLoaded?: boolean;
	readonly why: string;
}

/** Takes the service out of a launchd domain; done when its process is gone and its name is free. */
export interface UnloadAgent extends Omit<LoadAgent, 'does' | 'wasLoaded'> {
	readonly does: 'unload-agent';
	/** As in Run. */
	readonly noWayBack?: Complaint;
}

/** Has launchd make another process of a service that it has; loads it, where it has it no more. */
export interface RestartAgent extends Omit<LoadAgent, 'does' | 'wasLoaded'> {
	readonly does: 'restart-agent';
}

/** Keeps Vira's repositories in a file that `vira import` takes back: the object alone, out of all that `vira export` prints. */
export interface SaveExport {
	readonly does: 'save-export';
	readonly command: Command;
	readonly path: string;
	readonly mode: number;
	readonly why: string;
	/** Where it does not answer, there is no file, and that is no failure of the plan. */
	readonly mayFail?: boolean;
	readonly onFailure: Complaint;
}

export interface Run {
	readonly does: 'run';
	readonly command: Command;
	readonly why: string;
	readonly undo?: Command;
	/** Whether root runs it, and its way back. */
	readonly asRoot?: boolean;
	/** Told instead of its way back, where that would do harm. */
	readonly noWayBack?: Complaint;
	/** Its failure is no failure of the plan: there was nothing to do. */
	readonly mayFail?: boolean;
	/** Where it fails itself, what it has done stays: why it failed is to be seen there. */
	readonly keepOnFailure?: boolean;
	readonly onFailure: Complaint;
	/**
	 * How long it may take, where that is long: what it says meanwhile is passed on, its last lines are the report's log,
	 * and the person can end it.
	 */
	readonly withinMs?: number;
	/** How long it may take, where whoever it asks answers at once or not at all. */
	readonly limitMs?: number;
	/** Told where that was too long. */
	readonly onTimeout?: {
		readonly complaint: Complaint;
		/** Told of a way back that is not answered either. */
		readonly left: Complaint;
	};
	/** Whether the report of its failure has the end of the service's log. */
	readonly logOnFailure?: true;
}

/** A probe whose answer ends a wait, asked from the first second on: before that it may be that of an earlier try. */
export interface Hopeless {
	readonly probe: Command;
	/** All of them have to be in its output, in whatever order. */
	readonly lines: readonly string[];
	readonly complaint: Complaint;
}

export interface WaitFor {
	readonly does: 'wait-for';
	readonly probe: Command;
	readonly until: Expectation;
	readonly withinMs: number;
	readonly why: string;
	readonly onFailure: Complaint;
	/** Told instead, where the last probe was not answered at all. */
	readonly onTimeout?: Complaint;
	/** What shows that there is nothing to wait for, and is told then. */
	readonly hopeless?: Hopeless;
	/** Whether the way back waits as well: what came before needs it again. */
	readonly alsoBack?: boolean;
}

/** What is asked of the Vira that is to run, before anything depends on it. */
export interface ViraQuestion {
	/** Absolute path. */
	readonly program: string;
	/** The arguments that it is going to be given. */
	readonly words: readonly string[];
	readonly stateFolder: string;
	readonly autoResetState: boolean;
}

/** Looks whether a Vira that was not there when the plan was made can do what it is for. */
export interface AskVira extends ViraQuestion {
	readonly does: 'ask-vira';
	/** What to do where it would delete a state that it cannot read. */
	readonly toKeepState: readonly string[];
	readonly why: string;
}

/** One change to the machine, as data: it can be shown, compared and turned round. */
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
