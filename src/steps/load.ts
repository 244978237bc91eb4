import {exitCode, SetupError} from '../errors.ts';
import {commandText} from '../platform/command-text.ts';
import type {Facts, Folders} from '../platform/facts.ts';
import {initialStatePath} from '../platform/service.ts';
import type {Inspected, System} from '../platform/system.ts';
import {misgivenText} from '../settings/rules.ts';
import {parseSavedSettings} from '../settings/settings-file.ts';
import type {FileBefore} from './action.ts';
import {isWithin} from './place.ts';
import {demandCopies, demandOurFolders, findOpenFolders, versionsFolder} from './our-folders.ts';
import {readReceipt} from './own-places.ts';
import {readPlain} from './read-plain.ts';
import {parseReceipt, type Receipt} from './receipt.ts';
import type {Existing, Left, Saved} from './situation.ts';

/** What we remember of a run, by what it is. */
const memoryIn = ({config, state}: Pick<Folders, 'config' | 'state'>) =>
	({receipt: `${state}/receipt.json`, settings: `${config}/settings.json`}) as const;

/** Every file that is ours to write, by what it is; the service's own are in the facts. */
export const filesOf = (facts: Facts) =>
	({
		...memoryIn(facts.folders),
		initialState: initialStatePath(facts),
		/** Holds what root is about to take: there only where a run was killed in this moment. */
		staged: `${facts.folders.state}/staged`,
	}) as const;

/**
 * Whoever put a link there may want the file elsewhere among their own; what is not among them is not for us to write.
 * What Nix has put there is nobody's to write, and the file system says so.
 */
const demandOwnPlace = async (system: System, path: string, {kind, realPath}: Inspected): Promise<void> => {
	if (kind !== 'link' || realPath === undefined || isWithin(realPath, '/nix/store')) return;
	const home = (await system.inspect(system.user.home))?.realPath ?? system.user.home;
	if (isWithin(realPath, home)) return;
	throw new SetupError({
		what: `${path} is a link to ${realPath}, which is not in your home folder: nothing is written there.`,
		next: [`Remove the link: ${commandText(['rm', path])}`],
		code: exitCode.unsuitable,
	});
};

const readBefore = async (system: System, path: string): Promise<FileBefore | undefined> => {
	const inspected = await system.inspect(path);
	if (!inspected) return undefined;
	const next = [`Move it away: ${commandText(['mv', path, `${path}.away`])}`];
	if (inspected.leadsTo !== 'file')
		throw new SetupError({what: `${path} is in the way: it is no file.`, next, code: exitCode.unsuitable});
	await demandOwnPlace(system, path, inspected);
	if (!inspected.readable) {
		const {uid, name} = system.user;
		const fixes =
			inspected.owner === uid ? (['chmod', 'u+r', path] as const) : (['sudo', 'chown', name, path] as const);
		throw new SetupError({
			what: `You may not read ${path}.`,
			next: [commandText(fixes)],
			code: exitCode.privilege,
		});
	}
	try {
		const content = await system.readFile(path);
		return content === undefined ? undefined : {content, mode: inspected.mode};
	} catch (error) {
		if (!(error instanceof SetupError)) throw error;
		// What cannot be put back byte for byte is not replaced.
		throw new SetupError({...error.complaint, next});
	}
};

/** With a part of a hash. */
const looksLikeCopy = /\.[\da-f]{12,64}\./u;

/** A copy that cannot be read is as good as gone; only its name is taken. */
const readCopies = async (
	system: System,
	paths: readonly string[],
): Promise<Required<Pick<Left, 'files' | 'unread'>>> => {
	const files = new Map<string, FileBefore>();
	for (const path of paths) {
		const before = await readPlain(system, path);
		if (before) files.set(path, before);
	}
	return {files, unread: paths.filter((path) => !files.has(path))};
};

/** What can be done where the settings are lost, and others are kept. */
const goingBack = (receipt: Receipt | undefined, path: string): readonly string[] =>
	receipt?.kept?.some(({of}) => of === path)
		? ['vira-setup rollback   sets Vira up with settings that it had before.']
		: [];

/** Nothing of a service that nobody knows any more is left running. */
const afresh = (uninstall: string): string =>
	`To start afresh: ${uninstall}   and then vira-setup; Vira keeps its state.`;

const parseSaved = (text: string, path: string, receipt: Receipt | undefined): Saved => {
	const {given, problems, unknown} = parseSavedSettings(text);
	if (problems.length === 0) return {given, unknown};
	throw new SetupError({
		what: `The saved settings in ${path} cannot be used.`,
		why: problems.map(misgivenText).join('\n'),
		next: ['Correct the file, or move it away to start afresh.', ...goingBack(receipt, path)],
		code: exitCode.usage,
	});
};

/** Settings that are gone would come back as defaults, and nobody would be told. */
const demandSettings = (
	receipt: Receipt | undefined,
	paths: ReturnType<typeof memoryIn>,
	isThere: boolean,
): void => {
	if (receipt?.state !== 'complete' || isThere) return;
	const known = Object.keys(receipt.files).find((path) => path.endsWith('/settings.json'));
	if (known === undefined) return;
	const elsewhere =
		known === paths.settings
			? ''
			: ` XDG_CONFIG_HOME had another value then; here they would be ${paths.settings}.`;
	throw new SetupError({
		what: `Vira was set up here with the settings in ${known}, which are not there.${elsewhere}`,
		next: [
			'Put them back, or set XDG_CONFIG_HOME as it was.',
			...goingBack(receipt, paths.settings),
			afresh('vira-setup uninstall'),
		],
		code: exitCode.unsuitable,
	});
};

/** The settings that were applied last; undefined where nothing was set up. Reads only, and nothing else of ours. */
export const loadSettings = async (
	system: System,
	folders: Pick<Folders, 'config' | 'state'>,
): Promise<Saved | undefined> => {
	const paths = memoryIn(folders);
	const [saved, receipt] = await Promise.all([
		readBefore(system, paths.settings),
		readBefore(system, paths.receipt),
	]);
	const known = receipt && parseReceipt(receipt.content);
	demandSettings(known, paths, saved !== undefined);
	return saved && parseSaved(saved.content, paths.settings, known);
};

/** What we left here before, whatever the settings say. Reads only. */
export const loadFiles = async (system: System, facts: Facts): Promise<Left> => {
	const paths = filesOf(facts);
	await demandOurFolders(system, facts);
	// A mask is a link in the place of the file, and leads to no file (systemctl(1), mask).
	const services = facts.service.masked ? [] : facts.serviceFiles;
	const [names, read] = await Promise.all([
		demandCopies(system, facts),
		Promise.all(
			[...Object.values(paths), ...services].map(
				async (path) => [path, await readBefore(system, path)] as const,
			),
		),
	]);
	const files = new Map(read.flatMap(([path, before]) => (before ? [[path, before] as const] : [])));
	const receipt = files.get(paths.receipt);
	const known = receipt && readReceipt(receipt.content, facts);
	const copies = names.filter((name) => looksLikeCopy.test(name));
	const [kept, openFolders] = await Promise.all([
		readCopies(
			system,
			copies.map((name) => `${versionsFolder(facts)}/${name}`),
		),
		findOpenFolders(system, facts, known?.folders ?? []),
	]);
	return {
		receipt: known,
		files: new Map([...files, ...kept.files]),
		unread: kept.unread,
		...(openFolders.length > 0 && {openFolders}),
	};
};

/** What the settings say, of what was left here; an error where they are gone, or cannot be used. */
export const withSettings = (left: Left, facts: Facts): Existing => {
	const paths = filesOf(facts);
	const saved = left.files.get(paths.settings);
	demandSettings(left.receipt, paths, saved !== undefined);
	return {...left, saved: saved && parseSaved(saved.content, paths.settings, left.receipt)};
};

/** What we left here before. Reads only. */
export const load = async (system: System, facts: Facts): Promise<Existing> =>
	withSettings(await loadFiles(system, facts), facts);
