import type {Facts} from '../platform/facts.ts';
import type {Given} from '../settings/options.ts';
import type {Problem} from '../settings/rules.ts';
import type {FileBefore} from './action.ts';
import type {Warning} from '../settings/warning.ts';
import type {Receipt} from './receipt.ts';

/** What we left here before, without a look into the settings. */
export interface Left {
	readonly receipt: Receipt | undefined;
	/** Each file that a plan might write, by path, as it is now. Absent: there is none. */
	readonly files: ReadonlyMap<string, FileBefore>;
	/** Copies that are there and cannot be read: nothing is written in their place. */
	readonly unread?: readonly string[];
	/** Folders of ours that others can write in; absent: none. */
	readonly openFolders?: readonly OpenFolder[];
}

export interface OpenFolder {
	readonly path: string;
	/** Permission bits. */
	readonly mode: number;
}

/** What we left here before. */
export interface Existing extends Left {
	/** The saved settings; undefined on a machine where nothing was set up. */
	readonly saved: Saved | undefined;
}

export interface Saved {
	readonly given: Given;
	/** Keys of the settings file that this version does not know: kept as they are. */
	readonly unknown: Readonly<Record<string, unknown>>;
}

/** What is at the places that a set of settings names. */
export interface Site {
	/** The executable that `package` stands for, absolute. */
	readonly program: string;
	/** Where the program leads once every link is followed; into the store, where it is still to be built. */
	readonly realProgram: string;
	/** Folders that a plan has to make, parents first, absolute. */
	readonly missingFolders: readonly string[];
	/** Whether there is a database of Vira's in the state folder. */
	readonly hasDatabase: boolean;
	/** Names in the state folder that Vira gives as well, where it is taken now and they are the person's. */
	readonly theirs: readonly string[];
	/** The state that the chosen Vira cannot read, where there is one. */
	readonly oldState: OldState | undefined;
	/** What Nix has built for us, here, whether it is wanted or not. */
	readonly built: readonly LinkFolder[];
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
	/** Whether the service, as its file is now, can be started on it: its program may have been replaced meanwhile. */
	readonly isServable: boolean;
}

/** Holds the links to what an installable was built into, which keep that from garbage collection. */
export interface LinkFolder {
	readonly path: string;
	/** Permission bits. */
	readonly mode: number;
	/** The links that lead into the store, and to something that is there. */
	readonly links: readonly {readonly path: string; readonly storePath: string}[];
}

/** All that a plan is made from, beside the settings. */
export interface Situation {
	readonly facts: Facts;
	readonly existing: Existing;
	readonly site: Site;
}
