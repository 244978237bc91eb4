import {exitCode, SetupError} from '../../errors.ts';
import type {Fix} from '../../notice.ts';
import type {Facts, Platform} from '../../platform/facts.ts';
import type {Folders} from '../../platform/machine-facts.ts';
import type {System} from '../../platform/system.ts';
import {misgivenText, type Problem} from '../../settings/problem.ts';
import {parseSavedSettings} from '../../settings/settings-file.ts';
import {demandCopies, demandOurFolders, findOpenFolders, versionsFolder} from './our-folders.ts';
import {demandKnownFormat, readReceipt, readBefore, readCopies} from './read-files.ts';
import {parseReceipt, type Receipt, hashOf} from '../../platform/installed/receipt.ts';
import type {Existing, ExistingFiles, Saved} from '../../platform/installed/situation.ts';
import {filesOf, memoryIn, ownFolders} from '../../platform/installed/our-files.ts';
import {managerKindOn} from '../../platform/service-manager/registry.ts';
import {findNix, findVira, foundOn, withChosen} from '../../platform/vira/programs.ts';
import {defaultSettings, withGiven, type Given, type Settings} from '../../settings/options.ts';
import {problemsOf} from '../../settings/rules.ts';

/** With a part of a hash. */
const looksLikeCopy = /\.[\da-f]{12,64}\./u;

/** The fix when the settings are lost, but backups exist. */
const goingBack = (receipt: Receipt | undefined, path: string): readonly Fix[] =>
	receipt?.kept?.some(({of}) => of === path)
		? [{say: 'restores the previous settings', command: 'vira-setup rollback'}]
		: [];

/** The service has to be uninstalled first: without its settings it would keep running. */
const startOver: Fix = {
	say: "keeps Vira's state; then run vira-setup to start over",
	command: 'vira-setup uninstall',
};

const parseSaved = (text: string, path: string, receipt: Receipt | undefined): Saved => {
	const {given, problems, unknown} = parseSavedSettings(text);
	if (problems.length === 0) return {given, unknown};
	throw new SetupError({
		message: `The saved settings in ${path} are not valid.`,
		detail: problems.map(misgivenText).join('\n'),
		fixes: [{say: 'Fix the file, or move it aside to start over.'}, ...goingBack(receipt, path)],
		exit: exitCode.usage,
	});
};

/** Without this, missing settings would silently become defaults. */
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
			: ` XDG_CONFIG_HOME had another value then; now it points to ${paths.settings}.`;
	throw new SetupError({
		message: `The settings that Vira was set up with do not exist: ${known}.${elsewhere}`,
		fixes: [
			{say: 'Restore the file, or set XDG_CONFIG_HOME to its previous value.'},
			...goingBack(receipt, paths.settings),
			startOver,
		],
		exit: exitCode.unsuitable,
	});
};

/** The settings that were applied last; undefined if nothing is set up. Reads only these files. */
const loadSettings = async (
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

/** The files of an earlier run, without parsing the settings. Reads only. */
export const loadFiles = async (system: System, facts: Facts): Promise<ExistingFiles> => {
	const paths = filesOf(facts);
	await demandOurFolders(system, facts);
	// A mask replaces the file with a link to /dev/null (systemctl(1), mask).
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

/** With the parsed settings; throws if they are missing or not valid. */
export const withSettings = (left: ExistingFiles, facts: Facts): Existing => {
	const paths = filesOf(facts);
	const saved = left.files.get(paths.settings);
	demandSettings(left.receipt, paths, saved !== undefined);
	return {...left, saved: saved && parseSaved(saved.content, paths.settings, left.receipt)};
};

/** The files and settings of an earlier run. Reads only. */
export const load = async (system: System, facts: Facts): Promise<Existing> =>
	withSettings(await loadFiles(system, facts), facts);

/** For a run that replaces the settings: those that are missing or not valid are nothing to keep. */
const withAnySettings = (left: ExistingFiles, facts: Facts): Existing => {
	const {settings} = filesOf(facts);
	const text = left.files.get(settings)?.content;
	const wereThere = left.receipt?.state === 'complete' && left.receipt.files[settings] !== undefined;
	if (text === undefined && !wereThere) return withSettings(left, facts);
	const {given, unknown} = parseSavedSettings(text ?? '{}');
	return {...left, saved: {given, unknown}};
};

/**
 * As `load`; throws if a newer version wrote our files. `ignoreSaved`: the settings do not count, so they may be missing
 * or not valid.
 */
export const loadKnown = async (system: System, facts: Facts, ignoreSaved: boolean): Promise<Existing> => {
	const left = await loadFiles(system, facts);
	const existing = (ignoreSaved ? withAnySettings : withSettings)(left, facts);
	demandKnownFormat(facts, existing);
	return existing;
};

/** What a run would set up, for commands that only show it. */
export interface CurrentSettings {
	readonly settings: Settings;
	/** The defaults, without saved or given settings. */
	readonly defaults: Settings;
	readonly saved: Saved | undefined;
	/** The platform whose rules apply to the settings. */
	readonly platform: Platform;
	/** What a setup would reject, except that this machine has no Vira: another may have one. */
	readonly problems: readonly Problem[];
}

/** The settings that were given, weakest source first, and whether the saved ones count. */
interface WantedSettings {
	readonly given: readonly Given[];
	readonly ignoreSaved: boolean;
}

/** The saved settings, unless they are ignored, with the given options. Only reads. */
export const currentSettings = async (
	system: System,
	{given, ignoreSaved}: WantedSettings,
): Promise<CurrentSettings> => {
	const folders = ownFolders(system);
	const [saved, receipt, vira, nix] = await Promise.all([
		ignoreSaved ? undefined : loadSettings(system, folders),
		ignoreSaved ? readBefore(system, memoryIn(folders).receipt) : undefined,
		findVira(system),
		findNix(system),
	]);
	const chosen = parseReceipt(receipt?.content ?? '')?.defaultPackage;
	const defaults = defaultSettings(await withChosen(system, foundOn({vira, nix}), chosen));
	const settings = withGiven(defaults, saved?.given ?? new Map(), ...given);
	const platform = (await managerKindOn(system))?.platform ?? 'linux';
	const problems = problemsOf(settings, platform).filter(
		({option}) => option !== 'package' || settings.package !== '',
	);
	return {settings, defaults, saved, platform, problems};
};

/** Whether the settings file was edited since it was applied. */
export const isEdited = (facts: Facts, {receipt, files}: Existing): boolean => {
	const path = filesOf(facts).settings;
	return receipt?.files[path] !== hashOf(files.get(path)?.content ?? '');
};
