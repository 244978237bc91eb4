import {managerOf, isOurService} from '../../platform/service-manager/registry.ts';
import type {Facts} from '../../platform/facts.ts';
import type {System} from '../../platform/system.ts';
import {defaultSettings, withGiven, type Given} from '../../settings/options.ts';
import {parseSavedSettings} from '../../settings/settings-file.ts';
import {halfWrittenOf} from '../../platform/real/text-files.ts';
import {readBuilt} from '../plan/examine-program.ts';
import {type Footprint, type OwnFile, type OwnFolder, placesOf, readStateFolder} from './installed-files.ts';
import {filesOf} from '../../platform/installed/our-files.ts';
import {versionsFolder} from '../load/our-folders.ts';
import {readReceipt, readPlain} from '../load/read-files.ts';
import {look, lookInto, namesIn} from '../../platform/paths.ts';
import {isOurs, type Receipt} from '../../platform/installed/receipt.ts';
import {isByHand} from '../plan/history.ts';

/** A file counts as ours only if it can be read; backups of the user's own text and files of another owner do not. */
const readOwn = async (
	system: System,
	path: string,
	{receipt, owner}: {readonly receipt: Receipt; readonly owner: Facts['managedBy']},
): Promise<OwnFile> => {
	const before = await readPlain(system, path);
	if (before && !isByHand(path) && isOurs(receipt, path, before.content)) return {path, before, is: 'ours'};
	if (before && owner?.path !== path) return {path, before, is: 'changed'};
	const found = await look(system, path);
	if (found?.kind === 'file' && !before && owner?.path !== path)
		return {path, is: found.readable ? 'no-text' : 'unreadable'};
	return {path, is: found ? 'replaced' : 'gone'};
};

const readFolder = async (system: System, path: string): Promise<readonly OwnFolder[]> => {
	const [found, names] = await Promise.all([look(system, path), namesIn(system, path)]);
	return found?.kind === 'folder' && names !== 'hidden' ? [{path, mode: found.mode, names}] : [];
};

const pathsIn = ({files, filesBefore = {}}: Receipt): readonly string[] => [
	...new Set([...Object.keys(files), ...Object.keys(filesBefore)]),
];

/** The settings as far as they can be read: problems in them must not prevent a removal. */
const readGivenSettings = async (system: System, path: string): Promise<Given | undefined> => {
	const file = await readPlain(system, path);
	const {given, problems} = parseSavedSettings(file?.content ?? '');
	return problems.some(({place}) => place === '') ? undefined : given;
};

const readFolders = async (system: System, paths: readonly string[]): Promise<readonly OwnFolder[]> =>
	(await Promise.all(paths.toSorted().map((path) => readFolder(system, path)))).flat();

/** Half-written and staged files of an interrupted run: nothing else has these names. */
const readBegun = async (
	system: System,
	facts: Facts,
	receipt: Receipt | undefined,
): Promise<readonly OwnFile[]> => {
	const {receipt: record, staged} = filesOf(facts);
	const written = receipt ? [...pathsIn(receipt), record, staged] : [record];
	const paths = [...written.map(halfWrittenOf), ...(receipt ? [staged] : [])];
	// A text that was cut off inside a character is not UTF-8.
	const found = await Promise.all(
		paths.map(async (path) => ({path, before: await readPlain(system, path, {lossy: true})})),
	);
	return found.flatMap(({path, before}) => (before ? [{path, before, is: 'ours' as const}] : []));
};

/** Without a receipt, our own folder is ours only if it is empty or contains only half-written receipts. */
const readForsaken = async (
	system: System,
	facts: Facts,
	begun: readonly OwnFile[],
): Promise<readonly OwnFolder[]> => {
	const known = begun.map(({path}) => path);
	const found = await readFolder(system, facts.folders.state);
	return found.filter(({path, names}) => names.every((name) => known.includes(`${path}/${name}`)));
};

/** Backups of the user's own text, possibly from an earlier setup. */
const byHandCopies = async (system: System, facts: Facts): Promise<readonly string[]> => {
	const folder = versionsFolder(facts);
	const names = await namesIn(system, folder);
	return names === 'hidden' ? [] : names.map((name) => `${folder}/${name}`).filter(isByHand);
};

/** Paths of files that no receipt lists. */
const placesBeside = async (system: System, facts: Facts, settings: string): Promise<readonly string[]> => [
	...facts.serviceFiles,
	settings,
	filesOf(facts).initialState,
	...(await byHandCopies(system, facts)),
];

const thoseThere = async (system: System, paths: readonly string[]): Promise<readonly string[]> => {
	const found = await Promise.all(paths.map((path) => look(system, path)));
	return paths.filter((_, index) => found[index] !== undefined);
};

/** Files at these paths that the receipt does not list. */
const readStrangers = async (
	system: System,
	places: readonly string[],
): Promise<Pick<Footprint, 'strangers' | 'unrecorded'>> => {
	const strangers = await thoseThere(system, places);
	const read = await Promise.all(strangers.map((path) => readPlain(system, path)));
	return {strangers, unrecorded: strangers.filter((_, index) => isOurService(read[index]?.content ?? ''))};
};

/** vira-setup creates no links to folders: such a folder was moved by the user. */
const readMovedFolders = async (system: System, paths: readonly string[]): Promise<Footprint['links']> => {
	const found = await Promise.all(paths.map((path) => look(system, path)));
	return paths.flatMap((path, index) => {
		const {realPath, linksTo} = found[index] ?? {};
		return linksTo === undefined ? [] : [{path, to: realPath ?? linksTo}];
	});
};

const readLog = async (system: System, path: string): Promise<Pick<Footprint, 'logFile' | 'logLink'>> => {
	const found = await look(system, path);
	return {
		logFile: found?.kind === 'file' ? path : undefined,
		logLink: found?.linksTo === undefined ? undefined : {path, target: found.linksTo},
	};
};

/** Finds everything that a setup has created. Reads only; none of it has to be intact. */
export const readFootprint = async (system: System, facts: Facts): Promise<Footprint> => {
	const {receipt: receiptPath, settings: settingsPath} = filesOf(facts);
	const before = await readPlain(system, receiptPath);
	const receipt = before && readReceipt(before.content, facts);
	const listed = receipt ? pathsIn(receipt) : [];
	const settingsFile = listed.find((path) => path.endsWith('/settings.json')) ?? settingsPath;
	const given = await readGivenSettings(system, settingsFile);
	const settings = withGiven(defaultSettings({vira: undefined}), given ?? new Map());
	const {remover} = managerOf(facts);
	const links = await readMovedFolders(system, receipt?.folders ?? []);
	const places = (await placesBeside(system, facts, settingsPath)).filter((path) => !listed.includes(path));
	const begun = await readBegun(system, facts, receipt);
	const taken = receipt ? placesOf(receipt, {given, settings}, facts) : [];
	const [files, folders, built, states, ties, others, log] = await Promise.all([
		Promise.all(
			receipt ? listed.map((path) => readOwn(system, path, {receipt, owner: facts.managedBy})) : [],
		),
		receipt ? readFolders(system, receipt.folders) : readForsaken(system, facts, begun),
		receipt ? readBuilt(system, facts) : [],
		Promise.all(taken.map((place) => readStateFolder(system, {place, receipt, links}, facts))),
		remover.readTies(system),
		readStrangers(system, places),
		'file' in remover.log ? readLog(system, remover.log.file) : {logFile: undefined, logLink: undefined},
	]);
	return {
		receipt,
		isObscure: receipt === undefined && (await lookInto(system, receiptPath)) !== undefined,
		record: before && {path: receiptPath, before},
		files: [...files, ...begun],
		// If files with our names exist without a receipt, their folders are left alone.
		folders: receipt || others.strangers.length === 0 ? folders : [],
		links,
		built,
		states: states.filter((one) => one !== undefined),
		...log,
		...others,
		ties,
		settings,
	};
};
