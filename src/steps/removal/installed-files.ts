import type {Settings} from '../../settings/options.ts';
import type {FileBefore} from '../../platform/actions/action-kind.ts';
import type {Receipt} from '../../platform/installed/receipt.ts';
import type {Ties} from '../../platform/service-manager/remover.ts';
import type {LinkFolder} from '../../platform/installed/situation.ts';

/** A file that the receipt lists, as it is now. */
export type OwnFile =
	| {
			readonly path: string;
			/** As vira-setup wrote it, or changed by hand since. */
			readonly is: 'ours' | 'changed';
			readonly before: FileBefore;
	  }
	| {
			readonly path: string;
			/** It does not exist; is not a plain file, such as a link; cannot be read; or is not text. */
			readonly is: 'gone' | 'replaced' | 'unreadable' | 'no-text';
	  };

/** A folder that vira-setup has created. */
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
	/** The names in it that Vira uses. */
	readonly parts: readonly string[];
	/** All other names in it. */
	readonly others: readonly string[];
	/** Why nothing in it can be deleted, the end of a sentence; undefined: its parts can be. */
	readonly untouchable: string | undefined;
	/** Its real path, if a link of the user leads elsewhere. */
	readonly elsewhere?: string;
}

/** Everything on the machine that is known to belong to vira-setup or Vira. */
export interface Footprint {
	/** undefined: vira-setup has set nothing up here. */
	readonly receipt: Receipt | undefined;
	/** Whether there is a receipt that cannot be parsed. */
	readonly isObscure: boolean;
	/** The receipt itself, where there is one. */
	readonly record: {readonly path: string; readonly before: FileBefore} | undefined;
	readonly files: readonly OwnFile[];
	/** Parents first. */
	readonly folders: readonly OwnFolder[];
	/** Those that are now links, and where they lead. */
	readonly links: readonly {readonly path: string; readonly to: string}[];
	/** What Nix has built for us. */
	readonly built: readonly LinkFolder[];
	/** Those that are there, the one that is it now last. */
	readonly states: readonly StateFolder[];
	/** The service's own log, where it has a file. */
	readonly logFile: string | undefined;
	/** A link in its place: launchd writes through it. */
	readonly logLink: {readonly path: string; readonly target: string} | undefined;
	/** Files at the paths of the service and of our settings that the receipt does not list. */
	readonly strangers: readonly string[];
	/** Those of them that are a service that vira-setup created: its receipt is elsewhere or lost. */
	readonly unrecorded: readonly string[];
	readonly ties: Ties;
	/** The settings, as far as they can be read: for masking their secrets. */
	readonly settings: Settings;
}
