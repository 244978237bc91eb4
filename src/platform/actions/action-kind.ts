import type {Failure} from '../../errors.ts';
import {maskLooks} from '../../settings/secrets/mask-looks.ts';
import type {Command, RunOptions, RunResult, System} from '../system.ts';
import type {Notice} from '../../notice.ts';

/** The result of a check after the change. */
export interface Finding extends Notice {
	readonly code: 'running' | 'responding' | 'starts-at-boot' | 'survives-logout' | 'repositories-not-asked';
	/**
	 * Of the page: the service responds, nothing responds, it responds with a server error, another program responds, or it
	 * responds but the program is unknown.
	 */
	readonly kind?: 'responds' | 'silent' | 'server-error' | 'other-program' | 'unknown-owner';
}

/** A file as it was before an action: the undo restores it. */
export interface FileBefore {
	readonly content: string;
	readonly mode: number;
}

/** What a service manager adds to the commands of a plan. */
export interface ManagerCommands {
	/** Runs a command as System.run does, and repeats one to a manager that is just being restarted. */
	run?(system: System, command: Command, options?: RunOptions): Promise<RunResult>;
	/** Adds to the failure of a start why the process exited, and the end of its log. */
	explainFailedStart?(failure: Failure, system: System): Promise<Failure>;
}

/** What happens while an action is performed. */
export interface Meanwhile {
	/** The service manager of the machine. */
	readonly manager?: ManagerCommands;
	readonly signal?: AbortSignal;
	/** Gets the output of a long command. */
	readonly say?: (line: string) => void;
}

/** A command that an action runs, for people to read or to run themselves. */
export interface PlannedCommand {
	readonly command: Command;
	readonly why: string;
}

interface Named {
	readonly does: string;
}

/**
 * All that the program knows about one kind of action. `Undo`: the actions that undo it. Only `perform` touches the
 * machine.
 */
export interface ActionKind<A extends Named, Undo extends Named = never> {
	/**
	 * Returns what to undo later: the action, perhaps with what it found; undefined: nothing. Throws a SetupError, or the
	 * error of the system, if it fails.
	 */
	perform(action: A, system: System, meanwhile: Meanwhile): Promise<A | undefined>;
	/**
	 * Derived from the action, so that the two cannot get out of step. Every undo tolerates that the action was never
	 * performed. Absent or undefined: nothing to undo.
	 */
	inverse?(action: A): Undo | undefined;
	/** What it does, on one line; `short` shortens a path for people. */
	describe(action: A, short: (path: string) => string): string;
	/** What a script reads of it, in addition to `does` and `asRoot`; never the content of a file. */
	toJson(action: A): Readonly<Record<string, unknown>>;
	/** The commands that it runs, without sudo. */
	byHand?(action: A): readonly PlannedCommand[];
	/** What explains it to people, if its description does not; absent: its reason. */
	details?(action: A): readonly string[];
	/** Whether root does it: sudo may ask for a password then. */
	needsRoot?(action: A): boolean;
	/** Whether a signal ends it before it is done. */
	endsEarly?(action: A): boolean;
	/** What its path is, if it deletes that. */
	readonly deletes?: 'file' | 'folder' | 'link' | 'state';
	/** The action to undo after it failed: it may have done a part. Absent: the action itself. */
	asFailed?(action: A, failure: Failure): A;
	/** Reported for an error of a file operation. Absent: that its path could not be changed. */
	failure?(action: A): Failure;
	/** Of a finished action. */
	unanswered?(action: A): Finding | undefined;
}

/** Performs an action of which nothing has to be noted for its undo. */
export const performing =
	<A extends Named>(work: (action: A, system: System, meanwhile: Meanwhile) => Promise<void>) =>
	async (action: A, system: System, meanwhile: Meanwhile): Promise<A> => {
		await work(action, system, meanwhile);
		return action;
	};

/** Runs a command as System.run does, with what the service manager of the machine needs in addition. */
export const commandRunner =
	(system: System, {manager}: Meanwhile) =>
	(command: Command, options?: RunOptions): Promise<RunResult> =>
		manager?.run?.(system, command, options) ?? system.run(command, options);

/** Reasons of undos. */
export const didNotExist = 'it did not exist before';
export const didExist = 'it existed before';

/** Commands contain no other settings than paths and URLs. */
export const maskedCommand = ([program, ...words]: Command): Command => [program, ...words.map(maskLooks)];

/** How an action that runs one command is shown. */
export const shownByCommand = {
	toJson: ({command, why}: PlannedCommand) => ({command: maskedCommand(command), why}),
	byHand: ({command, why}: PlannedCommand) => [{command: maskedCommand(command), why}],
};
