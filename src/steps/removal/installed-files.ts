import type {Settings, Given} from '../../settings/options.ts';
import type {FileBefore} from '../../platform/actions/action-kind.ts';
import {type Receipt, statePlacesIn, type StatePlace} from '../../platform/installed/receipt.ts';
import type {Ties} from '../../platform/service-manager/manager-parts.ts';
import type {LinkFolder} from '../../platform/installed/situation.ts';
import {
	findExisting,
	isWithin,
	look,
	namesIn,
	permissionDenied,
	realPathOf,
	reasonAgainst,
} from '../../platform/paths.ts';
import type {Facts} from '../../platform/facts.ts';
import type {System} from '../../platform/system.ts';
import {holdsState, isOfVira, marksLast} from '../../platform/vira/vira-state.ts';
import {stateFolderOf} from '../../platform/service.ts';

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

/** Why nothing in the folder can be deleted: the end of a sentence. */
const whyUntouchable = async (system: System, path: string, facts: Facts): Promise<string | undefined> => {
	const found = await look(system, path);
	if (found?.kind === 'link') return `it is a link to ${found.realPath ?? found.linksTo ?? 'nowhere'}`;
	if (found?.kind !== 'folder') return 'it is not a folder';
	const real = found.realPath ?? path;
	const home = realPathOf(await findExisting(system, facts.user.home));
	if (real === '/') return 'it is the root of the file system';
	if (real === home) return 'it is your home folder';
	if (isWithin(home, real)) return 'it contains your home folder';
	if (!found.writable) return await reasonAgainst(system, found, 0o200);
	return undefined;
};

/** Without links: Vira creates none, and their targets belong to someone else. */
const ownParts = async (
	system: System,
	path: string,
	names: readonly string[],
): Promise<readonly string[]> => {
	const found = await Promise.all(names.map((name) => look(system, `${path}/${name}`)));
	return marksLast(names.filter((name, index) => isOfVira(name) && found[index]?.kind !== 'link'));
};

/** The contents of a state folder, and their owners. `isMadeByUs`: vira-setup created it. Reads only. */
const readContents = async (
	system: System,
	{path, theirs, isMadeByUs}: StatePlace & {readonly isMadeByUs: boolean},
	facts: Facts,
): Promise<StateFolder | undefined> => {
	if (!(await look(system, path))) return undefined;
	const untouchable = await whyUntouchable(system, path, facts);
	if (untouchable !== undefined) return {path, parts: [], others: [], untouchable};
	const names = await namesIn(system, path);
	if (names === 'hidden') return {path, parts: [], others: [], untouchable: permissionDenied};
	const isState = isMadeByUs || holdsState(names);
	const ofVira = names.filter((name) => !theirs.includes(name)).toSorted();
	const parts = isState ? await ownParts(system, path, ofVira) : [];
	const others = names.toSorted().filter((name) => !parts.includes(name));
	// Names that could be mistaken for Vira's come first.
	const told = new Set([...others.filter((name) => theirs.includes(name)), ...others]);
	return {path, parts, others: [...told], untouchable};
};

/** The oldest receipts do not record the state folder. */
export const placesOf = (
	receipt: Receipt,
	{given, settings}: {readonly given: Given | undefined; readonly settings: Settings},
	facts: Facts,
): readonly StatePlace[] => {
	const known = statePlacesIn(receipt);
	return known.length > 0 || !given ? known : [{path: stateFolderOf(settings, facts), theirs: []}];
};

/** The real path of a folder, if a link of the user leads elsewhere. */
const elsewhere = async (
	system: System,
	path: string,
	{user: {home}}: Facts,
): Promise<string | undefined> => {
	const [found, above] = await Promise.all([look(system, path), look(system, home)]);
	const expected = isWithin(path, home) ? `${above?.realPath ?? home}${path.slice(home.length)}` : path;
	return found?.realPath === expected ? undefined : found?.realPath;
};

/** If a parent folder of the state was moved, other files may now be in it. */
export const readStateFolder = async (
	system: System,
	{place, receipt, links}: Pick<Footprint, 'receipt' | 'links'> & {readonly place: StatePlace},
	facts: Facts,
): Promise<StateFolder | undefined> => {
	const {path} = place;
	const isMadeByUs = receipt?.folders.includes(path) ?? false;
	const state = await readContents(system, {...place, isMadeByUs}, facts);
	if (!state) return undefined;
	const moved = links.find((link) => link.path !== path && isWithin(path, link.path));
	if (moved) {
		const untouchable = `${moved.path} is now a link to ${moved.to}`;
		return {path, parts: [], others: [], untouchable};
	}
	const real = await elsewhere(system, path, facts);
	return {...state, ...(real !== undefined && {elsewhere: real})};
};
