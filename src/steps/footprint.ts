import type {Settings} from '../settings/options.ts';
import type {FileBefore} from './action.ts';
import type {Receipt} from './receipt.ts';
import type {Ties} from './remover.ts';
import type {LinkFolder} from './situation.ts';

/** A file that the receipt lists, as it is now. */
export type OwnFile =
	| {
			readonly path: string;
			/** As we left it, or changed by hand since. */
			readonly is: 'ours' | 'changed';
			readonly before: FileBefore;
	  }
	| {
			readonly path: string;
			/** Nothing is there; or something that we do not write, such as a link; or what may not be read, or is no text. */
			readonly is: 'gone' | 'replaced' | 'unreadable' | 'no-text';
	  };

/** A folder that was not there before us. */
export interface OwnFolder {
	readonly path: string;
	/** Permission bits. */
	readonly mode: number;
	/** What is in it. */
	readonly names: readonly string[];
}

/** A folder in which Vira keeps its state, or kept it before. */
export interface StateFolder {
	readonly path: string;
	/** The names in it that Vira gives. */
	readonly parts: readonly string[];
	/** All other names in it. */
	readonly others: readonly string[];
	/** Why nothing of it may be deleted, the end of a sentence; undefined: its parts may be. */
	readonly untouchable: string | undefined;
	/** Where it is, if that is not where its path says: through a link of the person's own. */
	readonly elsewhere?: string;
}

/** All that a set-up Vira has left on the machine, as far as it is known to be ours or Vira's. */
export interface Footprint {
	/** undefined: vira-setup has set nothing up here. */
	readonly receipt: Receipt | undefined;
	/** Whether something lies where the receipt belongs that is none, or none that we know. */
	readonly isObscure: boolean;
	/** The receipt itself, where there is one. */
	readonly record: {readonly path: string; readonly before: FileBefore} | undefined;
	readonly files: readonly OwnFile[];
	/** Parents first. */
	readonly folders: readonly OwnFolder[];
	/** Those that are links by now, and where they lead. */
	readonly links: readonly {readonly path: string; readonly to: string}[];
	/** What Nix has built for us. */
	readonly built: readonly LinkFolder[];
	/** Those that are there, the one that is it now last. */
	readonly states: readonly StateFolder[];
	/** The service's own log, where it has a file. */
	readonly logFile: string | undefined;
	/** What somebody has put in its place: launchd writes through it. */
	readonly logLink: {readonly path: string; readonly target: string} | undefined;
	/** Files at the places of the service's own, and of our settings, that the receipt does not list. */
	readonly strangers: readonly string[];
	/** Those of them that are a service of ours: the receipt is somewhere else, or lost. */
	readonly unrecorded: readonly string[];
	readonly ties: Ties;
	/** What was set up, as far as it can be read: for the secrets in it. */
	readonly settings: Settings;
}
