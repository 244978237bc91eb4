import {nothingChanged, SetupError, exitCode} from '../../errors.ts';
import type {ReadOptions, System, Command, Inspected} from '../../platform/system.ts';
import type {FileBefore} from '../../platform/actions/action-kind.ts';
import {look, isWithin, cannotRead, isNotA, isOfNewerVersion, moveAside} from '../../platform/paths.ts';
import {commandText} from '../../platform/command-text.ts';
import type {ExistingFiles} from '../../platform/installed/situation.ts';
import {filesOf} from '../../platform/installed/our-files.ts';
import {isNewerFormat} from '../../settings/settings-file.ts';
import {managerOf} from '../../platform/service-manager/registry.ts';
import {posix} from 'node:path';
import type {Facts} from '../../platform/facts.ts';
import {stateFolderOf} from '../../platform/service.ts';
import {defaultSettings} from '../../settings/options.ts';
import {
	parseReceipt,
	statePlacesIn,
	type FormerBuild,
	type FormerState,
	type Receipt,
} from '../../platform/installed/receipt.ts';
import {linksFolder} from '../../platform/vira/nix.ts';

/** A regular file; undefined for a link, for a file that cannot be read, and for one that could not be restored exactly. */
export const readPlain = async (
	system: System,
	path: string,
	options: ReadOptions = {},
): Promise<FileBefore | undefined> => {
	const found = await look(system, path);
	if (found?.kind !== 'file' || !found.readable) return undefined;
	try {
		const content = await system.readFile(path, options);
		return content === undefined ? undefined : {content, mode: found.mode};
	} catch (error) {
		if (error instanceof SetupError) return undefined;
		throw error;
	}
};

/**
 * A link to another place in the home folder is followed; vira-setup does not write outside of it. Links into the Nix
 * store are left to the file system, which refuses to write there.
 */
const demandOwnPlace = async (system: System, path: string, {kind, realPath}: Inspected): Promise<void> => {
	if (kind !== 'link' || realPath === undefined || isWithin(realPath, '/nix/store')) return;
	const home = (await system.inspect(system.user.home))?.realPath ?? system.user.home;
	if (isWithin(realPath, home)) return;
	throw new SetupError({
		message: `${path} is a link to ${realPath}, outside your home folder. vira-setup does not write there.`,
		fixes: [{say: 'Remove the link:', command: commandText(['rm', path])}],
		exit: exitCode.unsuitable,
	});
};

export const readBefore = async (system: System, path: string): Promise<FileBefore | undefined> => {
	const inspected = await system.inspect(path);
	if (!inspected) return undefined;
	const next = [moveAside(commandText(['mv', path, `${path}.away`]))];
	if (inspected.leadsTo !== 'file')
		throw new SetupError({message: isNotA('file', path), fixes: next, exit: exitCode.unsuitable});
	await demandOwnPlace(system, path, inspected);
	if (!inspected.readable) {
		const {uid, name} = system.user;
		const command: Command = inspected.owner === uid ? ['chmod', 'u+r', path] : ['sudo', 'chown', name, path];
		throw new SetupError({
			message: cannotRead(path),
			fixes: [{say: '', command: commandText(command)}],
			exit: exitCode.privilege,
		});
	}
	try {
		const content = await system.readFile(path);
		return content === undefined ? undefined : {content, mode: inspected.mode};
	} catch (error) {
		if (!(error instanceof SetupError)) throw error;
		// A file that cannot be restored byte for byte is not replaced.
		throw new SetupError({...error.failure, fixes: next});
	}
};

/** A backup that cannot be read is useless, but its name is taken. */
export const readCopies = async (
	system: System,
	paths: readonly string[],
): Promise<Required<Pick<ExistingFiles, 'files' | 'unread'>>> => {
	const files = new Map<string, FileBefore>();
	for (const path of paths) {
		const before = await readPlain(system, path);
		if (before) files.set(path, before);
	}
	return {files, unread: paths.filter((path) => !files.has(path))};
};

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

const withState = (
	{installable, folder, until, settings}: FormerBuild,
	state: FormerState | undefined,
): FormerBuild => ({installable, folder, until, settings, ...(state && {state})});

/** A build is run, and a state is moved: only from where vira-setup puts them. */
const withOwnBuilds = ({former, replacing, replacingState, ...rest}: Receipt, facts: Facts): Receipt => {
	const isLinks = (folder: string): boolean =>
		isPlain(folder) && posix.dirname(folder) === linksFolder(facts);
	const places = statePlacesIn(rest).map(({path}) => path);
	const ownState = (state: FormerState | undefined): FormerState | undefined =>
		state &&
		isPlain(state.keptIn) &&
		posix.dirname(state.keptIn) === state.folder &&
		places.includes(state.folder)
			? state
			: undefined;
	const [kept, returning] = [ownState(former?.state), ownState(replacingState)];
	return {
		...rest,
		...(former && isLinks(former.folder) && {former: withState(former, kept)}),
		...(replacing && {
			replacing: Object.fromEntries(Object.entries(replacing).filter(([, folder]) => isLinks(folder))),
		}),
		...(returning && {replacingState: returning}),
	};
};

/** Only paths that vira-setup uses are trusted: other paths in a receipt are not touched. */
const atOwnPlaces = (receipt: Receipt, facts: Facts): Receipt => {
	const {filesBefore} = receipt;
	const own = {
		...receipt,
		files: ownOf(receipt.files, facts),
		...(filesBefore && {filesBefore: ownOf(filesBefore, facts)}),
	};
	const held = heldBy(own, facts);
	return {
		...withOwnBuilds(own, facts),
		folders: receipt.folders.filter((folder) => isOwnFolder(folder, held, facts)),
	};
};

/** The receipt with only our own paths; undefined if the text is not a known receipt. */
export const readReceipt = (text: string, facts: Facts): Receipt | undefined => {
	const receipt = parseReceipt(text);
	return receipt && atOwnPlaces(receipt, facts);
};

/** Our own files that a newer version of vira-setup has written. */
export const newerFiles = (facts: Facts, {files}: ExistingFiles): readonly string[] => {
	const paths = filesOf(facts);
	return [paths.settings, paths.receipt].filter((path) => isNewerFormat(files.get(path)?.content ?? ''));
};

/** Throws if a setup would replace what a newer version has written. */
export const demandKnownFormat = (facts: Facts, existing: ExistingFiles): void => {
	const newer = newerFiles(facts, existing);
	if (newer.length === 0) return;
	throw new SetupError({
		message: newer.map(isOfNewerVersion).join('\n'),
		detail: `It may contain something that this version does not know and would lose. ${nothingChanged}`,
		fixes: [
			{say: 'Use the newer version.'},
			{
				say: `To start over with this version, move it aside: ${newer.map((path) => `mv ${path} ${path}.away`).join(' && ')}`,
			},
		],
		exit: exitCode.unsuitable,
	});
};
