import {posix} from 'node:path';
import type {Facts} from '../../platform/facts.ts';
import {stateFolderOf} from '../../platform/service.ts';
import {defaultSettings} from '../../settings/options.ts';
import {logFile} from '../../platform/launchd/log-file.ts';
import {isWithin} from '../../platform/paths.ts';
import {parseReceipt, statePlacesIn, type Receipt} from '../../platform/installed/receipt.ts';

/** XDG_CONFIG_HOME and XDG_STATE_HOME may have had other values when it was written: only the names count. */
const ownFile =
	/\/vira-setup\/(?:settings\.json|initial-state\.json|receipt\.json|staged|versions\/[^/]+|launchd\/org\.vira\.service\.plist)$/u;
const ownUnit = '/systemd/user/vira.service';
const ownFolder = /\/vira-setup(?:\/(?:versions|launchd|nix(?:\/[^/]+)?))?$/u;

/** Without `..`, by which a path that looks like ours could lead anywhere. */
const isPlain = (path: string): boolean => posix.resolve(path) === path;

const isOwnFile = (path: string, {platform, serviceFiles}: Facts): boolean =>
	isPlain(path) &&
	(serviceFiles.includes(path) || ownFile.test(path) || (platform === 'linux' && path.endsWith(ownUnit)));

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
	...(facts.platform === 'macos' ? [logFile(facts)] : []),
];

const isOwnFolder = (folder: string, held: readonly string[], {user}: Facts): boolean =>
	isPlain(folder) &&
	!isWithin(user.home, folder) &&
	(ownFolder.test(folder) || held.some((path) => isWithin(path, folder)));

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
