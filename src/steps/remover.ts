import type {Command, System} from '../platform/system.ts';
import type {Action} from './action.ts';
import type {Refusal} from './advice.ts';

/** Something that a removal leaves in its place. */
export interface Left {
	/** Absolute; undefined: it is no file, or in none that can be named. */
	readonly path: string | undefined;
	/** What it is, and where that is no matter of course why it stays: a phrase. */
	readonly what: string;
	/** For the person, to be rid of it all the same. */
	readonly byHand?: Command;
}

/** A link by which the service starts together with others, where the manager cannot be asked to remove it. */
export interface StartLink {
	readonly path: string;
	/** As it stands in the link. */
	readonly target: string;
	/** The folder that it is in, with its permission bits; undefined: it holds other links too. */
	readonly folder: {readonly path: string; readonly mode: number} | undefined;
}

/** What a removal depends on, beside the facts. */
export interface Ties {
	readonly startLink: StartLink | undefined;
	/** Units of the person's own that run without a login, by name. */
	readonly lingeringFor: readonly string[];
	/** Files by which the person has added to the service. */
	readonly dropIns: readonly string[];
}

/** What a service manager does its own way to be rid of the service. */
export interface Remover {
	/** Why nothing can be removed as things are. */
	readonly refusals: readonly Refusal[];
	/** Whether the service runs, or would come back by itself: one that an uninstall has kept does neither. */
	readonly isLive: boolean;
	readonly readTies: (system: System) => Promise<Ties>;
	/** Ended, and never started again. `files` are places of the service file, as the facts name them, that are ours. */
	readonly retire: (files: readonly string[], ties: Ties) => readonly Action[];
	/** Run after its file is deleted, and after that is undone. */
	readonly afterDelete: Command | undefined;
	/** What becomes of a service file that stays, once its service has ended: a clause. */
	readonly keptService: (path: string) => string;
	/** Once the file is gone. */
	readonly forget: readonly Action[];
	/** As the machine was before lingering was turned on for the service. */
	readonly lingerOff: readonly Action[];
	/** Where the service's log is: in a file of its own, or read by a command from where everybody's are. */
	readonly log: {readonly file: string} | {readonly command: Command};
	/** Services of our name that are not ours. */
	readonly strangers: (files: readonly string[]) => readonly Left[];
}
