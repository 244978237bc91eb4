import type {Command, System} from '../system.ts';
import type {Action} from '../actions/action.ts';
import type {Notice} from '../../notice.ts';
import type {AfterChange} from '../actions/change-file.ts';
import {exitCode, type Failure} from '../../errors.ts';
import type {Facts} from '../facts.ts';
import type {Settings} from '../../settings/options.ts';
import {cannotRun} from './advice.ts';
import type {ExistingFiles} from '../installed/situation.ts';
import type {NextStart} from './service-words.ts';

/** How a service manager starts and stops the service on request: none of its files changes. */
export interface ByHand {
	/** Why it cannot be started now; undefined: it can. */
	readonly cannotStart: (settings: Settings) => Failure | undefined;
	/** The program that the service would run; undefined if that is unknown. */
	readonly program: (system: System, existing: ExistingFiles) => Promise<string | undefined>;
	/** The settings with the domain in which the service is. */
	readonly asPlaced: (settings: Settings) => Settings;
	/** Removes the mask that prevents a start. */
	readonly unmask: readonly Action[];
	/** Empty if it is running. */
	readonly start: (settings: Settings) => readonly Action[];
	/** A new process; a start, if none is running. */
	readonly restart: (settings: Settings) => readonly Action[];
	/** Empty if nothing is running. */
	readonly stop: readonly Action[];
	/** Why it is unknown whether it is running; undefined: it is not, since nothing could run it. */
	readonly whyUnknown: (system: System) => Promise<Failure | undefined>;
	/** Settings are undefined if they cannot be read. */
	readonly nextStart: (settings: Settings | undefined) => NextStart;
}

/** For a start or restart that was refused. */
export const notStopped = 'The running Vira was not stopped.';

/** If the tool itself cannot be run: the fixes for a silent service manager do not help then. */
export const toolFailure = ({unusable}: Pick<Facts, 'unusable'>, trial?: string): Failure | undefined =>
	unusable && {...cannotRun(unusable, trial), exit: exitCode.unsuitable};

/** Something that a removal keeps. */
export interface Leftover {
	/** Absolute; undefined: it is not a single file. */
	readonly path: string | undefined;
	/** What it is and, if not obvious, why it is kept: a phrase. */
	readonly what: string;
	/** How to remove it by hand. */
	readonly byHand?: Command;
}

/** A link that starts the service with others, if the manager cannot be asked to remove it. */
export interface StartLink {
	readonly path: string;
	/** The text of the link. */
	readonly target: string;
	/** Its folder, with permission bits; undefined: the folder contains other links too. */
	readonly folder: {readonly path: string; readonly mode: number} | undefined;
}

/** What a removal depends on, in addition to the facts. */
export interface Ties {
	readonly startLink: StartLink | undefined;
	/** The user's own units that run without a login, by name. */
	readonly lingeringFor: readonly string[];
	/** The user's own drop-ins for the service. */
	readonly dropIns: readonly string[];
}

/** What decides whether lingering stays on. */
interface Lingering {
	/** Whether vira-setup turned it on. */
	readonly wasEnabled: boolean;
	/** Whether the user wants it off. */
	readonly disable: boolean;
	readonly ties: Ties;
}

/** How a service manager removes the service. */
export interface Remover {
	/** Why nothing can be removed now. */
	readonly refusals: readonly Notice[];
	/** Whether the service is running or would start again: one that an uninstall has kept does neither. */
	readonly isLive: boolean;
	readonly readTies: (system: System) => Promise<Ties>;
	/** Stops the service for good. `files`: the service files in the facts that are ours. */
	readonly retire: (files: readonly string[], ties: Ties) => readonly Action[];
	/** Run after its file is deleted, and after that is undone. */
	readonly afterDelete: AfterChange | undefined;
	/** What happens to a service file that is kept once its service has stopped: a clause. */
	readonly keptService: (path: string) => string;
	/** Run once the file is deleted. */
	readonly forget: readonly Action[];
	/** Whether it may be turned off again that services run without a login. */
	readonly mayDisableLinger: (wasEnabled: boolean, ties: Ties) => boolean;
	/** Turns it off. */
	readonly lingerOff: readonly Action[];
	/** If it stays on. */
	readonly lingering: (lingering: Lingering) => readonly Leftover[];
	/** If it is still on although it was turned off. */
	readonly stillLingering: Leftover | undefined;
	/** The service's log: its own file, or a command that reads it from a shared log. */
	readonly log: {readonly file: string} | {readonly command: Command; readonly where: string};
	/** Services with our name that are not ours. */
	readonly strangers: (files: readonly string[]) => readonly Leftover[];
}

const shownNames = 3;

export const shortList = (names: readonly string[]): string =>
	names.length <= shownNames + 1
		? names.join(', ')
		: `${names.slice(0, shownNames).join(', ')} and ${names.length - shownNames} more`;
