import {linksFolder} from '../../platform/vira/nix.ts';
import {stateFolderOf} from '../../platform/service.ts';
import {defaultSettings, type Settings} from '../../settings/options.ts';
import {foundOn} from '../../platform/vira/programs.ts';
import {type Action} from '../../platform/actions/action.ts';
import {withRootAsked, domainWithoutRoot} from '../../platform/actions/kinds.ts';
import {changesContent, isFileAction} from '../../platform/actions/change-file.ts';
import {buildActions, linksAfter, removalActions} from './plan-builds.ts';
import {exchangeActions, formerAfter, keepReplaced} from './plan-replacements.ts';
import {filesOf} from '../../platform/installed/our-files.ts';
import {managerOf} from '../../platform/service-manager/registry.ts';
import {closeFolders, versionsFolder} from '../load/our-folders.ts';
import {
	exportActions,
	repositoryActions,
	beginStateActions,
	oldStateActions,
	stopForOldState,
} from './plan-state.ts';
import {
	formatReceipt,
	hashOf,
	isOurs,
	isWholeReceipt,
	statePlacesWith,
	type Receipt,
} from '../../platform/installed/receipt.ts';
import type {Existing, Situation} from '../../platform/installed/situation.ts';
import {keepActions, type Keeping} from './history.ts';
import {fileAction, wantedFiles} from './wanted-files.ts';
import {privateMode} from '../../platform/paths.ts';
import {newFolder} from '../../platform/actions/change-path.ts';

/** The folder is new: what Vira writes to its state in its first seconds is not the user's. */
const makeFolder = (path: string, stateFolder: string): Action =>
	path === stateFolder ? newFolder(path, "hold Vira's state", true) : newFolder(path, 'hold its files');

/** Those that hold links and backups are made by what needs them. */
const missingFolders = (settings: Settings, {facts, site}: Situation): readonly Action[] =>
	site.missingFolders
		.filter((path) => path !== linksFolder(facts) && path !== versionsFolder(facts))
		.map((path) => makeFolder(path, stateFolderOf(settings, facts)));

/** The actions of a plan, and the backups that it keeps. */
interface Course {
	readonly actions: readonly Action[];
	readonly keeping: Keeping;
}

const receiptAfter = (
	{actions, keeping: {kept, hashes}}: Course,
	settings: Settings,
	situation: Situation,
): Receipt => {
	const {facts, existing, site} = situation;
	const {stepOf} = managerOf(facts);
	const wasLingerOff = actions.some((action) => stepOf(action) === 'lingering');
	const stateFolder = stateFolderOf(settings, facts);
	const ours = wantedFiles(settings, situation).flatMap(({path, content}) =>
		content === undefined ? [] : [[path, hashOf(content)] as const],
	);
	const made = actions.flatMap((action) => (action.does === 'make-folder' ? [action.path] : []));
	const removed = new Set(
		actions.flatMap((action) => (action.does === 'delete-folder' ? [action.path] : [])),
	);
	const links = linksAfter(settings, facts);
	const former = formerAfter(settings, situation);
	const defaults = [defaultSettings(foundOn(facts)).package, existing.receipt?.defaultPackage];
	const copies = versionsFolder(facts);
	// An existing one was kept by an uninstall, with backups of the user's own files.
	const keepsCopies = made.includes(copies) || !site.missingFolders.includes(copies);
	const before = (existing.receipt?.folders ?? []).filter((path) => !removed.has(path));
	return {
		schema: 1,
		state: 'complete',
		at: facts.now,
		lingerEnabled: wasLingerOff || (existing.receipt?.lingerEnabled ?? false),
		files: {...Object.fromEntries(ours), ...hashes},
		...(kept.length > 0 && {kept}),
		// An interrupted run has created it before it was recorded.
		folders: [
			...new Set([facts.folders.state, ...before, ...made].filter((path) => path !== copies)),
			...(keepsCopies ? [copies] : []),
		],
		stateFolder,
		states: statePlacesWith(existing.receipt, {path: stateFolder, theirs: site.theirs}),
		...(links.length > 0 && {links}),
		...(former && {former}),
		...(defaults.includes(settings.package) && {defaultPackage: settings.package}),
	};
};

/** Our files as they are now: after an interrupted run, some are older. */
const oursNow = ({receipt, files}: Existing): Receipt['files'] => ({
	...receipt?.files,
	...Object.fromEntries(
		[...files].flatMap(([path, {content}]) =>
			isOurs(receipt, path, content) ? [[path, hashOf(content)] as const] : [],
		),
	),
});

/** Pending before the first change, complete after the last: an interrupted run is recognized. */
const withReceipt = (course: Course, settings: Settings, situation: Situation): readonly Action[] => {
	const {actions, keeping} = course;
	const path = filesOf(situation.facts).receipt;
	const above = (action: Action): boolean =>
		action.does === 'make-folder' && path.startsWith(`${action.path}/`);
	const complete = receiptAfter(course, settings, situation);
	const {formerState} = situation.site;
	const replacing = (situation.site.replacements ?? []).map(
		({installable, next}) => [installable, next.path] as const,
	);
	const pending = formatReceipt({
		...complete,
		state: 'pending',
		...(replacing.length > 0 && {replacing: Object.fromEntries(replacing)}),
		...(formerState && {replacingState: formerState.state}),
		// Backups that are deleted at the very end still exist after an interrupted run.
		...(keeping.dropped.length > 0 && {kept: [...keeping.kept, ...keeping.dropped]}),
		filesBefore: oursNow(situation.existing),
	});
	const record = {
		does: 'write-file',
		path,
		mode: privateMode,
		why: 'record what was created, for status and uninstall',
	} as const;
	return [
		...actions.filter(above),
		{...record, content: pending, before: situation.existing.files.get(path)},
		...actions.filter((action) => !above(action)),
		{...record, content: formatReceipt(complete), before: {content: pending, mode: privateMode}},
	];
};

/** The mode of a file is corrected without a restart. */
const isRestartNeeded = (changed: readonly Action[], {facts, site}: Situation): boolean => {
	const read: readonly string[] = [...facts.serviceFiles, filesOf(facts).initialState];
	const isExchanged =
		site.oldState !== undefined || site.isOutdated === true || (site.replacements ?? []).length > 0;
	return (
		isExchanged ||
		changed.some((action) => isFileAction(action) && read.includes(action.path) && changesContent(action))
	);
};

/** The actions that make the machine match the settings: none if it already does. Pure. */
export const plan = (settings: Settings, situation: Situation): readonly Action[] => {
	const {facts, existing, site} = situation;
	const files = wantedFiles(settings, situation)
		.map((wanted) => fileAction(wanted, existing))
		.filter((action) => action !== undefined);
	const interrupted = existing.receipt?.state === 'pending';
	const receiptText = existing.files.get(filesOf(facts).receipt)?.content ?? '';
	const manager = managerOf(facts);
	// The running service may not match the files: a run was interrupted, or a file was changed and restored.
	const stale = interrupted || facts.service.needsReload || manager.isAstray(settings);
	const builds = buildActions(settings, situation);
	// A rebuild for a lost link can result in another Vira than the running one.
	const restart = stale || builds.length > 0 || isRestartNeeded(files, situation);
	const hadFile = facts.serviceFiles.some((path) => existing.files.has(path));
	const stops = restart ? stopForOldState(manager.stop(hadFile), site.oldState, settings) : [];
	const starts = manager.start(settings, {restart, stale});
	const keeping = keepActions(files, situation);
	const actions = [
		...closeFolders(existing),
		...manager.preparation(settings),
		...builds,
		...keepReplaced(settings, situation),
		...keeping.copies,
		...stops,
		...(starts.length > 0 ? repositoryActions(settings, situation) : []),
		...exportActions(settings, situation),
		...oldStateActions(site.oldState),
		...exchangeActions(settings, situation),
		...missingFolders(settings, situation),
		...files,
		...(starts.length > 0 ? beginStateActions(settings, situation) : []),
		...starts,
		...removalActions(settings, situation),
		...keeping.drops,
	];
	const recorded = existing.receipt?.state === 'complete' && isWholeReceipt(receiptText);
	return actions.length === 0 && recorded
		? []
		: withRootAsked(withReceipt({actions, keeping}, settings, situation), [domainWithoutRoot]);
};
