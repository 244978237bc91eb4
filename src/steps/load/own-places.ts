import {managerOf} from '../../platform/service-manager/registry.ts';
import {posix} from 'node:path';
import type {Facts} from '../../platform/facts.ts';
import {stateFolderOf} from '../../platform/service.ts';
import {defaultSettings} from '../../settings/options.ts';
import {isWithin} from '../../platform/paths.ts';
import {parseReceipt, statePlacesIn, type Receipt} from '../../platform/installed/receipt.ts';

/** XDG_CONFIG_HOME and XDG_STATE_HOME may have had other values when it was written: only the names count. */
const ownFile = /\/vira-setup\/(?:settings\.json|initial-state\.json|receipt\.json|staged|versions\/[^/]+)$/u;
const ownFolder = /\/vira-setup(?:\/(?:versions|nix(?:\/[^/]+)?))?$/u;

/** Without `..`, by which a path that looks like ours could lead anywhere. */
const isPlain = (path: string): boolean => posix.resolve(path) === path;

const isOwnFile = (path: string, facts: Facts): boolean =>
	isPlain(path) &&
	(facts.serviceFiles.includes(path) || ownFile.test(path) || managerOf(facts).ownPlaces.isFile(path));

const ownOf = (files: Receipt['files'], facts: Facts): Receipt['files'] =>
	Object.fromEntries(Object.entries(files).filter(([path]) => isOwnFile(path, facts)));

/** The paths whose parent folders vira-setup creates. */
const heldBy = (receipt: Receipt, facts: Facts): readonly string[] => [
	...Object.keys({...receipt.files, ...receipt.filesBefore}),
	facts.folders.config,
	facts.folders.state,
	...facts.serviceFiles,
	stateFolderOf(defaultSettings({vira: undefined}), facts),
	...statePlacesIn(receipt).map(({path}) => path),
	...managerOf(facts).ownPlaces.files,
];

const isOwnFolder = (folder: string, held: readonly string[], facts: Facts): boolean =>
	isPlain(folder) &&
	!isWithin(facts.user.home, folder) &&
	(ownFolder.test(folder) ||
		managerOf(facts).ownPlaces.isFolder(folder) ||
		held.some((path) => isWithin(path, folder)));

/** Only paths that vira-setup uses are trusted: other paths in a receipt are not touched. */
const atOwnPlaces = (receipt: Receipt, facts: Facts): Receipt => {
	const {filesBefore} = receipt;
	const own = {
		...receipt,
		files: ownOf(receipt.files, facts),
		...(filesBefore && {filesBefore: ownOf(filesBefore, facts)}),
	};
	const held = heldBy(own, facts);
	return {...own, folders: receipt.folders.filter((folder) => isOwnFolder(folder, held, facts))};
};

/** The receipt with only our own paths; undefined if the text is not a known receipt. */
export const readReceipt = (text: string, facts: Facts): Receipt | undefined => {
	const receipt = parseReceipt(text);
	return receipt && atOwnPlaces(receipt, facts);
};
