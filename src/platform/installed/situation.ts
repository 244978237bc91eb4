import type {Facts} from '../facts.ts';
import type {Given} from '../../settings/options.ts';
import type {Problem} from '../../settings/problem.ts';
import type {FileBefore} from '../actions/action-kind.ts';
import type {Warning} from '../../settings/warning.ts';
import type {FormerState, Receipt} from './receipt.ts';

/** The files of an earlier run, without its parsed settings. */
export interface ExistingFiles {
	readonly receipt: Receipt | undefined;
	/** Each file that a plan might write, by path, with its current content. Absent: it does not exist. */
	readonly files: ReadonlyMap<string, FileBefore>;
	/** Backups that exist but cannot be read: they are not overwritten. */
	readonly unread?: readonly string[];
	/** Our folders that others can write to; absent: none. */
	readonly openFolders?: readonly OpenFolder[];
}

export interface OpenFolder {
	readonly path: string;
	/** Permission bits. */
	readonly mode: number;
}

/** The files and settings of an earlier run. */
export interface Existing extends ExistingFiles {
	/** The saved settings; undefined if nothing is set up. */
	readonly saved: Saved | undefined;
}

export interface Saved {
	readonly given: Given;
	/** Keys of the settings file that this version does not know: kept unchanged. */
	readonly unknown: Readonly<Record<string, unknown>>;
}

/** What exists at the paths that the settings name. */
export interface Site {
	/** The executable of `package`, absolute. */
	readonly program: string;
	/** The real path of the program; in the store if it is still to be built. */
	readonly realProgram: string;
	/** Folders that a plan has to create, parents first, absolute. */
	readonly missingFolders: readonly string[];
	/** Whether the state folder contains a Vira database. */
	readonly hasDatabase: boolean;
	/** Names in a new state folder that Vira uses too, but that belong to the user. */
	readonly theirs: readonly string[];
	/** A state that the chosen Vira cannot read, if there is one. */
	readonly oldState: OldState | undefined;
	/** What Nix has built for us here, needed or not. */
	readonly built: readonly LinkFolder[];
	/** The builds among them that are replaced by others; absent: none. */
	readonly replacements?: readonly Replacement[];
	/** Whether the running process was started with another program. */
	readonly isOutdated?: true;
	/** The state that is used again, and the names in it that are moved back; absent: the current one stays. */
	readonly formerState?: {readonly state: FormerState; readonly parts: readonly string[]};
	/** Whether only this machine can reach the host name: Debian gives 127.0.1.1 to the machine's own (hosts(5)). */
	readonly isLocalHost?: boolean;
	readonly problems: readonly Problem[];
	readonly warnings: readonly Warning[];
}

/** A state that Vira would delete when it starts, and where it is moved instead. Paths are absolute. */
export interface OldState {
	/** Where it is now. */
	readonly folder: string;
	readonly keptIn: string;
	/** The names in the folder that are moved. */
	readonly parts: readonly string[];
	/** A Vira that can read it, if one was found. */
	readonly reader: string | undefined;
	/** Whether the current service can be started with it: its program may have been replaced meanwhile. */
	readonly isServable: boolean;
}

/** Holds the links that protect the build of an installable from garbage collection. */
export interface LinkFolder {
	readonly path: string;
	/** Permission bits. */
	readonly mode: number;
	/** The links that lead to existing paths in the store. */
	readonly links: readonly {readonly path: string; readonly storePath: string}[];
}

/** What takes the place of the builds that the settings name, while the settings stay. */
export interface Exchange {
	/** The links to each, by installable. */
	readonly builds: Readonly<Record<string, string>>;
	/** The state that the Vira among them has used before; absent: the current one stays. */
	readonly state?: FormerState;
	/** Whether the program of the service is another one than its process was started with. */
	readonly restarts?: true;
}

/** A build, and what replaces it. */
export interface Replacement {
	readonly installable: string;
	/** The links that the service uses. */
	readonly current: LinkFolder;
	readonly next: LinkFolder;
}

/** Everything that a plan is made from, in addition to the settings. */
export interface Situation {
	readonly facts: Facts;
	readonly existing: Existing;
	readonly site: Site;
}
